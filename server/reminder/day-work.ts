import type { Outlook } from '../quiz/service.ts'
import type { Matter } from './plan.ts'

/** What of the day's work may be reminded of, and whether all of it is done: the quiz, or the lesson where there is no quiz. */
export function workOf({ lesson, questions }: Outlook): { done: boolean; matters: Matter[] } {
  const unread = lesson !== null && !lesson.finished
  const left = questions.filter(({ state }) => state !== 'right')
  const reviews = left.filter(({ reason, answered }) => reason === 'review' && !answered)
  const begun = questions.some(({ answered }) => answered)
  const done = questions.length > 0 ? left.length === 0 : !unread
  if (done) return { done, matters: [] }
  const matters: Matter[] = [
    ...(left.length > 0 && (begun || !unread) ? [counted('unfinished-quiz', left.length)] : []),
    ...(reviews.length > 0 ? [counted('review-due', reviews.length)] : []),
    ...(unread ? [{ kind: 'daily-lesson' as const, key: lesson.id, subject: lesson.title, count: 0 }] : []),
  ]
  return { done, matters }
}

const counted = (kind: 'unfinished-quiz' | 'review-due', count: number): Matter => ({
  kind,
  key: kind,
  subject: '',
  count,
})
