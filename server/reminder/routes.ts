import { reminderApi } from '#shared/reminder'
import { routes } from '../http/routes.ts'
import { inboxOf, markRead, pauseReminders, remindersOf, setWishes } from './service.ts'

export const reminderRoutes = routes(reminderApi, {
  'GET /reminders': ({ cadreId, now }) => remindersOf({ cadreId, now }),

  'PUT /reminders': ({ cadreId, body, now }) => setWishes({ cadreId, now, settings: body }),

  'POST /reminders/pause': ({ cadreId, body, now }) => pauseReminders({ cadreId, now, days: body.days }),

  'GET /inbox': ({ cadreId, query }) => inboxOf({ cadreId, ...query }),

  'POST /inbox/:id/read': ({ cadreId, params, now }) => markRead(cadreId, params.id, now),
})
