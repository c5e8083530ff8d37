import { dayOf } from '#shared/day'
import { reviewApi } from '#shared/review'
import { routes } from '../http/routes.ts'
import { alarms, settleAlarm } from './alarm-service.ts'
import { type ClauseSearch, clausesMeant } from './clause-search-service.ts'
import { clauses, closeItem, publishAnswer, reviewItem, reviewItems, draftAnswer } from './review-service.ts'

/** The editors' side of the policy assistant; `search` finds articles by words. */
export const reviewRoutes = ({ search }: { search: ClauseSearch }) =>
  routes(reviewApi, {
    'GET /review/items': ({ query, cadreId, now }) => reviewItems({ ...query, cadreId, now }),
    'GET /review/items/:id': ({ params, cadreId, now }) => reviewItem({ id: params.id, cadreId, now }),
    'GET /review/clauses': async ({ query, now }) => ({
      clauses: await clauses(await clausesMeant(query.text, dayOf(now), search), dayOf(now)),
    }),
    'PUT /review/items/:id/answer': ({ params, body, cadreId, now }) =>
      draftAnswer({ id: params.id, ...body, cadreId, now }),
    'POST /review/items/:id/publish': ({ params, cadreId, now }) =>
      publishAnswer({ id: params.id, cadreId, now }),
    'POST /review/items/:id/close': ({ params, body, cadreId, now }) =>
      closeItem({ id: params.id, reason: body.reason, cadreId, now }),
    'GET /review/alarms': async () => ({ alarms: await alarms() }),
    'POST /review/alarms/:id/settle': ({ params, body, cadreId, now }) =>
      settleAlarm({ id: params.id, resume: body.resume, cadreId, now }),
  })
