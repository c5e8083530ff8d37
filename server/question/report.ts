import type { ReasonCode } from './wording.ts'

/** What became of one question of a file. */
export interface ReportRow {
  file: string
  /** Sheet and row, line, or path inside the file. */
  place: string
  outcome: 'accepted' | 'duplicate' | 'rejected'
  /** Why it was rejected; null otherwise. */
  code: ReasonCode | null
  /** The same in Chinese, '' otherwise. */
  reason: string
  /** The beginning of the stem as the file has it. */
  stem: string
}

/** What an import did, row by row. `total` is the sum of the three counts. */
export interface ImportReport {
  file: string
  bank: string
  dryRun: boolean
  total: number
  accepted: number
  duplicate: number
  rejected: number
  /** How many rows were rejected for each reason. */
  reasons: Partial<Record<ReasonCode, number>>
  rows: ReportRow[]
}

/** Counts rows into a report. */
export function reportOf(file: string, bank: string, dryRun: boolean, rows: ReportRow[]): ImportReport {
  const reasons: Partial<Record<ReasonCode, number>> = {}
  for (const { code } of rows) if (code !== null) reasons[code] = (reasons[code] ?? 0) + 1
  const count = (outcome: ReportRow['outcome']) => rows.filter(row => row.outcome === outcome).length
  return {
    file,
    bank,
    dryRun,
    total: rows.length,
    accepted: count('accepted'),
    duplicate: count('duplicate'),
    rejected: count('rejected'),
    reasons,
    rows,
  }
}
