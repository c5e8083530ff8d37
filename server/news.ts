import { onLeaving } from './account/service.ts'
import { forgetConversation, tellCorrection, tellReportReply, tellReviewed } from './chat/service.ts'
import { forgetReading } from './course/service.ts'
import { forgetCalendar } from './points/service.ts'
import { forgetQuestions, onReviewed, onSettled, reviewedFor, type ReviewedNews } from './policy/service.ts'
import {
  answerReport,
  findQuestions,
  forgetReports,
  onCorrection,
  settleQuestion,
} from './question/service.ts'
import { forgetQuizzes, onRegraded, type Regraded, regrade } from './quiz/service.ts'
import { forgetReminders } from './reminder/service.ts'

let wired = false

/** What each feature deletes of the behaviour of a cadre who leaves; the training record stays. */
const forgetting: ((cadreId: string) => Promise<void>)[] = [
  forgetReminders,
  forgetConversation,
  forgetQuestions,
  forgetQuizzes,
  forgetReports,
  forgetReading,
  forgetCalendar,
]

/**
 * News that travel upward: a corrected question has its answers marked again, and whoever gains by it is told in the
 * chat; so is whoever asked a question that a person answered. An alarm that an editor settled lets its question go on
 * or retires it. Of who leaves, behaviour is forgotten. Each is wired once in a process.
 */
export function wireNews(now: () => Date): void {
  if (wired) return
  wired = true
  onCorrection(({ questionId }) => regrade({ questionId, now: now() }))
  onRegraded(regraded => tell(regraded, now()))
  onReviewed(news => tellAskers(news, now()))
  onSettled(settleQuestion)
  onLeaving(async ({ cadreId }) => {
    for (const forget of forgetting) await forget(cadreId)
  })
}

/** Answers 这题有误 and tells whoever reported it in the chat. Fails with `not-found` when no such report is open. */
export async function replyToReport(id: string, reply: string, now: Date): Promise<void> {
  const { cadreId, questionId } = await answerReport({ id, reply, now })
  await tellReportReply({ cadreId, reportId: id, stem: await stemOf(questionId), reply, now })
}

async function tell({ cadreId, questionId, version, paperId, points }: Regraded, now: Date): Promise<void> {
  const stem = await stemOf(questionId)
  await tellCorrection({
    cadreId,
    stem,
    pointsEarned: points,
    key: `${questionId} ${version} ${paperId}`,
    now,
  })
}

const stemOf = async (questionId: string): Promise<string> =>
  (await findQuestions([questionId]))[0]?.stem ?? ''

async function tellAskers({ item, answers, at }: ReviewedNews, now: Date): Promise<void> {
  for (const { cadreId, answer } of await reviewedFor(answers, now))
    await tellReviewed({ cadreId, answer, key: `${item}-${at.getTime()}`, now })
}
