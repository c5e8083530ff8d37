import { Types } from 'mongoose'
import type { Day } from '#shared/day'
import { grouped } from '../base/grouped.ts'
import { idText, read } from '../base/mongo.ts'
import { Lesson, LessonRecord } from './model.ts'
import type { PlannedLesson } from './service.ts'

export { ahead } from './sequence.ts'

/** A published lesson by its name. */
export interface NamedLesson extends PlannedLesson {
  title: string
}

/** All published lessons in their order. */
export async function publishedLessons(): Promise<NamedLesson[]> {
  const lessons = await read<{ _id: Types.ObjectId; title: string; questions: Types.ObjectId[] }>(
    Lesson,
    { status: 'published' },
    { projection: { title: 1, questions: 1 }, sort: { order: 1, _id: 1 } },
  )
  return lessons.map(({ _id, title, questions }) => ({
    id: idText(_id),
    title,
    questionIds: questions.map(idText),
  }))
}

/** A lesson that is behind a cadre. */
export interface BehindThem {
  lesson: string
  closedOn: Day
  /** Read to the end, not only passed. */
  finished: boolean
}

/** What is behind each of these cadres, of all lessons or of these only. */
export async function lessonsBehind(
  cadreIds: readonly Types.ObjectId[],
  lessonIds?: readonly Types.ObjectId[],
): Promise<ReadonlyMap<string, BehindThem[]>> {
  const records = await read<{
    cadre: Types.ObjectId
    lesson: Types.ObjectId
    closedOn: Day
    finishedAt: Date | null
  }>(
    LessonRecord,
    { cadre: { $in: [...cadreIds] }, ...(lessonIds && { lesson: { $in: [...lessonIds] } }) },
    { projection: { _id: 0, cadre: 1, lesson: 1, closedOn: 1, finishedAt: 1 } },
  )
  return grouped(records, ({ cadre, lesson, closedOn, finishedAt }) => [
    idText(cadre),
    { lesson: idText(lesson), closedOn, finished: finishedAt !== null },
  ])
}
