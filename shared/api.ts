import { accountApi } from './account.ts'
import { chatApi } from './chat.ts'
import { courseApi } from './course.ts'
import { pointsApi } from './points.ts'
import { policyApi } from './policy.ts'
import { quizApi } from './quiz.ts'
import { reminderApi } from './reminder.ts'
import { reviewApi, reviewQuestionApi } from './review.ts'

/** Everything the mini-program can ask of the server, under `/api`. */
export const api = {
  ...accountApi,
  ...policyApi,
  ...reviewApi,
  ...reviewQuestionApi,
  ...courseApi,
  ...quizApi,
  ...pointsApi,
  ...reminderApi,
  ...chatApi,
}
export type Api = typeof api
/** The lines of the table that answer in a stream. */
export type StreamedLine = {
  [Line in keyof Api]: Api[Line] extends { events: unknown } ? Line : never
}[keyof Api]
