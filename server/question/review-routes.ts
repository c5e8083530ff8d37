import { reviewQuestionApi } from '#shared/review'
import { routes } from '../http/routes.ts'
import { makeQuestion, publishDraft, retireQuestion, waitingQuestions } from './review-service.ts'

export const reviewQuestionRoutes = routes(reviewQuestionApi, {
  'POST /review/items/:id/question': ({ params, body, cadreId, now }) =>
    makeQuestion({ id: params.id, ...body, cadreId, now }),
  'GET /review/questions': ({ cadreId }) => waitingQuestions(cadreId),
  'POST /review/questions/:id/publish': ({ params, cadreId, now }) =>
    publishDraft({ id: params.id, cadreId, now }),
  'POST /review/questions/:id/retire': ({ params, cadreId, now }) =>
    retireQuestion({ id: params.id, cadreId, now }),
})
