import type { Types } from 'mongoose'
import { addDays, type Day, dayOf, startOf } from '#shared/day'
import { idText, type Session } from '../base/mongo.ts'
import type { Run } from '../base/once.ts'
import { adjust, countMastered, isPaid, paying, questionPoints } from '../points/service.ts'
import { type BankQuestion, correctedSince, findQuestions } from '../question/service.ts'
import { isCorrect } from './grading.ts'
import { relearn, relieve } from './memory.ts'
import { Attempt, Memory, type StoredAttempt, type StoredMemory } from './model.ts'
import { correctionKey } from './payment-key.ts'
import { markNow } from './progress.ts'

/** News of one cadre's answer that was marked again after a correction. */
export interface Regraded {
  cadreId: string
  questionId: string
  /** The version of the question it is marked by now. */
  version: number
  paperId: string
  /** The day of the answer. */
  day: Day
  /** Number of the question in its paper. */
  number: number
  /** The first answer's mark now. */
  correct: boolean
  /** Points paid by a new entry. */
  points: number
}

type Listener = (regraded: Regraded) => Promise<void>
const listeners: Listener[] = []

/** Hears of every answer whose mark or pay changed, at least once each. Wired in `news.ts`. */
export function onRegraded(listener: Listener): void {
  listeners.push(listener)
}

/** Papers marked again in one step. */
const BATCH = 100

/**
 * Marks the answers of daily papers to a corrected question again, and pays what is missing by new entries under the
 * rule of the day of the answer. It only ever pays: who answered as the bank then had it, did so in good faith and
 * keeps the point (an account that takes back is not one people can rely on). Works in batches, each paper in a
 * transaction; what a stopped run left is done by the next, and a second run changes nothing.
 */
export async function regrade(call: {
  questionId: string
  now: Date
}): Promise<{ papers: number; points: number }> {
  const [question] = await findQuestions([call.questionId])
  const sum = { papers: 0, points: 0 }
  if (!question) return sum
  let firsts: StoredAttempt[]
  let after: Types.ObjectId | undefined
  do {
    firsts = await staleFirsts(question, after)
    for (const first of firsts) {
      const { points } = await regradePaper(first, question, call.now)
      sum.papers += 1
      sum.points += points
      after = first._id
    }
  } while (firsts.length === BATCH)
  return sum
}

/** Days of corrections that are looked at again; a night may be missed. */
const LATELY_DAYS = 3

/**
 * The nightly job: marks answers to lately corrected questions again, each question in turn. It finds the answer that
 * was on its way while its question was corrected, and what a run that was cut short left.
 */
export async function regradeLately({ cursor, keep, now }: Run & { now: () => Date }): Promise<void> {
  const since = startOf(addDays(dayOf(now()), -LATELY_DAYS))
  for (const questionId of await correctedSince(since, cursor)) {
    await regrade({ questionId, now: now() })
    await keep(questionId)
  }
}

/** First answers of daily papers that were marked by an older version, or whose cadre was not told yet. */
const staleFirsts = (question: BankQuestion, after: Types.ObjectId | undefined): Promise<StoredAttempt[]> =>
  Attempt.find({
    question: question.id,
    ...(after && { _id: { $gt: after } }),
    kind: 'daily',
    round: 1,
    version: { $lt: question.version },
    // What a newer correction settled stays: this run may have been overtaken.
    $or: [
      { regraded: { $exists: false } },
      { 'regraded.version': { $lt: question.version } },
      { 'regraded.version': question.version, 'regraded.told': false },
    ],
  })
    .sort({ _id: 1 })
    .limit(BATCH)
    .lean<StoredAttempt[]>()

async function regradePaper(
  first: StoredAttempt,
  question: BankQuestion,
  now: Date,
): Promise<{ points: number }> {
  const cadreId = idText(first.cadre)
  const { correct, changed, points, paid } = await paying(cadreId, session =>
    settle(first, question, now, session),
  )
  const place = { cadreId, questionId: question.id, version: question.version, paperId: idText(first.paper) }
  const news = { ...place, day: first.day, number: first.number, correct, points }
  if (changed || points > 0) for (const listener of listeners) await listener(news)
  await Attempt.updateOne({ _id: first._id, 'regraded.version': question.version }, { 'regraded.told': true })
  return { points: paid }
}

const isNowCorrect = ({ chosen, dontKnow }: StoredAttempt, question: BankQuestion): boolean =>
  !dontKnow && isCorrect(question, chosen)

/** What marking a paper's question again came to; `paid` is what this run paid of `points`. */
interface Settled {
  correct: boolean
  changed: boolean
  points: number
  paid: number
}

/** Notes the new marks, settles points and memory. What another run settled by this or a newer version stays. */
async function settle(
  first: StoredAttempt,
  question: BankQuestion,
  now: Date,
  session: Session,
): Promise<Settled> {
  const attempts = await Attempt.find({ paper: first.paper, question: first.question })
    .session(session)
    .lean<StoredAttempt[]>()
  const before = attempts.find(({ round }) => round === 1) ?? first
  const { regraded } = before
  if (regraded?.version === question.version) return { ...regraded, paid: 0 }
  if (regraded && regraded.version > question.version)
    return { ...regraded, changed: false, points: 0, paid: 0 }
  const correct = isNowCorrect(before, question)
  const changed = correct !== markNow(before)
  const mastered = changed ? await amendMemory(before, correct, now, session) : 0
  const points = await payMissing(attempts, question, { mastered, now }, session)
  for (const attempt of attempts) {
    const mark = {
      version: question.version,
      correct: isNowCorrect(attempt, question),
      told: attempt.round > 1,
    }
    await Attempt.updateOne({ _id: attempt._id }, { regraded: { ...mark, changed, points } }, { session })
  }
  return { correct, changed, points, paid: points }
}

/** Pays the question once if it is right now and never was paid; answers the points. */
async function payMissing(
  attempts: readonly StoredAttempt[],
  question: BankQuestion,
  { mastered, now }: { mastered: number; now: Date },
  session: Session,
): Promise<number> {
  const [first] = attempts
  if (!first) return 0
  const cadreId = idText(first.cadre)
  const key = correctionKey(idText(first.paper), question.id)
  const isRight = attempts.some(attempt => isNowCorrect(attempt, question))
  const wasPaid = attempts.some(attempt => attempt.correct) || (await isPaid(cadreId, key, session))
  const points = isRight && !wasPaid ? await questionPoints(first.day, now) : 0
  const detail = { of: first.day, number: first.number }
  if (points > 0) await adjust({ cadreId, key, points, detail, now, mastered }, session)
  else if (mastered !== 0) await countMastered(cadreId, mastered, now, session)
  return points
}

/** What a cadre knows, after a changed mark; answers the change in the count of mastered questions. */
async function amendMemory(
  first: StoredAttempt,
  correct: boolean,
  now: Date,
  session: Session,
): Promise<number> {
  const owned = { cadre: first.cadre, question: first.question }
  const before = await Memory.findOne(owned).session(session).lean<StoredMemory>()
  if (!before) return 0
  const { missed, mastered, card, dueOn } = correct ? relieve(before, first.day) : relearn(before, dayOf(now))
  await Memory.updateOne(owned, { missed, mastered, card, dueOn }, { session })
  return Number(mastered) - Number(before.mastered)
}
