import type { Outlook } from '../quiz/service.ts'
import type { Matter } from './plan.ts'

/** What of the day's work may be reminded of: nothing once the quiz is done, or the lesson where there is no quiz. */
export function openWork({ lesson, questions }: Outlook): Matter[] {
  const unread = lesson !== null && !lesson.finished
  const left = questions.filter(({ state }) => state !== 'right')
  const reviews = left.filter(({ reason, answered }) => reason === 'review' && !answered)
  const begun = questions.some(({ answered }) => answered)
  const done = questions.length > 0 ? left.length === 0 : !unread
  if (done) return []
  return [
    ...(left.length > 0 && (begun || !unread) ? [counted('unfinished-quiz', left.length)] : []),
    ...(reviews.length > 0 ? [counted('review-due', reviews.length)] : []),
    ...(unread ? [{ kind: 'daily-lesson' as const, key: lesson.id, subject: lesson.title, count: 0 }] : []),
  ]
}

const counted = (kind: 'unfinished-quiz' | 'review-due', count: number): Matter => ({
  kind,
  key: kind,
  subject: '',
  count,
})
