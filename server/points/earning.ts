import type { Day } from '#shared/day'
import type { PointCause } from '#shared/points'

/** What brings points by itself; a correction only settles what one of these should have brought. */
export type Earner = Exclude<PointCause, 'correction'>

/** One version of the points rule. It holds from its day on until the next version; it never reaches back. */
export interface PointRule {
  version: number
  /** The first Beijing day it holds on. */
  from: Day
  /** Points for a finished lesson. */
  lesson: number
  /** Points for a question of the daily paper worked through to the right answer. */
  question: number
  /** Most questions paid on one day. */
  questionDailyMax: number
  /** Points for a review session worked through. */
  review: number
  /** Most points on one day, from all of these together. */
  dailyCap: number
}

/** The defaults of design/product.md, “Rules a cadre expects”. Later versions are stored data. */
export const firstRule: PointRule = {
  version: 1,
  from: '2026-01-01',
  lesson: 2,
  question: 1,
  questionDailyMax: 5,
  review: 2,
  dailyCap: 10,
}

/** The rule that holds on a day: the one that began last; of two that begin together, the higher version. */
export function ruleOn(day: Day, rules: readonly PointRule[]): PointRule {
  return rules
    .filter(rule => rule.from <= day)
    .reduce((latest, rule) => (isLater(rule, latest) ? rule : latest), firstRule)
}

const isLater = (rule: PointRule, other: PointRule): boolean =>
  rule.from > other.from || (rule.from === other.from && rule.version > other.version)

/** What a day has brought so far. */
export interface EarnedToday {
  /** Points under the cap. */
  points: number
  /** Questions that were paid. */
  questions: number
}

/** Points for one more happening on a day that brought `earned`: never below 0, never over the day's cap. */
export function pointsFor(rule: PointRule, cause: Earner, earned: EarnedToday): number {
  if (cause === 'question' && earned.questions >= rule.questionDailyMax) return 0
  return Math.max(0, Math.min(rule[cause], rule.dailyCap - earned.points))
}
