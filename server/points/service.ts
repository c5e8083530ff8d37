import { type Day, dayOf } from '#shared/day'
import type { Reply } from '#shared/endpoint'
import type { PointCause, pointsApi, Week } from '#shared/points'
import { idText } from '../base/mongo.ts'
import { keep, paying, ruleAt, tallyOf } from './award-service.ts'
import { type Goal, weekShown } from './goal.ts'
import { PointEntry, StudyMonth } from './model.ts'
import { excuse, noStreak, pause, resume, shown, type Streak, switchedOn } from './streak.ts'
import { earnedOn, isFirstOf, type Tally } from './tally.ts'
import { causeLabel, type EntryDetail, entryText, ruleLines } from './wording.ts'

export { audit } from './audit-service.ts'
export {
  adjust,
  announceRule,
  award,
  countMastered,
  type Happening,
  isPaid,
  paying,
  questionPoints,
  totalOf,
} from './award-service.ts'

type Lines = typeof pointsApi

/** What today's page and the chat show of a cadre's account. */
export interface StandingShown {
  total: number
  /** Points earned today under the cap. */
  today: number
  cap: number
  week: Week
  /** Null unless switched on. */
  streak: { days: number } | null
  /** The day up to which the streak is unbroken; null when it is off. See `excuseDays`. */
  streakDay: Day | null
  mastered: number
}

/** A cadre's account in a few figures: one read, however long the ledger. */
export async function standingOf(cadreId: string, now: Date): Promise<StandingShown> {
  const day = dayOf(now)
  const tally = await tallyOf(cadreId, day)
  return {
    total: tally.total,
    today: earnedOn(tally, day).points,
    cap: (await ruleAt(now)).dailyCap,
    ...goalShown(tally, day),
    streakDay: tally.streak.lastDay,
    mastered: tally.mastered,
  }
}

const goalShown = (tally: Tally, day: Day) => ({
  week: weekShown(tally.week, tally.goal, day),
  streak: shown(tally.streak, day, tally.goal.paused),
})

/** Excuses the days on which nothing was due: those after the streak's last day and before `firstDue` (null: none). */
export function excuseDays(cadreId: string, firstDue: Day | null, now: Date): Promise<void> {
  return changeTally(cadreId, now, tally => ({
    ...tally,
    streak: excuse(tally.streak, firstDue, dayOf(now)),
  }))
}

async function changeTally(cadreId: string, now: Date, change: (tally: Tally) => Tally): Promise<void> {
  await paying(cadreId, async session => {
    await keep(cadreId, change(await tallyOf(cadreId, dayOf(now), session)), session)
  })
}

/** GET /points: the account with its tally by month and cause. */
export async function pointsOf({
  cadreId,
  now,
}: {
  cadreId: string
  now: Date
}): Promise<Reply<Lines['GET /points']>> {
  const day = dayOf(now)
  const tally = await tallyOf(cadreId, day)
  const rule = await ruleAt(now)
  return {
    total: tally.total,
    today: { points: earnedOn(tally, day).points, cap: rule.dailyCap },
    mastered: tally.mastered,
    months: tally.months.map(({ month, ...causes }) => ({
      month,
      points: Object.values(causes).reduce((sum, points) => sum + points, 0),
      byCause: byCause(causes),
    })),
    ...goalShown(tally, day),
    rule: { version: rule.version, from: rule.from, lines: ruleLines(rule) },
  }
}

const byCause = (causes: Record<PointCause, number>) =>
  (['lesson', 'question', 'review', 'correction'] as const)
    .map(cause => ({ cause, label: causeLabel[cause], points: causes[cause] }))
    .filter(({ points }) => points !== 0)

/** GET /points/entries: a cadre's ledger, newest first, paged by id. */
export async function entriesOf(call: {
  cadreId: string
  before?: string | undefined
  limit?: number | undefined
}): Promise<Reply<Lines['GET /points/entries']>> {
  const { cadreId, before, limit = 20 } = call
  const found = await PointEntry.find({ cadre: cadreId, ...(before && { _id: { $lt: before } }) })
    .sort({ _id: -1 })
    .limit(limit + 1)
    .lean()
  const entries = found.slice(0, limit).map(({ _id, day, at, cause, points, ruleVersion, detail }) => ({
    id: idText(_id),
    day,
    at: at.toISOString(),
    cause,
    points,
    ruleVersion,
    text: entryText({ day, cause, points, ruleVersion, detail: detail as EntryDetail }),
  }))
  return { entries, more: found.length > limit }
}

/** GET /points/calendar: the days of a month on which something was finished. */
export async function calendarOf({ cadreId, month }: { cadreId: string; month: string }) {
  const found = await StudyMonth.findOne({ cadre: cadreId, month }, { days: 1 }).lean()
  return { month, days: [...(found?.days ?? [])].sort() }
}

/** PUT /points/goal: sets the weekly goal; pausing needs no reason, and the streak exists only for who wants it. */
export async function setGoal(call: { cadreId: string; streak: boolean; now: Date } & Goal) {
  const { cadreId, days, paused, streak, now } = call
  const day = dayOf(now)
  await changeTally(cadreId, now, tally => ({
    ...tally,
    goal: { days, paused },
    streak: streakAfter(tally, { paused, on: streak }, day),
  }))
  return goalShown(await tallyOf(cadreId, day), day)
}

function streakAfter(tally: Tally, wish: { paused: boolean; on: boolean }, day: Day): Streak {
  if (!wish.on) return noStreak
  const current = tally.streak.on ? tally.streak : switchedOn(day, !isFirstOf(tally, day))
  if (wish.paused === tally.goal.paused) return current
  return wish.paused ? pause(current, day) : resume(current, day)
}

/** Deletes the calendar of a cadre who leaves; the ledger stays. */
export async function forgetCalendar(cadreId: string): Promise<void> {
  await StudyMonth.deleteMany({ cadre: cadreId })
}
