import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import type { Day } from '#shared/day'
import { DOCUMENT_FILE } from '#server/reading/document'
import { readDocumentGuarded } from '#server/reading/guarded'
import { UnreadableError } from '#server/reading/part'
import { MAX_FILE_BYTES } from '#server/reading/read'
import { isClassified } from '../base/classified.ts'
import type { FoundFile } from './file-service.ts'
import type { Region } from './metadata/region.ts'
import { PolicyDocument, PolicyVersion } from './model.ts'
import { prepare, type Prepared } from './prepare.ts'
import { reportOf, type PolicyImportReport, type ReportRow } from './report.ts'
import { store, type Stored } from './storing-service.ts'
import { checkWords } from './word-service.ts'
import { notes, reasons, type ReasonCode } from './wording.ts'

/** What an import is told beside its files. */
export interface ImportCall {
  /** The folder or file as it was named. */
  source: string
  files: FoundFile[]
  /** The place all of these documents are for, where their titles do not tell. */
  region?: Region | undefined
  /** 收录截至: the day up to which the collection is complete; each document's own day where nobody says. */
  collectedOn: Day | null
  dryRun?: boolean
  now: Date
  onProgress?: (done: number, total: number) => void
}

/**
 * Imports policy documents, each file as a whole or not at all. A file whose bytes are known is passed over, so that an
 * import that was cut off goes on where it ended and a second one changes nothing. Never throws for what is in a file.
 */
export async function importPolicyFiles(call: ImportCall): Promise<PolicyImportReport> {
  const rows: ReportRow[] = []
  for (const found of call.files) {
    rows.push(await importOne(found, call))
    call.onProgress?.(rows.length, call.files.length)
  }
  return reportOf(call.source, { dryRun: call.dryRun ?? false, collectedOn: call.collectedOn }, rows)
}

async function importOne(found: FoundFile, call: ImportCall): Promise<ReportRow> {
  const { path } = found
  // What is secret may be so by its very name: the report does not repeat it.
  if (isClassified(path)) return rejected('***', 'file.classified')
  if (!DOCUMENT_FILE.test(path)) {
    // Whoever names one file wants that one; a folder may hold anything.
    if (found.file === call.source) return rejected(path, 'file.unsupported')
    return { ...rejected(path, 'file.other-format'), outcome: 'skipped' }
  }
  const bytes = await bytesOf(found.file)
  if (typeof bytes === 'string') return turnedAway(path, bytes)
  const checksum = createHash('sha256').update(bytes).digest('hex')
  const known = await knownFile(checksum, path, call)
  if (known !== null) return known
  const prepared = await readyFrom(bytes, found, call)
  if ('refused' in prepared) return turnedAway(path, prepared.refused)
  const { collectedOn, now } = call
  const words = await checkWords({ text: textOf(path, prepared), place: 'import', subject: path, now })
  if (words === 'refuse') return rejected(path, 'file.sensitive')
  if (words === 'review') prepared.oddities.push({ code: 'words.review', before: '', label: '' })
  const { format } = prepared
  const incoming = { ...prepared, path, format, bytes: bytes.length, checksum, collectedOn, now }
  return rowOf(path, prepared, await store(incoming, { dryRun: call.dryRun ?? false }))
}

/** All that a file says, a line for each of its lines. */
const textOf = (path: string, { description, cited, notes }: Prepared): string =>
  [path, description.title, ...cited.flatMap(piece => [...piece.path, piece.text]), ...notes].join('\n')

async function bytesOf(file: string): Promise<Uint8Array | ReasonCode> {
  try {
    const { size } = await stat(file)
    if (size > MAX_FILE_BYTES) return 'file.too-large'
    if (size === 0) return 'file.empty'
    return await readFile(file)
  } catch {
    return 'file.unreadable'
  }
}

/** The row of a file whose bytes are those of a text that still counts; null for any other. */
async function knownFile(checksum: string, path: string, call: ImportCall): Promise<ReportRow | null> {
  const known = await PolicyVersion.findOne({ checksums: checksum }).sort({ live: -1 }).lean()
  // The same file with older words again: to be looked at, not passed over.
  if (known === null || (!known.live && known.source?.path === path)) return null
  if (call.collectedOn !== null && call.dryRun !== true) {
    await PolicyDocument.updateOne({ _id: known.document }, { $max: { collectedOn: call.collectedOn } })
  }
  const { title, articles, passages } = known
  const day = known.day ?? null
  return {
    file: path,
    outcome: 'unchanged',
    code: null,
    reason: '',
    title,
    day,
    articles,
    passages,
    notes: [],
  }
}

type Ready = Prepared & { format: string }

async function readyFrom(
  bytes: Uint8Array,
  { path }: FoundFile,
  { region }: ImportCall,
): Promise<Ready | { refused: ReasonCode }> {
  try {
    const read = await readDocumentGuarded(bytes, path)
    const prepared = prepare(read, { path, region })
    return 'refused' in prepared ? prepared : { ...prepared, format: read.format }
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error
    return { refused: `file.${error.obstacle}` }
  }
}

function rowOf(path: string, prepared: Prepared, { outcome, displaced }: Stored): ReportRow {
  const { description, cited } = prepared
  const oddities = [...prepared.oddities]
  if (displaced !== '') oddities.push({ code: 'text.differs', before: displaced, label: '' })
  const articles = cited.filter(({ kind }) => kind === 'article').length
  return {
    ...{ file: path, outcome, code: null, reason: '', title: description.title, day: description.day },
    articles,
    passages: cited.length - articles,
    notes: oddities.map(({ code, before, label }) => ({ code, text: notes[code](before, label) })),
  }
}

/** A file without a text is passed over, whatever its ending promises. */
const turnedAway = (file: string, code: ReasonCode): ReportRow =>
  code === 'file.empty' ? { ...rejected(file, code), outcome: 'skipped' } : rejected(file, code)

const rejected = (file: string, code: ReasonCode): ReportRow => ({
  ...{ file, outcome: 'rejected', code, reason: reasons[code], title: '', day: null },
  articles: 0,
  passages: 0,
  notes: [],
})
