import { dayOf } from '#shared/day'
import type { Answer, FeedbackReason } from '#shared/policy'
import { AppError } from '../base/errors.ts'
import { storable } from '../base/free-text.ts'
import { idText } from '../base/mongo.ts'
import { checklistOf } from './answer/checklist.ts'
import { reviewedAnswer } from './answer/composing.ts'
import { exported } from './answer/export.ts'
import { deadlineWords, exportWords } from './answer/wording.ts'
import { citedArticles } from './citation-service.ts'
import { clausesOf } from './considering-service.ts'
import { ModelUsage, PolicyAnswer } from './model.ts'
import { askForReview, reviewedSince } from './reviewed-service.ts'

const PAGE = 20
/** Questions of an export, the newest; more than anybody asks in a year. */
const MOST_EXPORTED = 1_000

interface Own {
  cadreId: string
  id: string
}

/** One's own questions, the newest first. */
export async function myQuestions({
  cadreId,
  before,
  limit = PAGE,
}: {
  cadreId: string
  before?: string | undefined
  limit?: number | undefined
}) {
  const found = await PolicyAnswer.find({ cadre: cadreId, ...(before && { _id: { $lt: before } }) })
    .sort({ _id: -1 })
    .limit(limit + 1)
    .lean()
  const page = found.slice(0, limit)
  const reviewed = await reviewedSince(page.map(({ _id }) => idText(_id)))
  const answers = page.map(({ _id, answer, at, feedback }) => ({
    ...(answer as Answer),
    at: at.toISOString(),
    feedback: feedbackOf(feedback),
    reviewedSince: reviewed.has(idText(_id)),
  }))
  return { answers, more: found.length > limit }
}

/** One answer with what the cadre said of it, and what a person answered since. Of somebody else: `not-found`. */
export async function myAnswer({ cadreId, id, now }: Own & { now: Date }) {
  const { answer, at, feedback } = await own({ cadreId, id })
  return {
    answer,
    at: at.toISOString(),
    feedback: feedbackOf(feedback),
    reviewed: await answeredSince(answer, now),
  }
}

async function answeredSince({ id, question, understood, asOf, by }: Answer, now: Date) {
  const reviewed = by === 'reviewed' ? undefined : (await reviewedSince([id])).get(id)
  if (!reviewed) return null
  const clauses = await clausesOf(reviewed.clauses, dayOf(now))
  return { id, question, understood, asOf, ...reviewedAnswer(question, reviewed.lines, clauses) }
}

async function own({ cadreId, id }: Own) {
  const found = await PolicyAnswer.findOne({ _id: id, cadre: cadreId }).lean()
  if (!found) throw new AppError('not-found', { id })
  return { ...found, answer: found.answer as Answer }
}

interface StoredFeedback {
  useful: boolean
  reason?: string | null
}

const feedbackOf = (feedback: StoredFeedback | null | undefined) =>
  feedback ? { useful: feedback.useful, reason: (feedback.reason ?? null) as FeedbackReason | null } : null

export interface Judge extends Own {
  useful: boolean
  reason?: FeedbackReason | undefined
  text?: string | undefined
  now: Date
}

/** 有用 or 没用: the latest word counts. A disliked answer comes before a person, with its clauses. */
export async function judge({ cadreId, id, useful, reason, text, now }: Judge): Promise<void> {
  const words = text ? storable(text) : ''
  const feedback = { useful, ...(reason && { reason }), text: words, at: now }
  const found = await PolicyAnswer.findOneAndUpdate(
    { _id: id, cadre: cadreId },
    { $set: { feedback } },
  ).lean()
  if (!found) throw new AppError('not-found', { id })
  if (useful) return
  const { question, understood, lines, clauses } = found.answer as Answer
  await askForReview({
    ...{ question: understood || question, cause: 'disliked', given: lines, answer: id, now },
    reasons: reason ? [reason] : [],
    clauses: clauses.map(clause => clause.id),
  })
}

/** The answer's clauses as steps, deadlines counted from `start`. */
export async function checklist({
  cadreId,
  id,
  start,
  now,
}: Own & { start?: string | undefined; now: Date }) {
  const { answer } = await own({ cadreId, id })
  const today = dayOf(now)
  const from = start ?? today
  const passages = await citedArticles(
    answer.clauses.map(clause => clause.id),
    today,
  )
  const steps = checklistOf(passages, from).map(({ words, stage, cites, deadlines }) => ({
    words,
    stage,
    cites: answer.clauses[cites - 1]?.number ?? cites,
    deadlines: deadlines.map(({ period, deadline }) => deadlineWords(period, deadline, from)),
  }))
  return { question: answer.understood || answer.question, start: from, steps, clauses: answer.clauses }
}

/** One's own questions and answers as a text to keep. */
export async function exportQuestions({ cadreId, now }: { cadreId: string; now: Date }) {
  const found = await PolicyAnswer.find({ cadre: cadreId, writing: false })
    .sort({ _id: -1 })
    .limit(MOST_EXPORTED)
    .lean()
  const entries = found.map(({ answer, at }) => ({ answer: answer as Answer, at }))
  return { name: exportWords.name(dayOf(now)), text: exported(entries) }
}

/** What a person answered to a cadre's question. */
export interface ReviewedFor {
  cadreId: string
  answer: Answer
}

/** For answers to cadres' questions: what a person answered since, for each cadre once. */
export async function reviewedFor(ids: string[], now: Date): Promise<ReviewedFor[]> {
  const found = await PolicyAnswer.find({ _id: { $in: ids } }, { cadre: 1, answer: 1 }).lean()
  const latest = new Map(found.map(({ cadre, answer }) => [idText(cadre), answer as Answer]))
  const answers = await Promise.all(
    [...latest].map(async ([cadreId, asked]) => ({ cadreId, answer: await answeredSince(asked, now) })),
  )
  return answers.flatMap(({ cadreId, answer }) => (answer ? [{ cadreId, answer }] : []))
}

/** Forgets what a cadre asked and used: behaviour of somebody who leaves. May be done twice. */
export async function forgetQuestions(cadreId: string): Promise<void> {
  await PolicyAnswer.deleteMany({ cadre: cadreId })
  await ModelUsage.deleteMany({ cadre: cadreId })
}

/** Those of a cadre's answers that are done. */
export async function finishedAnswers(cadreId: string, ids: string[]): Promise<Answer[]> {
  const found = await PolicyAnswer.find(
    { _id: { $in: ids }, cadre: cadreId, writing: false },
    { answer: 1 },
  ).lean()
  return found.map(({ answer }) => answer as Answer)
}
