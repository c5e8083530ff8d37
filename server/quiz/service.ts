/** What the daily plan offers to other features and to its routes. */
export { answer, type Answer, type Marked } from './answer-service.ts'
export { chooseTopics, report, type Report, topics, wrongBook, wrongQuestions } from './book-service.ts'
export { forgetQuizzes } from './forgetting-service.ts'
export { finishedDaily } from './finish-service.ts'
export { type Outlook, outlooksOf } from './outlook-service.ts'
export { paperOf, postpone, type Summary, summaryOf, today, type Today } from './paper-service.ts'
export { openPractice, practise, questionsOnClause, type PractiseCall } from './practice-service.ts'
export { onRegraded, regrade, type Regraded, regradeLately } from './regrade-service.ts'
