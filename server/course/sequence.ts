import type { Day } from '#shared/day'

/** What is behind a cadre: a lesson finished or passed on a day. */
export interface Closed {
  lesson: string
  closedOn: Day
}

/**
 * The lessons still before a cadre on a day, in order; the first is the lesson of the day. A lesson closed on that very
 * day still counts, so the lesson of a day does not change while the day lasts.
 */
export function ahead<L extends { id: string }>(
  lessons: readonly L[],
  closed: readonly Closed[],
  day: Day,
): L[] {
  const behind = new Set(closed.filter(record => record.closedOn < day).map(record => record.lesson))
  return lessons.filter(lesson => !behind.has(lesson.id))
}
