import { reminderApi } from '#shared/reminder'
import { routes } from '../http/routes.ts'
import type { Channel } from './channel.ts'
import {
  inboxOf,
  markRead,
  pauseReminders,
  permissionOf,
  remindersOf,
  reportPermissions,
  setWishes,
} from './service.ts'

/** Settings and inbox; permissions only where a channel needs them, and learning only where it is allowed. */
export const reminderRoutes = (channel: Channel | undefined, learnable: boolean) => {
  const template = channel?.template ?? null
  const shown = async (asked: { cadreId: string; now: Date }) => ({
    ...(await remindersOf(asked)),
    permission: await permissionOf(asked.cadreId, template),
    learnable,
  })
  return routes(reminderApi, {
    'GET /reminders': shown,

    'PUT /reminders': async call => {
      await setWishes({ ...call, settings: call.body })
      return shown(call)
    },

    'POST /reminders/accepted': async call => {
      if (template !== null) await reportPermissions({ ...call, ...call.body, template })
      return shown(call)
    },

    'POST /reminders/pause': async call => {
      await pauseReminders({ ...call, days: call.body.days })
      return shown(call)
    },

    'GET /inbox': ({ cadreId, query }) => inboxOf({ cadreId, ...query }),

    'POST /inbox/:id/read': ({ cadreId, params, now }) => markRead(cadreId, params.id, now),
  })
}
