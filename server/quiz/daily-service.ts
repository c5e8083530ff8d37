import { Types } from 'mongoose'
import { addDays, type Day, dayOf } from '#shared/day'
import { idText, isDuplicate } from '../base/mongo.ts'
import { lessonsAhead, passLesson, type PlannedLesson } from '../course/service.ts'
import { excuseDays, standingOf } from '../points/service.ts'
import { findQuestions, publishedByIds } from '../question/service.ts'
import { dailyLesson, LESSONS_LOOKED_AT } from './daily-lesson.ts'
import { loadOf, respread } from './memory.ts'
import {
  Attempt,
  Memory,
  Paper,
  type PaperItem,
  type StoredAttempt,
  type StoredMemory,
  type StoredPaper,
} from './model.ts'
import { isDone, markNow } from './progress.ts'
import { DUE_READ, QUESTIONS_A_DAY, select, type Selected } from './selection.ts'
import { topicCandidates } from './topic-service.ts'

/** The day's paper; the first call of the day stores it, calls at the same moment get the same one. */
export async function openDaily(cadreId: string, now: Date): Promise<StoredPaper> {
  const day = dayOf(now)
  const stored = await Paper.findOne({ cadre: cadreId, slot: day }).lean<StoredPaper>()
  if (stored && stored.questions.length > 0) return stored
  return (await storeDaily(cadreId, day, now, stored)) ?? openDaily(cadreId, now)
}

/** Makes the paper of a day and stores it; null when another call was faster. An empty paper may be filled once. */
async function storeDaily(
  cadreId: string,
  day: Day,
  now: Date,
  empty: StoredPaper | null,
): Promise<StoredPaper | null> {
  const cadre = new Types.ObjectId(cadreId)
  const plan = await planOf(cadreId, day, now)
  const questions = await itemsOf(plan.selected)
  const lesson = plan.lesson ? new Types.ObjectId(plan.lesson) : null
  if (empty) return refill(empty, { lesson, questions })
  const paper: StoredPaper = {
    _id: new Types.ObjectId(),
    cadre,
    kind: 'daily',
    day,
    slot: day,
    lesson,
    scope: null,
    questions,
    openedAt: now,
  }
  try {
    await Paper.collection.insertOne({ ...paper })
  } catch (error) {
    if (isDuplicate(error, ['cadre', 'slot'])) return null
    throw error
  }
  await moveOverdue(plan.overdue, day)
  return paper
}

/** The chosen questions as they stand in a paper, with their versions of now. */
async function itemsOf(selected: readonly Selected[]): Promise<PaperItem[]> {
  const bank = await findQuestions(selected.map(({ question }) => question))
  const versions = new Map(bank.map(({ id, version }) => [id, version]))
  return selected.map(({ question, reason }, index) => ({
    question: new Types.ObjectId(question),
    version: versions.get(question) ?? 1,
    reason,
    number: index + 1,
    postponedAt: null,
  }))
}

/** An empty paper holds nothing to lose, so it takes what was imported since. */
async function refill(empty: StoredPaper, { lesson, questions }: Pick<StoredPaper, 'lesson' | 'questions'>) {
  if (questions.length === 0) return empty
  return Paper.findOneAndUpdate(
    { _id: empty._id, questions: { $size: 0 } },
    { $set: { lesson, questions } },
    { returnDocument: 'after' },
  ).lean<StoredPaper>()
}

interface Plan {
  lesson: string | null
  selected: Selected[]
  /** Due reviews that found no place, the oldest first. */
  overdue: StoredMemory[]
}

async function planOf(cadreId: string, day: Day, now: Date): Promise<Plan> {
  await closeLast(cadreId, day)
  const ahead = await lessonsAhead(cadreId, day)
  const { lesson, fresh, answeredToday } = await lessonToday(cadreId, ahead, day)
  const due = await dueOn(cadreId, day)
  if (lesson === null) await excuseIdle(cadreId, due[0]?.dueOn ?? null, now)
  const dueIds = due.map(({ question }) => idText(question))
  const seed = `${cadreId}:${day}`
  const isFull = new Set([...dueIds, ...fresh]).size >= QUESTIONS_A_DAY
  const topic = isFull ? [] : await topicCandidates(cadreId, { day, seed, ahead, dueIds, fresh })
  const selected = select({ due: dueIds, lesson: fresh, topic, answeredToday }, seed)
  const taken = new Set(selected.map(({ question }) => question))
  return { lesson, selected, overdue: due.filter(({ question }) => !taken.has(idText(question))) }
}

