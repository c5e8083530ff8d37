import { addDays, type Day, mondayOf, monthOf } from '#shared/day'
import type { PointCause } from '#shared/points'
import { type EarnedToday, type Earner, type PointRule, pointsFor } from './earning.ts'
import { defaultGoal, type Goal, type StudyWeek, studied } from './goal.ts'
import { extend, noStreak, type Streak } from './streak.ts'

/** Points of one month by cause. */
export type MonthTally = { month: string } & Record<PointCause, number>

/** What a cadre's ledger adds up to, kept so that reading it costs the same however long the ledger is. */
export interface Tally {
  total: number
  today: EarnedToday & { day: Day }
  /** The last months that have entries, newest first. */
  months: MonthTally[]
  /** Questions answered right seven or more days after they were first met. */
  mastered: number
  week: StudyWeek
  goal: Goal
  streak: Streak
}

/** The page shows twelve months; older ones are in the ledger. */
export const MONTHS_KEPT = 12

/** The tally of somebody who has not earned anything. */
export const emptyTally = (day: Day): Tally => ({
  total: 0,
  today: { day, points: 0, questions: 0 },
  months: [],
  mastered: 0,
  week: { monday: mondayOf(day), days: [] },
  goal: defaultGoal,
  streak: noStreak,
})

/** What was earned on `day`: nothing yet when the tally is of an earlier one. */
export const earnedOn = (tally: Tally, day: Day): EarnedToday =>
  tally.today.day === day ? tally.today : { points: 0, questions: 0 }

/**
 * The day a happening of `day` counts on: a call stamped just before midnight may be paid after one of the new day, and
 * going back would open the new day's cap again.
 */
export const countedOn = ({ today }: Tally, day: Day): Day =>
  today.day === addDays(day, 1) ? today.day : day

/** True when `day` has not brought anything finished yet. */
export const isFirstOf = (tally: Tally, day: Day): boolean => !tally.week.days.includes(day)

/** The tally after something was finished on `day`, and the points it brought under that day's rule. */
export function afterAward(
  tally: Tally,
  cause: Earner,
  day: Day,
  rule: PointRule,
): { tally: Tally; earned: number } {
  const before = earnedOn(tally, day)
  const earned = pointsFor(rule, cause, before)
  return {
    earned,
    tally: {
      ...tally,
      total: tally.total + earned,
      today: {
        day,
        points: before.points + earned,
        questions: before.questions + (cause === 'question' && earned > 0 ? 1 : 0),
      },
      months: addToMonth(tally.months, monthOf(day), cause, earned),
      week: studied(tally.week, day),
      streak: extend(tally.streak, day, tally.goal.paused),
    },
  }
}

/** The tally after a correction of `points`, which stands outside the daily cap and is no study. */
export const afterCorrection = (tally: Tally, points: number, day: Day): Tally => ({
  ...tally,
  total: tally.total + points,
  months: addToMonth(tally.months, monthOf(day), 'correction', points),
})

function addToMonth(months: MonthTally[], month: string, cause: PointCause, points: number): MonthTally[] {
  const found = months.find(tally => tally.month === month)
  const current = found ?? { month, lesson: 0, question: 0, review: 0, correction: 0 }
  const changed = { ...current, [cause]: current[cause] + points }
  const others = months.filter(tally => tally !== found)
  return [changed, ...others].sort((a, b) => (a.month < b.month ? 1 : -1)).slice(0, MONTHS_KEPT)
}

/** Why a happening brought less than the rule gives, if it did. */
export function limitOf(
  earned: number,
  rule: PointRule,
  cause: Earner,
  before: EarnedToday,
): 'cap' | 'questions' | undefined {
  if (earned >= rule[cause]) return undefined
  return cause === 'question' && before.questions >= rule.questionDailyMax ? 'questions' : 'cap'
}
