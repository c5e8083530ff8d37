import { pointsApi } from '#shared/points'
import { routes } from '../http/routes.ts'
import { calendarOf, entriesOf, pointsOf, setGoal } from './service.ts'

export const pointsRoutes = routes(pointsApi, {
  'GET /points': ({ cadreId, now }) => pointsOf({ cadreId, now }),

  'GET /points/entries': ({ cadreId, query }) => entriesOf({ cadreId, ...query }),

  'GET /points/calendar': ({ cadreId, query }) => calendarOf({ cadreId, month: query.month }),

  'PUT /points/goal': ({ cadreId, body, now }) => setGoal({ cadreId, ...body, now }),
})
