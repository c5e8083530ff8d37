import type { PaperQuestion } from '#shared/quiz'
import { type Answered, stateOf } from './progress.ts'

/** What a cadre's day holds, as far as it is known without opening it. */
export interface Outlook {
  lesson: LessonAhead | null
  /**
   * Those of the day's paper. Where it was not opened yet, those it would have; while its lesson is unread, without
   * those that are drawn from topics.
   */
  questions: PlaceAhead[]
}

/** The lesson of a day by its name. */
export interface LessonAhead {
  id: string
  title: string
  finished: boolean
}

/** A question of a day's paper, and where it stands. */
export interface PlaceAhead extends Pick<PaperQuestion, 'reason' | 'state'> {
  answered: boolean
}

/** A lesson as the outlook names it; null where there is none any more. */
export const lessonAhead = (
  lesson: Pick<LessonAhead, 'id' | 'title'> | null | undefined,
  behind: readonly { lesson: string; finished: boolean }[],
): LessonAhead | null =>
  lesson
    ? {
        id: lesson.id,
        title: lesson.title,
        finished: behind.some(record => record.lesson === lesson.id && record.finished),
      }
    : null

/** The places of a paper that was opened. Questions the bank lost are left out. */
export function placesIn(
  questions: readonly { question: string; reason: PaperQuestion['reason'] }[],
  attempts: readonly Pick<Answered, 'question' | 'round' | 'correct'>[],
  isKnown: (question: string) => boolean,
): PlaceAhead[] {
  return questions
    .filter(({ question }) => isKnown(question))
    .map(({ question, reason }) => {
      const own = attempts.filter(attempt => attempt.question === question)
      return { reason, state: stateOf(own).state, answered: own.length > 0 }
    })
}

/** The places of a paper nobody has opened. */
export const placesOf = (selected: readonly Pick<PaperQuestion, 'reason'>[]): PlaceAhead[] =>
  selected.map(({ reason }) => ({ reason, state: 'open', answered: false }))
