import { type ArmSums, meanOf } from './bandit.ts'
import type { Learned } from './learning.ts'

/** Cadres, and their means summed. */
interface Total {
  cadres: number
  sum: number
}
type Totals = ReadonlyMap<string, Total>

/** What cadres' sums come to, by arm. */
export interface LearnedTotals {
  times: Totals
  wordings: Totals
}

/** What is shown of an arm. */
export interface Estimate {
  arm: string
  /** At least so many, in tens. */
  cadres: number
  /** In how many of a hundred cases the quiz was finished within two hours. */
  finished: number
}

export const noTotals: LearnedTotals = { times: new Map(), wordings: new Map() }

/** The totals with one more cadre, who counts as much as any other however many reminders there were. */
export const counted = (totals: LearnedTotals, { times, wordings }: Learned): LearnedTotals => ({
  times: added(totals.times, times),
  wordings: added(totals.wordings, wordings),
})

function added(totals: Totals, sums: readonly ArmSums[]): Totals {
  const known = sums.filter(({ chosen }) => chosen.rounds > 0)
  const after = known.map(({ arm, chosen }): [string, Total] => {
    const { cadres, sum } = totals.get(arm) ?? { cadres: 0, sum: 0 }
    return [arm, { cadres: cadres + 1, sum: sum + meanOf(chosen) }]
  })
  return new Map([...totals, ...after])
}

/** design/product.md: nothing that says more of fewer. */
const FEWEST = 10

/**
 * What may be seen: lines of ten or more cadres. A line is found by no subtraction: there is no sum over lines, a line
 * says nothing of what happened with other arms, counts are in tens and shares in whole percents.
 */
export const estimatesOf = (totals: Totals): Estimate[] =>
  [...totals]
    .filter(([, { cadres }]) => cadres >= FEWEST)
    .map(([arm, { cadres, sum }]) => ({
      arm,
      cadres: Math.floor(cadres / FEWEST) * FEWEST,
      finished: Math.round((sum / cadres) * 100),
    }))
    .sort((a, b) => (a.arm < b.arm ? -1 : 1))
