import type { Lesson } from '#shared/course'
import { call } from './send.ts'
import { keepCachedFirst, read } from './storage.ts'

const KEY = 'lessons'

/** Fetches today's lesson and the next ones whole, to be read without network. A failure keeps the old ones. */
export async function keepUpcomingLessons(): Promise<void> {
  const reply = await call('GET /lessons/upcoming').catch(() => null)
  if (reply) keepCachedFirst(KEY, reply.lessons, lessons => lessons)
}

/** A lesson kept on this device, or null. */
export const keptLesson = (id: string): Lesson | null =>
  keptLessons().find(lesson => lesson.id === id) ?? null

/** The lessons that can be read without network. */
export const keptLessons = (): Lesson[] => read<Lesson[]>(KEY, [])
