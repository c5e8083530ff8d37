import type { Day } from '#shared/day'
import type { NoteCode, ReasonCode } from './wording.ts'

/** What became of one file. */
export type Outcome = 'added' | 'version' | 'changed' | 'unchanged' | 'skipped' | 'rejected'

/** One row of the report. A refused file leaves nothing but its name and the reason. */
export interface ReportRow {
  /** Path inside of what was imported. */
  file: string
  outcome: Outcome
  /** Why it was skipped or rejected; null otherwise. */
  code: ReasonCode | null
  /** The same in Chinese, '' otherwise. */
  reason: string
  title: string
  day: Day | null
  articles: number
  passages: number
  /** What an editor should look at, in Chinese. */
  notes: { code: NoteCode; text: string }[]
}

/** What an import did, file by file. `total` is the sum of the six counts. */
export interface PolicyImportReport {
  source: string
  dryRun: boolean
  collectedOn: Day | null
  total: number
  counts: Record<Outcome, number>
  articles: number
  passages: number
  rows: ReportRow[]
}

export function reportOf(
  source: string,
  { dryRun, collectedOn }: { dryRun: boolean; collectedOn: Day | null },
  rows: ReportRow[],
): PolicyImportReport {
  const counts = { added: 0, version: 0, changed: 0, unchanged: 0, skipped: 0, rejected: 0 }
  for (const { outcome } of rows) counts[outcome]++
  const stored = rows.filter(({ outcome }) => /^(?:added|version|changed)$/.test(outcome))
  const sum = (figure: 'articles' | 'passages') => stored.reduce((total, row) => total + row[figure], 0)
  return {
    source,
    dryRun,
    collectedOn,
    total: rows.length,
    counts,
    articles: sum('articles'),
    passages: sum('passages'),
    rows,
  }
}
