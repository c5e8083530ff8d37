import { createHash } from 'node:crypto'
import { type Day, daysFrom } from '#shared/day'

/** Rounds of one kind: how many, and their weights and rewards summed, each divided by the chance it had. */
export interface Tally {
  rounds: number
  weight: number
  reward: number
}

/** What one cadre's rounds say of an arm: those it was chosen in, and those in which it might have been. */
export interface ArmSums {
  arm: string
  chosen: Tally
  others: Tally
  /** The latest day it was chosen. */
  lastDay: Day | null
}

/** An arm that is awake, and how likely it is to be chosen. */
export interface Chance<Arm extends string = string> {
  arm: Arm
  chance: number
}

/** A round that is over. */
export interface Round {
  day: Day
  /** The arms that were awake. */
  chances: readonly Chance[]
  /** The one that was chosen. */
  arm: string
  /** From 0 to 1. */
  reward: number
}

/** How a bandit weighs what it knows. */
export interface Tuning {
  /** The smaller, the surer the best arm is chosen. */
  temperature: number
  /** What an arm loses that was chosen just now, and after how many days half of that is left. */
  penalty: number
  halfLife: number
  /** After how many rounds a difference counts half. */
  patience: number
  /** By how much the first arm is believed to be better as long as nothing is known. */
  headStart: number
}

/** No round weighs more: a rare one would outvote all others. */
const MOST_WEIGHT = 10
const none: Tally = { rounds: 0, weight: 0, reward: 0 }

/**
 * How likely each of the arms that are awake is to be chosen; the first one is the default.
 *
 * Source: Yancey & Settles, A Sleeping, Recovering Bandit Algorithm for Optimizing Recurring Notifications, KDD 2020:
 * an arm's score is how much better rounds went with it than without it, less a penalty that halves every few days
 * since it was chosen; the chances are the softmax of the scores. decisions/0016 says what is different here.
 */
export function chancesOf<Arm extends string>(
  arms: readonly Arm[],
  sums: readonly ArmSums[],
  day: Day,
  tuning: Tuning,
): Chance<Arm>[] {
  const scores = arms.map((arm, place) => {
    const known = sums.find(one => one.arm === arm)
    return scoreOf(known, place === 0, tuning) - penaltyOf(known, day, tuning)
  })
  const best = Math.max(...scores)
  const weights = scores.map(score => Math.exp((score - best) / tuning.temperature))
  const sum = weights.reduce((all, weight) => all + weight, 0)
  return arms.map((arm, place) => ({ arm, chance: (weights[place] ?? 0) / sum }))
}

/** The difference with and without an arm, as far as it can be trusted; before that, the head start of the default. */
function scoreOf(known: ArmSums | undefined, isDefault: boolean, { patience, headStart }: Tuning): number {
  const before = isDefault ? headStart : 0
  if (!known) return before
  const { chosen, others } = known
  if (chosen.rounds === 0 || others.rounds === 0) return before
  const rounds = (2 * chosen.rounds * others.rounds) / (chosen.rounds + others.rounds)
  const trust = rounds / (rounds + patience)
  return trust * (meanOf(chosen) - meanOf(others)) + (1 - trust) * before
}

/** A mean of which each round is weighed against how likely it was. */
export const meanOf = ({ weight, reward }: Tally): number => reward / weight

const penaltyOf = (known: ArmSums | undefined, day: Day, { penalty, halfLife }: Tuning): number =>
  known?.lastDay ? penalty * 0.5 ** (daysFrom(known.lastDay, day) / halfLife) : 0

/** The arm that a number from 0 to below 1 falls on. */
export function chosenBy<Arm extends string>(
  random: number,
  chances: readonly Chance<Arm>[],
): Arm | undefined {
  let passed = 0
  return (chances.find(({ chance }) => (passed += chance) > random) ?? chances.at(-1))?.arm
}

/** A number from 0 to below 1 that is the same in every process and at every run. */
export const drawFor = (...names: readonly string[]): number =>
  createHash('sha256').update(names.join(' ')).digest().readUInt32BE() / 2 ** 32

/** The sums with a round that is over; arms that slept learn nothing. */
export function withRound(sums: readonly ArmSums[], { day, chances, arm, reward }: Round): ArmSums[] {
  const fresh = chances.filter(one => !sums.some(known => known.arm === one.arm))
  const all = [...sums, ...fresh.map(one => ({ arm: one.arm, chosen: none, others: none, lastDay: null }))]
  return all.map(known => {
    const awake = chances.find(one => one.arm === known.arm)
    if (!awake) return known
    if (known.arm === arm)
      return { ...known, chosen: added(known.chosen, awake.chance, reward), lastDay: day }
    return { ...known, others: added(known.others, 1 - awake.chance, reward) }
  })
}

function added({ rounds, weight, reward }: Tally, chance: number, gained: number): Tally {
  const weighs = Math.min(1 / chance, MOST_WEIGHT)
  return { rounds: rounds + 1, weight: weight + weighs, reward: reward + weighs * gained }
}