/** Due reviews, the oldest first. Those of retired questions leave review; those of suspended ones wait. */
async function dueOn(cadreId: string, day: Day): Promise<StoredMemory[]> {
  const due = await Memory.find({ cadre: cadreId, dueOn: { $lte: day } })
    .sort({ dueOn: 1, _id: 1 })
    .limit(DUE_READ)
    .lean<StoredMemory[]>()
  const bank = await findQuestions(due.map(({ question }) => question))
  const status = new Map(bank.map(question => [question.id, question.status]))
  const statusOf = ({ question }: StoredMemory) => status.get(idText(question))
  const gone = due.filter(memory => !['published', 'suspended'].includes(statusOf(memory) ?? 'retired'))
  if (gone.length > 0) await Memory.updateMany({ _id: { $in: gone.map(({ _id }) => _id) } }, { dueOn: null })
  return due.filter(memory => statusOf(memory) === 'published')
}

/** Looks at the last daily paper before `day`: when it was worked through, its lesson is passed. */
async function closeLast(cadreId: string, day: Day): Promise<void> {
  // Days sort before `practice` and `closed:…`, so `slot` finds daily papers only.
  const last = await Paper.findOne({ cadre: cadreId, slot: { $lt: day } })
    .sort({ slot: -1 })
    .lean<StoredPaper>()
  if (!last?.lesson || last.questions.length === 0) return
  const attempts = await Attempt.find({ paper: last._id }).lean<StoredAttempt[]>()
  const done = isDone(
    last.questions.map(({ question }) => idText(question)),
    attempts.map(attempt => ({ ...attempt, question: idText(attempt.question), correct: markNow(attempt) })),
  )
  if (done) await passLesson({ cadreId, lessonId: idText(last.lesson), day: last.day })
}

/** The lesson of a day, those of its new questions that may stand in a paper, and those answered today. */
async function lessonToday(cadreId: string, ahead: readonly PlannedLesson[], day: Day) {
  const near = ahead.slice(0, LESSONS_LOOKED_AT)
  const ids = near.flatMap(({ questionIds }) => questionIds)
  const met = await Memory.find(
    { cadre: cadreId, question: { $in: ids } },
    { question: 1, firstDay: 1, lastDay: 1 },
  ).lean<StoredMemory[]>()
  const found = dailyLesson(
    near,
    met.map(memory => ({ ...memory, question: idText(memory.question) })),
    day,
  )
  for (const { id } of found.passed) await passLesson({ cadreId, lessonId: id, day: addDays(day, -1) })
  const usable = (await publishedByIds(found.fresh)).filter(({ daily }) => daily)
  return { ...found, lesson: found.lesson?.id ?? null, fresh: usable.map(({ id }) => id) }
}

/**
 * Days since the last study day on which no review was due do not break a streak once there is no lesson left.
 * Questions of the topics are always there and never due, whether the push opened their paper or not.
 */
async function excuseIdle(cadreId: string, firstDue: Day | null, now: Date): Promise<void> {
  const { streakDay } = await standingOf(cadreId, now)
  if (streakDay === null || streakDay >= addDays(dayOf(now), -1)) return
  await excuseDays(cadreId, firstDue, now)
}

/** Reviews that found no place are spread over the coming days, so that no day ever asks for more than a paper. */
async function moveOverdue(overdue: readonly StoredMemory[], today: Day): Promise<void> {
  const cadre = overdue[0]?.cadre
  if (!cadre) return
  const coming = await Memory.find({ cadre, dueOn: { $gt: today } }, { dueOn: 1, _id: 0 }).lean<
    StoredMemory[]
  >()
  const days = respread(overdue.length, today, loadOf(coming))
  await Memory.bulkWrite(
    overdue.map(({ _id, dueOn }, index) => ({
      updateOne: { filter: { _id, dueOn }, update: { $set: { dueOn: days[index] ?? addDays(today, 1) } } },
    })),
  )
}
