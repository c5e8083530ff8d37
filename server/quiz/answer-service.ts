import { Types } from 'mongoose'
import { type Day, dayOf } from '#shared/day'
import type { Mark } from '#shared/quiz'
import { AppError } from '../base/errors.ts'
import { storable } from '../base/free-text.ts'
import { idText, isDuplicate, readOne, type Session } from '../base/mongo.ts'
import { award, countMastered, isPaid, paying, totalOf } from '../points/service.ts'
import { type BankQuestion, findQuestions } from '../question/service.ts'
import { paperHolding } from './answerable-service.ts'
import { isCorrect, readChosen } from './grading.ts'
import { daysAround, lighterDay, loadOf, type Memory as Known, remember } from './memory.ts'
import {
  Attempt,
  Memory,
  type PaperItem,
  type StoredAttempt,
  type StoredMemory,
  type StoredPaper,
} from './model.ts'
import { correctionKey, questionKey, reviewKey } from './payment-key.ts'
import { isDone, markNow } from './progress.ts'
import { solutionShown } from './shown.ts'

/** One answer to one question. */
export interface Answer {
  cadreId: string
  questionId: string
  /** Names the paper; without it today's paper, then the open practice. */
  paperId?: string | undefined
  chosen: string[]
  /** 1 is the first answer. */
  round?: number | undefined
  guessed?: boolean | undefined
  dontKnow?: boolean | undefined
  now: Date
}

/** A mark, and what the chat wants to know beside it. */
export interface Marked extends Mark {
  paperId: string
  /** This round had been answered before; the mark is that first one. */
  repeated: boolean
}

/** An answer with everything that is known before the transaction. */
interface Given {
  cadre: Types.ObjectId
  paper: StoredPaper
  item: PaperItem
  question: BankQuestion
  round: number
  chosen: string[]
  correct: boolean
  guessed: boolean
  dontKnow: boolean
  day: Day
  now: Date
}

/**
 * Marks one answer and pays for it, once for each paper, question and round: a repeat gets the first mark again.
 * Errors: `not-found` unless the question is in the caller's paper of today, an open practice or the named paper;
 * `request.invalid`, `quiz.option-unknown`, `quiz.one-option` for what cannot be graded; `text.classified`;
 * `quiz.round-closed` when the round before was not answered wrong.
 */
export async function answer(call: Answer): Promise<Marked> {
  const { cadreId, questionId, round = 1, now } = call
  const paper = await paperHolding(call)
  const item = paper.questions.find(({ question }) => question.equals(questionId))
  const [question] = await findQuestions([questionId])
  if (!item || !question) throw new AppError('not-found', { cadreId, questionId })
  const given: Given = {
    cadre: new Types.ObjectId(cadreId),
    paper,
    item,
    question,
    round,
    ...grade(question, call),
    day: dayOf(now),
    now,
  }
  try {
    return await paying(cadreId, session => mark(given, session))
  } catch (error) {
    const repeat = isAnsweredBefore(error) ? await Attempt.findOne(slotOf(given)).lean() : null
    if (repeat) return repeated(given, repeat)
    throw error
  }
}

/** The payment's key or the attempt's own place was taken: this round was answered meanwhile. */
const isAnsweredBefore = (error: unknown): boolean =>
  isDuplicate(error, ['paper', 'question', 'round']) || isDuplicate(error, ['cadre', 'key'])

const slotOf = ({ paper, item, round }: Given) => ({ paper: paper._id, question: item.question, round })

function grade(question: BankQuestion, { chosen, guessed = false, dontKnow = false }: Answer) {
  if (dontKnow) return { chosen: [], correct: false, guessed: false, dontKnow }
  const read = readChosen(question, chosen.map(storable))
  if ('fault' in read) throw new AppError(read.fault, { question: question.id }, ['body.chosen'])
  return { chosen: read.chosen, correct: isCorrect(question, read.chosen), guessed, dontKnow }
}

async function mark(given: Given, session: Session): Promise<Marked> {
  const { cadre, paper, item, question, round, chosen, correct, guessed, dontKnow, day, now } = given
  const earlier = round === 1 ? [] : await earlierRounds(given, session)
  const same = earlier.find(attempt => attempt.round === round)
  if (same) return repeated(given, same)
  if (round > 1) requireMiss(given, earlier)
  const mastered = round === 1 ? await recall(given, session) : 0
  const { earned, total } = await pay(given, mastered, earlier, session)
  await Attempt.collection.insertOne(
    {
      cadre,
      paper: paper._id,
      kind: paper.kind,
      question: item.question,
      number: item.number,
      version: question.version,
      round,
      chosen,
      correct,
      guessed,
      dontKnow,
      pointsEarned: earned,
      points: total,
      at: now,
      day,
    },
    { session },
  )
  return {
    ...solutionShown(question),
    correct,
    pointsEarned: earned,
    points: total,
    paperId: idText(paper._id),
    repeated: false,
  }
}

