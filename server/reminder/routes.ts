import { reminderApi } from '#shared/reminder'
import { routes } from '../http/routes.ts'
import type { Channel } from './channel.ts'
import {
  inboxOf,
  markRead,
  pauseReminders,
  permissionOf,
  reachOf,
  remindersOf,
  reportPermissions,
  sendsOf,
  setWishes,
} from './service.ts'

/** Settings and inbox; permissions only where a channel needs them, learning only where it is allowed. */
export const reminderRoutes = (channels: readonly Channel[], learnable: boolean) => {
  const shown = async (asked: { cadreId: string; now: Date }) => {
    const { cadreId } = asked
    const channel = (await reachOf([cadreId], channels)).get(cadreId)?.channel
    return {
      ...(await remindersOf(asked)),
      channel: channel?.name ?? null,
      permission: await permissionOf(cadreId, channel?.template ?? null),
      learnable,
    }
  }
  return routes(reminderApi, {
    'GET /reminders': shown,

    'PUT /reminders': async call => {
      await setWishes({ ...call, settings: call.body })
      return shown(call)
    },

    'POST /reminders/accepted': async call => {
      for (const { template } of channels)
        if (template !== null) await reportPermissions({ ...call, ...call.body, template })
      return shown(call)
    },

    'POST /reminders/pause': async call => {
      await pauseReminders({ ...call, days: call.body.days })
      return shown(call)
    },

    'GET /inbox': ({ cadreId, query }) => inboxOf({ cadreId, ...query }),

    'GET /sends': ({ query, now }) => sendsOf({ day: query.day, now, learnable }),

    'POST /inbox/:id/read': ({ cadreId, params, now }) => markRead(cadreId, params.id, now),
  })
}
