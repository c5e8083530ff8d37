import { quizApi } from '#shared/quiz'
import { routes } from '../http/routes.ts'
import {
  answer,
  chooseTopics,
  openPractice,
  postpone,
  practise,
  questionsOnClause,
  report,
  today,
  topics,
  wrongBook,
  wrongQuestions,
} from './service.ts'

export const quizRoutes = routes(quizApi, {
  'GET /today': ({ cadreId, now }) => today({ cadreId, now }),

  'POST /quiz/questions/:id/answer': ({ cadreId, params, body, now }) =>
    answer({ cadreId, questionId: params.id, ...body, now }),

  'POST /quiz/questions/:id/postpone': ({ cadreId, params, now }) =>
    postpone({ cadreId, questionId: params.id, now }),

  'POST /quiz/questions/:id/reports': ({ cadreId, params, body, now }) =>
    report({ cadreId, questionId: params.id, ...body, now }),

  'GET /wrong-book': ({ cadreId, now }) => wrongBook({ cadreId, now }),

  'GET /wrong-book/questions': ({ cadreId, query, now }) => wrongQuestions({ cadreId, ...query, now }),

  'POST /practice': ({ cadreId, body, now }) => practise({ cadreId, ...body, now }),

  'GET /practice/clauses/:id': ({ params }) => questionsOnClause(params.id),

  'GET /practice': ({ cadreId }) => openPractice({ cadreId }),

  'GET /topics': ({ cadreId }) => topics({ cadreId }),

  'PUT /topics': ({ cadreId, body }) => chooseTopics({ cadreId, topics: body.topics }),
})
