import { readFile, stat } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import { readGuarded } from '#server/reading/guarded'
import { UnreadableError } from '#server/reading/part'
import { MAX_FILE_BYTES } from '#server/reading/read'
import { collect, type Finding } from './import/collect.ts'
import { importQuestions, type Status } from './import-service.ts'
import { reportOf, type ImportReport, type ReportRow } from './report.ts'
import { reasons, type ReasonCode } from './wording.ts'

export { fingerprintOf, importDrafts, importQuestions, type Entry, type Taken } from './import-service.ts'
export { publishedOnClause } from './clause-service.ts'
export { settleQuestion, staleQuestions, stopQuestion } from './stale-service.ts'
export {
  drawCandidates,
  findQuestions,
  publishedByIds,
  standingsOf,
  topicCounts,
  type BankQuestion,
  type Standing,
} from './bank-service.ts'
export {
  answerReport,
  correctedSince,
  correctQuestion,
  forgetReports,
  onCorrection,
  openReports,
  reportQuestion,
  setStatus,
  type Correction,
} from './correction-service.ts'

/**
 * Imports a file of questions into a bank (the file's name without its ending by default) and reports every row. Never
 * throws for what is in the file; throws only where it cannot be opened or the database fails.
 */
export async function importQuestionFile(call: {
  file: string
  bank?: string | undefined
  dryRun?: boolean
  now: Date
  status?: Status
  onProgress?: (done: number, total: number) => void
}): Promise<ImportReport> {
  const name = basename(call.file)
  const { size } = await stat(call.file)
  if (size > MAX_FILE_BYTES) {
    const bank = call.bank ?? basename(name, extname(name))
    return reportOf(name, bank, call.dryRun ?? false, [rejectedRow(name, 'file', 'file.too-large', '')])
  }
  return importQuestionBytes({ ...call, name, bytes: await readFile(call.file) })
}

/** The same for an uploaded file. */
export async function importQuestionBytes(call: {
  bytes: Uint8Array
  name: string
  bank?: string | undefined
  dryRun?: boolean
  now: Date
  status?: Status
  onProgress?: (done: number, total: number) => void
}): Promise<ImportReport> {
  const { name, dryRun = false } = call
  const bank = call.bank ?? basename(name, extname(name))
  const findings = await findIn(call.bytes, name, bank)
  const entries = findings.flatMap(finding =>
    'draft' in finding ? [{ draft: finding.draft, origin: `${name} ${finding.place}` }] : [],
  )
  const taken = await importQuestions({ ...call, bank, entries, dryRun })
  let next = 0
  const rows = findings.map((finding): ReportRow => {
    if ('reason' in finding) return rejectedRow(name, finding.place, finding.reason, finding.stem)
    const { outcome } = taken[next++] ?? { outcome: 'duplicate' as const }
    if (outcome === 'conflict') return rejectedRow(name, finding.place, 'question.conflict', finding.stem)
    return { file: name, place: finding.place, outcome, code: null, reason: '', stem: finding.stem }
  })
  return reportOf(name, bank, dryRun, rows)
}

async function findIn(bytes: Uint8Array, name: string, topic: string): Promise<Finding[]> {
  try {
    return collect(await readGuarded(bytes, name), topic)
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error
    return [{ place: 'file', stem: '', reason: `file.${error.obstacle}` }]
  }
}

const rejectedRow = (file: string, place: string, code: ReasonCode, stem: string): ReportRow => ({
  file,
  place,
  outcome: 'rejected',
  code,
  reason: reasons[code],
  stem,
})
