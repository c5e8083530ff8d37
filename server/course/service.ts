import { Types } from 'mongoose'
import type { Block, Lesson as LessonShown, LessonCard } from '#shared/course'
import { type Day, dayOf } from '#shared/day'
import { AppError } from '../base/errors.ts'
import { idText, isDuplicate } from '../base/mongo.ts'
import { award, paying, standingOf } from '../points/service.ts'
import { Lesson, LessonProgress, LessonRecord } from './model.ts'
import { charsOf, type Progress, reachSection, waitOf } from './reading.ts'
import { ahead } from './sequence.ts'

export { importLessons, type LessonImportReport } from './import-service.ts'

/** A stored lesson, as it is read. */
interface Stored extends Omit<LessonShown, 'id' | 'reached' | 'finished' | 'sections' | 'overdue'> {
  _id: Types.ObjectId
}

/** How far one cadre is in one lesson. */
interface Reading {
  finished: boolean
  progress: Progress | null
}

const inCard = { title: 1, category: 1, topic: 1, scene: 1, minutes: 1, 'body.heading': 1 } as const

/** The card of a lesson, or null when it is not published any more. */
export async function lessonCard(call: { cadreId: string; lessonId: string }): Promise<LessonCard | null> {
  const found = await Lesson.findOne({ _id: call.lessonId, status: 'published' }, inCard).lean<Stored>()
  return found && cardOf(found, await readingOf(call.cadreId, found._id))
}

/** The whole lesson; `not-found` when it is not published any more. */
export async function lesson(call: { cadreId: string; lessonId: string; now: Date }): Promise<LessonShown> {
  const found = await published(call.lessonId)
  return shown(found, await readingOf(call.cadreId, found._id), dayOf(call.now))
}

async function published(lessonId: string): Promise<Stored> {
  const found = await Lesson.findOne({ _id: lessonId, status: 'published' }).lean<Stored>()
  if (!found) throw new AppError('not-found', { lessonId })
  return found
}

/** Progress is read before the record: who finishes meanwhile has one or the other, never neither. */
async function readingOf(cadreId: string, lesson: Types.ObjectId): Promise<Reading> {
  const owned = { cadre: cadreId, lesson }
  const progress = await LessonProgress.findOne(owned, { reached: 1, startedAt: 1 }).lean()
  const record = await LessonRecord.findOne(owned, { finishedAt: 1 }).lean()
  return { finished: (record?.finishedAt ?? null) !== null, progress }
}

const cardOf = (stored: Stored, { finished, progress }: Reading): LessonCard => ({
  id: idText(stored._id),
  title: stored.title,
  category: stored.category,
  topic: stored.topic,
  scene: stored.scene,
  minutes: stored.minutes,
  sections: stored.body.length,
  reached: finished ? stored.body.length : Math.min(progress?.reached ?? 0, stored.body.length),
  finished,
})

const shown = (stored: Stored, reading: Reading, today: Day): LessonShown => ({
  ...cardOf(stored, reading),
  body: stored.body,
  tomorrow: stored.tomorrow,
  sources: stored.sources,
  reviewBy: stored.reviewBy,
  overdue: stored.reviewBy < today,
})

/** How many lessons are kept readable offline. */
const UPCOMING = 3

/** GET /lessons/upcoming: the lesson of the day and the ones after it, whole. */
export async function upcoming({
  cadreId,
  now,
}: {
  cadreId: string
  now: Date
}): Promise<{ lessons: LessonShown[] }> {
  const next = (await lessonsAhead(cadreId, dayOf(now))).slice(0, UPCOMING)
  const found = await Lesson.find({ _id: { $in: next.map(({ id }) => id) } }).lean<Stored[]>()
  const byId = new Map(found.map(stored => [idText(stored._id), stored]))
  const stored = next.flatMap(({ id }) => byId.get(id) ?? [])
  return {
    lessons: await Promise.all(
      stored.map(async one => shown(one, await readingOf(cadreId, one._id), dayOf(now))),
    ),
  }
}

/** A lesson as the daily plan knows it. */
export interface PlannedLesson {
  id: string
  /** Its own questions, in the lesson's order. */
  questionIds: string[]
}

/** The lessons still before a cadre on a day, in order. The first is the lesson of the day. */
export async function lessonsAhead(cadreId: string, day: Day): Promise<PlannedLesson[]> {
  const [lessons, records] = await Promise.all([
    Lesson.find({ status: 'published' }, { questions: 1 }).sort({ order: 1, _id: 1 }).lean(),
    LessonRecord.find({ cadre: cadreId }, { lesson: 1, closedOn: 1 }).lean(),
  ])
  const planned = lessons.map(({ _id, questions }) => ({
    id: idText(_id),
    questionIds: questions.map(idText),
  }))
  const closed = records.map(({ lesson, closedOn }) => ({ lesson: idText(lesson), closedOn }))
  return ahead(planned, closed, day)
}

