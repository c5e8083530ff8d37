import type { PointCause } from '#shared/points'
import type { MonthTally } from './tally.ts'

/** Where a standing and its ledger disagree. */
export interface Mismatch {
  cadreId: string
  /** `total`, or month and cause: `2026-11 question`. */
  figure: string
  standing: number
  ledger: number
}

/** A sum over ledger entries of one cadre. */
export interface LedgerSum {
  month: string
  cause: PointCause
  points: number
}

const causes = ['lesson', 'question', 'review', 'correction'] as const

/** Every figure of a standing that is not the sum of its ledger. Months the standing no longer keeps are in the total. */
export function mismatches(
  cadreId: string,
  standing: { total: number; months: MonthTally[] } | undefined,
  ledger: readonly LedgerSum[],
): Mismatch[] {
  const total = { figure: 'total', standing: standing?.total ?? 0, ledger: sumOf(ledger) }
  const months = (standing?.months ?? []).flatMap(month =>
    causes.map(cause => ({
      figure: `${month.month} ${cause}`,
      standing: month[cause],
      ledger: sumOf(ledger.filter(sum => sum.month === month.month && sum.cause === cause)),
    })),
  )
  return [total, ...months].filter(row => row.standing !== row.ledger).map(row => ({ cadreId, ...row }))
}

const sumOf = (sums: readonly LedgerSum[]): number => sums.reduce((sum, { points }) => sum + points, 0)
