import { Types } from 'mongoose'
import type { LessonCard } from '#shared/course'
import { type Day, dayOf } from '#shared/day'
import type { PointCause, Week } from '#shared/points'
import type { Paper as PaperShown } from '#shared/quiz'
import { AppError } from '../base/errors.ts'
import { idText } from '../base/mongo.ts'
import { lessonCard } from '../course/service.ts'
import { standingOf } from '../points/service.ts'
import { findQuestions } from '../question/service.ts'
import { paperHolding } from './answerable-service.ts'
import { openDaily } from './daily-service.ts'
import { Attempt, Memory, Paper, type StoredAttempt, type StoredPaper } from './model.ts'
import { type Answered, markNow, paperShown, resultOf, stateOf } from './progress.ts'

/** Today's page. */
export interface Today {
  day: Day
  lesson: LessonCard | null
  paper: PaperShown
  week: Week
  points: { total: number; today: number; cap: number }
}

/** GET /today: stores the day's paper at the first call; afterwards it is only read. */
export async function today({ cadreId, now }: { cadreId: string; now: Date }): Promise<Today> {
  const paper = await openDaily(cadreId, now)
  const [shown, lesson, { total, today, cap, week }] = await Promise.all([
    show(paper),
    paper.lesson ? lessonCard({ cadreId, lessonId: idText(paper.lesson) }) : null,
    standingOf(cadreId, now),
  ])
  return { day: paper.day, lesson, paper: shown, week, points: { total, today, cap } }
}

/** The paper as its cadre sees it: a key or explanation only where it was answered. */
export async function show(paper: StoredPaper): Promise<PaperShown> {
  const ids = paper.questions.map(({ question }) => idText(question))
  const [bank, attempts] = await Promise.all([findQuestions(ids), answeredIn(paper._id)])
  return paperShown(
    {
      id: idText(paper._id),
      kind: paper.kind,
      questions: paper.questions.map(item => ({ ...item, question: idText(item.question) })),
    },
    new Map(bank.map(question => [question.id, question])),
    attempts,
  )
}

/** What was answered in a paper, with the marks as they stand now. */
async function answeredIn(paper: Types.ObjectId): Promise<Answered[]> {
  const attempts = await Attempt.find(
    { paper },
    { question: 1, round: 1, chosen: 1, correct: 1, regraded: 1 },
  ).lean<StoredAttempt[]>()
  return attempts.map(attempt => ({
    question: idText(attempt.question),
    round: attempt.round,
    chosen: attempt.chosen,
    correct: markNow(attempt),
  }))
}

/** A paper of the caller's own, of any day; `not-found` otherwise. */
export async function paperOf(call: { cadreId: string; paperId: string }): Promise<PaperShown> {
  return show(await ownPaper(call))
}

async function ownPaper({ cadreId, paperId }: { cadreId: string; paperId: string }): Promise<StoredPaper> {
  const paper = await Paper.findOne({ _id: paperId, cadre: cadreId }).lean<StoredPaper>()
  if (!paper) throw new AppError('not-found', { cadreId, paperId })
  return paper
}

/**
 * 跳过: moves a question that is not worked through behind the others and answers the paper. Errors: `not-found` as
 * for an answer, `quiz.round-closed` when it was answered right.
 */
export async function postpone(call: {
  cadreId: string
  questionId: string
  paperId?: string | undefined
  now: Date
}): Promise<PaperShown> {
  const { questionId, now } = call
  const paper = await paperHolding(call)
  const answered = (await answeredIn(paper._id)).filter(({ question }) => question === questionId)
  if (stateOf(answered).state === 'right') throw new AppError('quiz.round-closed', { questionId })
  const changed = await Paper.findOneAndUpdate(
    { _id: paper._id, 'questions.question': questionId },
    { $set: { 'questions.$.postponedAt': now } },
    { returnDocument: 'after' },
  ).lean<StoredPaper>()
  return show(changed ?? paper)
}

/** How a paper went and what it brought. */
export interface Summary {
  kind: 'daily' | 'practice'
  of: number
  /** Right at the first answer. */
  right: number
  /** Missed first and right later in the same quiz. */
  corrected: number
  points: number
  byCause: { cause: PointCause; points: number }[]
  /** When questions of this paper come back, soonest first. */
  returning: { day: Day; count: number }[]
}

/** How a paper of the caller's own went so far; `not-found` for any other. */
export async function summaryOf(call: { cadreId: string; paperId: string; now: Date }): Promise<Summary> {
  const paper = await ownPaper(call)
  const ids = paper.questions.map(({ question }) => question)
  const [attempts, memories] = await Promise.all([
    Attempt.find({ paper: paper._id }).lean<StoredAttempt[]>(),
    Memory.find(
      { cadre: paper.cadre, question: { $in: ids }, dueOn: { $gt: dayOf(call.now) } },
      { dueOn: 1, _id: 0 },
    ).lean<{ dueOn: Day }[]>(),
  ])
  const answered = attempts.map(attempt => ({
    question: idText(attempt.question),
    round: attempt.round,
    chosen: attempt.chosen,
    correct: markNow(attempt),
  }))
  const points = attempts.reduce((sum, { pointsEarned }) => sum + pointsEarned, 0)
  const cause = paper.kind === 'daily' ? ('question' as const) : ('review' as const)
  return {
    kind: paper.kind,
    ...resultOf(ids.map(idText), answered),
    points,
    byCause: points === 0 ? [] : [{ cause, points }],
    returning: countByDay(memories.map(({ dueOn }) => dueOn)),
  }
}

function countByDay(days: readonly Day[]): { day: Day; count: number }[] {
  return [...new Set(days)].sort().map(day => ({ day, count: days.filter(one => one === day).length }))
}