/** Closes a lesson whose questions were worked through without reading it to the end. It brings no points. */
export async function passLesson(call: { cadreId: string; lessonId: string; day: Day }): Promise<void> {
  const { cadreId: cadre, lessonId, day } = call
  try {
    await LessonRecord.updateOne(
      { cadre, lesson: lessonId },
      { $setOnInsert: { finishedAt: null, closedOn: day } },
      { upsert: true },
    )
  } catch (error) {
    if (!isDuplicate(error, ['cadre', 'lesson'])) throw error
  }
}

/** What reaching a section leads to. */
export interface ReachReply {
  /** Sections reached so far. */
  reached: number
  finished: boolean
  /** Seconds until the last section may finish the lesson. */
  wait: number
  pointsEarned: number
  points: number
}

/**
 * POST /lessons/:id/reach: the reader came to a section. The last one finishes the lesson, which pays once, when every
 * section was reached in order and the pace is plausible; otherwise `wait` says when to come back. Reaching a section
 * again changes nothing. Errors: `not-found`, `lesson.out-of-order`, `request.invalid` for a section it does not have.
 */
export async function reach(call: {
  cadreId: string
  lessonId: string
  section: number
  now: Date
}): Promise<ReachReply> {
  const { cadreId, lessonId, section, now } = call
  const stored = await published(lessonId)
  const sections = stored.body.length
  if (section >= sections) throw new AppError('request.invalid', { section, sections }, ['body.section'])
  const { finished, progress } = await readingOf(cadreId, stored._id)
  if (finished) return unpaid(cadreId, { reached: sections, finished, wait: 0 }, now)

  const result = reachSection(progress, section, now)
  if (!result.order) throw new AppError('lesson.out-of-order', { section, progress })
  if (result.moved) await keepProgress(cadreId, stored._id, result.progress)
  const { reached, startedAt } = result.progress
  const wait = waitOf(charsOf(textOf(stored)), startedAt, now)
  if (reached < sections || wait > 0) return unpaid(cadreId, { reached, finished: false, wait }, now)
  return finish(cadreId, stored, now)
}

const textOf = (stored: Stored): Block[] => [
  ...stored.body.flatMap(section => section.blocks),
  ...stored.tomorrow,
]

async function unpaid(cadreId: string, reply: Pick<ReachReply, 'reached' | 'finished' | 'wait'>, now: Date) {
  return { ...reply, pointsEarned: 0, points: (await standingOf(cadreId, now)).total }
}

/** Progress only grows; two devices reaching a section at once leave the further one. */
async function keepProgress(cadre: string, lesson: Types.ObjectId, progress: Progress): Promise<void> {
  const write = () =>
    LessonProgress.updateOne(
      { cadre, lesson },
      { $max: { reached: progress.reached }, $setOnInsert: { startedAt: progress.startedAt } },
      { upsert: true },
    )
  try {
    await write()
  } catch (error) {
    if (!isDuplicate(error, ['cadre', 'lesson'])) throw error
    await write()
  }
}

async function finish(cadreId: string, stored: Stored, now: Date): Promise<ReachReply> {
  const done = { reached: stored.body.length, finished: true, wait: 0 }
  const paid = {
    cadreId,
    cause: 'lesson' as const,
    key: `lesson:${idText(stored._id)}`,
    detail: { title: stored.title },
  }
  try {
    const { earned, total } = await paying(cadreId, async session => {
      const owned = { cadre: new Types.ObjectId(cadreId), lesson: stored._id }
      await LessonRecord.updateOne(
        owned,
        { $set: { finishedAt: now }, $setOnInsert: { closedOn: dayOf(now) } },
        { session, upsert: true },
      )
      await LessonProgress.deleteOne(owned, { session })
      return award({ ...paid, now }, session)
    })
    return { ...done, pointsEarned: earned, points: total }
  } catch (error) {
    const finishedMeanwhile = isDuplicate(error, ['cadre', 'key']) || isDuplicate(error, ['cadre', 'lesson'])
    if (!finishedMeanwhile) throw error
    return unpaid(cadreId, done, now)
  }
}

/** Deletes how far a cadre who leaves came in lessons; which were finished stays on record. */
export async function forgetReading(cadreId: string): Promise<void> {
  await LessonProgress.deleteMany({ cadre: cadreId })
}