const earlierRounds = ({ paper, item }: Given, session: Session): Promise<StoredAttempt[]> =>
  Attempt.find({ paper: paper._id, question: item.question }).session(session).lean<StoredAttempt[]>()

/** A later round needs a miss in the one before, otherwise `quiz.round-closed`. */
function requireMiss(given: Given, earlier: readonly StoredAttempt[]): void {
  const before = earlier.find(attempt => attempt.round === given.round - 1)
  if (!before || markNow(before)) throw new AppError('quiz.round-closed', slotOf(given))
}

/** Remembers the first answer of a day and plans its return. Answers the change in the count of mastered questions. */
async function recall(given: Given, session: Session): Promise<number> {
  const { cadre, item, question, correct, guessed, day } = given
  const owned = { cadre, question: item.question }
  const before = await readOne<StoredMemory>(Memory, owned, { session })
  const after = remember(before, { correct, guessed }, day)
  if (after === before) return 0
  const { firstDay, lastDay, missed, card, mastered } = after
  const dueOn = after.dueOn && (await planned(cadre, after.dueOn, day, session))
  await Memory.collection.updateOne(
    owned,
    { $set: { topic: question.topic, firstDay, lastDay, missed, dueOn, card, mastered } },
    { session, upsert: true },
  )
  return Number(mastered) - Number(before?.mastered ?? false)
}

/** A due day moved to where few other reviews wait. */
async function planned(cadre: Types.ObjectId, dueOn: Day, today: Day, session: Session): Promise<Day> {
  const { from, to } = daysAround(dueOn, today)
  const held = await Memory.find({ cadre, dueOn: { $gte: from, $lte: to } }, { dueOn: 1, _id: 0 })
    .session(session)
    .lean<Pick<Known, 'dueOn'>[]>()
  return lighterDay(dueOn, today, loadOf(held))
}

/**
 * Pays for a right answer: a daily question at its first right answer, a review session when its last question is
 * worked through, once a day. Practice beside that is free and brings nothing.
 */
async function pay(given: Given, mastered: number, earlier: readonly StoredAttempt[], session: Session) {
  const { cadre, paper, item, correct, day, now } = given
  const cadreId = idText(cadre)
  if (correct && paper.kind === 'daily' && !(await wasPaid(given, earlier, session))) {
    const key = questionKey(idText(paper._id), idText(item.question))
    return award({ cadreId, cause: 'question', key, detail: { number: item.number }, now, mastered }, session)
  }
  if (correct && (await isReviewDone(given, session))) {
    return award({ cadreId, cause: 'review', key: reviewKey(day), detail: {}, now, mastered }, session)
  }
  if (mastered !== 0) await countMastered(cadreId, mastered, now, session)
  return { earned: 0, total: await totalOf(cadreId, session) }
}

/** By a right answer in an earlier round, or after a correction that another one took back. */
async function wasPaid(given: Given, earlier: readonly StoredAttempt[], session: Session): Promise<boolean> {
  if (earlier.some(({ correct }) => correct)) return true
  if (!earlier.some(({ regraded }) => regraded)) return false
  const { cadre, paper, item } = given
  return isPaid(idText(cadre), correctionKey(idText(paper._id), idText(item.question)), session)
}

async function isReviewDone(given: Given, session: Session): Promise<boolean> {
  const { paper, item, cadre, day } = given
  if (paper.scope !== 'due') return false
  const attempts = await Attempt.find({ paper: paper._id }).session(session).lean<StoredAttempt[]>()
  const others = paper.questions
    .map(({ question }) => idText(question))
    .filter(id => id !== idText(item.question))
  const done = isDone(
    others,
    attempts.map(attempt => ({ ...attempt, question: idText(attempt.question), correct: markNow(attempt) })),
  )
  return done && !(await isPaid(idText(cadre), reviewKey(day), session))
}

const repeated = ({ question, paper }: Given, attempt: StoredAttempt): Marked => ({
  ...solutionShown(question),
  correct: attempt.correct,
  pointsEarned: attempt.pointsEarned,
  points: attempt.points,
  paperId: idText(paper._id),
  repeated: true,
})
