import type { Day } from '#shared/day'
import { ReminderWording } from '#shared/reminder'
import { type ArmSums, chancesOf, type Chance, chosenBy, drawFor, type Tuning, withRound } from './bandit.ts'
import { isQuietTime, type Wishes } from './plan.ts'

/** What is kept of a cadre who allows learning: sums, by time and by wording. */
export interface Learned {
  times: ArmSums[]
  wordings: ArmSums[]
}

/** What is chosen for a cadre's day, and how likely each choice was. */
export interface Choice {
  time: string
  times: Chance[]
  wording: ReminderWording
  wordings: Chance<ReminderWording>[]
}

/** A reminder that was sent, of which it is known whether the quiz was finished in time. */
export interface Outcome {
  day: Day
  time: string
  round: Omit<Choice, 'time'>
  finished: boolean
}

/**
 * Found by simulating cadres with and without preferences; test/rules/reminder-bandit.test.ts holds what it achieves.
 * The head start is three temperatures: as long as nothing is known, nine days of ten begin with the defaults.
 */
export const tuning: Tuning = { temperature: 0.03, penalty: 0.02, halfLife: 2, patience: 50, headStart: 0.09 }

export const nothingLearned: Learned = { times: [], wordings: [] }

/**
 * The one time and the wording for a cadre's day; null where no time may ring. Two bandits that know nothing of each
 * other: of three times with three wordings each, a cadre would try few often enough. The earliest time and the plain
 * words are the defaults. The same in every process and at every run, as sums change at night only.
 */
export function choiceFor(cadreId: string, day: Day, wishes: Wishes, learned: Learned): Choice | null {
  const awake = wishes.times.filter(time => !isQuietTime(time)).sort()
  const times = chancesOf(awake, learned.times, day, tuning)
  const wordings = chancesOf(ReminderWording.options, learned.wordings, day, tuning)
  const time = chosenBy(drawFor(cadreId, day, 'time'), times)
  const wording = chosenBy(drawFor(cadreId, day, 'wording'), wordings)
  return time === undefined || wording === undefined ? null : { time, times, wording, wordings }
}

/** Wishes by which only the chosen time reminds, and once on that day. */
export const narrowed = (wishes: Wishes, { time }: Choice, planned: readonly unknown[]): Wishes => ({
  ...wishes,
  times: planned.length > 0 ? [] : [time],
})

/** What is known after a reminder of which it is known whether it helped. */
export function withOutcome(learned: Learned, { day, time, round, finished }: Outcome): Learned {
  const { wording, times, wordings } = round
  const reward = finished ? 1 : 0
  return {
    times: withRound(learned.times, { day, chances: times, arm: time, reward }),
    wordings: withRound(learned.wordings, { day, chances: wordings, arm: wording, reward }),
  }
}

const WITHIN_MS = 2 * 60 * 60_000

/** From when on it is known whether a reminder helped. */
export const judgedFrom = (sentAt: Date): Date => new Date(sentAt.getTime() + WITHIN_MS)

/** Whether the day's quiz was finished within two hours after a reminder was sent. */
export const isInTime = (sentAt: Date, finishedAt: Date | null): boolean =>
  finishedAt !== null && finishedAt >= sentAt && finishedAt <= judgedFrom(sentAt)
