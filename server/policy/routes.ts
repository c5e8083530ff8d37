import { policyApi } from '#shared/policy'
import { routes } from '../http/routes.ts'
import type { Assistant } from './assistant.ts'
import { articlesOf, clauseOfSource, clausePage } from './clause-service.ts'
import { follow, stop } from './generation-service.ts'
import { checklist, exportQuestions, judge, myAnswer, myQuestions } from './questions-service.ts'

export const policyRoutes = (assistant: Assistant) =>
  routes(policyApi, {
    'GET /policy/answers': ({ cadreId, query }) => myQuestions({ cadreId, ...query }),
    'GET /policy/answers/:id': ({ cadreId, params, now }) => myAnswer({ cadreId, id: params.id, now }),
    'GET /policy/answers/:id/follow': ({ cadreId, params, signal }) =>
      follow({ cadreId, id: params.id, signal }, assistant),
    'POST /policy/answers/:id/stop': ({ cadreId, params }) => stop({ cadreId, id: params.id }),
    'PUT /policy/answers/:id/feedback': ({ cadreId, params, body, now }) =>
      judge({ cadreId, id: params.id, ...body, now }),
    'GET /policy/answers/:id/checklist': ({ cadreId, params, query, now }) =>
      checklist({ cadreId, id: params.id, start: query.start, now }),
    'GET /policy/export': ({ cadreId, now }) => exportQuestions({ cadreId, now }),
    'GET /policy/clauses/:id': ({ params, now }) => clausePage(params.id, now),
    'GET /policy/versions/:id/articles': ({ params, query }) => articlesOf({ version: params.id, ...query }),
    'GET /policy/source': ({ query, now }) => clauseOfSource(query, now),
  })
