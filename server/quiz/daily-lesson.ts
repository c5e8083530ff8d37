import type { Day } from '#shared/day'

/** A question a cadre has answered, and on which days. */
export interface Met {
  question: string
  firstDay: Day
  lastDay: Day
}

/** So many lessons in a row could have been answered from other days' papers; the next paper looks further. */
export const LESSONS_LOOKED_AT = 10

/** A lesson with its own questions, in its order. */
interface WithQuestions {
  questionIds: readonly string[]
}

/** The lesson of a day among those ahead, and what of it is new. */
export interface DailyLesson<L> {
  /** Null when all of them were passed. */
  lesson: L | null
  /** Its questions that were never answered on an earlier day. */
  fresh: string[]
  answeredToday: ReadonlySet<string>
  /** Lessons before it, all of whose questions were answered. */
  passed: L[]
}

/** The first lesson that has a question left, or has none at all; `met` is what is known of the questions of `ahead`. */
export function dailyLesson<L extends WithQuestions>(
  ahead: readonly L[],
  met: readonly Met[],
  day: Day,
): DailyLesson<L> {
  const metBefore = new Set(met.filter(({ firstDay }) => firstDay < day).map(({ question }) => question))
  const freshOf = ({ questionIds }: L) => questionIds.filter(question => !metBefore.has(question))
  const at = ahead.findIndex(lesson => lesson.questionIds.length === 0 || freshOf(lesson).length > 0)
  const lesson = ahead[at] ?? null
  return {
    lesson,
    fresh: lesson ? freshOf(lesson) : [],
    answeredToday: new Set(met.filter(({ lastDay }) => lastDay === day).map(({ question }) => question)),
    passed: ahead.slice(0, lesson ? at : ahead.length),
  }
}
