import { courseApi } from '#shared/course'
import { routes } from '../http/routes.ts'
import { lesson, reach, upcoming } from './service.ts'

export const courseRoutes = routes(courseApi, {
  'GET /lessons/upcoming': ({ cadreId, now }) => upcoming({ cadreId, now }),

  'GET /lessons/:id': ({ cadreId, params, now }) => lesson({ cadreId, lessonId: params.id, now }),

  'POST /lessons/:id/reach': ({ cadreId, params, body, now }) =>
    reach({ cadreId, lessonId: params.id, section: body.section, now }),
})
