import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { readGuarded } from '#server/reading/guarded'
import { UnreadableError } from '#server/reading/part'
import { record } from '../audit/service.ts'
import { transaction } from '../base/mongo.ts'
import {
  finderOf,
  outcomeOf,
  type OwnLists,
  type SensitiveHit,
  type SensitiveOutcome,
  type SensitivePlace,
  sensitiveRecord,
} from './answer/sensitive.ts'
import { PolicyWord } from './word-model.ts'
import { type OwnWord, readWordTable } from './word-table.ts'
import { reasons, wordReasons } from './wording.ts'

/** A text to look at, and what it is: the path of a file, the id of an answer. */
export interface Looked {
  text: string
  place: SensitivePlace
  subject: string
  now: Date
}

/**
 * What becomes of a text by the words in it, of the lists that come with the product and those of the editors. A hit
 * leaves a line in the audit log: which words, where and when; neither the text nor who wrote it.
 */
export async function checkWords({ text, place, subject, now }: Looked): Promise<SensitiveOutcome> {
  const hits = hitsIn(text, place, await ownLists())
  const kept = sensitiveRecord(hits, { at: now, place, subject })
  if (kept !== null) {
    const words = kept.hits.map(({ word, kind }) => `${word}(${kind})`).join(' ')
    const detail = { place, outcome: kept.outcome, words }
    await record({ at: now, actor: 'system', action: 'sensitive', subject, detail })
  }
  return outcomeOf(hits)
}

/** Tells of texts whether they hold a word that is refused, by the lists as they are now; leaves no record. */
export async function refusing(): Promise<(text: string) => boolean> {
  const find = finderOf(await ownLists())
  return text => outcomeOf(find(text)) === 'refuse'
}

/** A document is looked at line by line: where one line ends and the next begins, no word stands. */
function hitsIn(text: string, place: SensitivePlace, lists: OwnLists): SensitiveHit[] {
  const find = finderOf(lists)
  const hits = place === 'import' ? text.split('\n').flatMap(find) : find(text)
  return [...new Map(hits.map(hit => [hit.word, hit])).values()]
}

/** The lists of the editors, from all of their tables. */
async function ownLists(): Promise<OwnLists> {
  const lines = await PolicyWord.find({}, { word: 1, kind: 1, treatment: 1 }).lean()
  return {
    words: lines.flatMap(({ word, kind, treatment }) =>
      treatment === 'allow' ? [] : [{ word, kind, severity: treatment }],
    ),
    allowed: lines.flatMap(({ word, treatment }) => (treatment === 'allow' ? [word] : [])),
  }
}

/** What the import of a table of words did. */
export interface WordImportReport {
  table: string
  added: number
  changed: number
  unchanged: number
  /** Lines of an earlier import of this table that it no longer has. */
  withdrawn: number
  rejected: { at: number | null; word: string; reason: string }[]
}

/**
 * Makes the stored lines of a table of words those of the file, all at once. The table goes by the file's name and is
 * the authority on its own lines. With a line that cannot be used nothing changes.
 */
export async function importWordTable(call: { file: string; now: Date }): Promise<WordImportReport> {
  const table = basename(call.file)
  const nothing = { table, added: 0, changed: 0, unchanged: 0, withdrawn: 0, rejected: [] }
  const findings = await findingsIn(call.file)
  if (typeof findings === 'string')
    return { ...nothing, rejected: [{ at: null, word: '', reason: findings }] }
  const rejected = findings.flatMap(each =>
    'reason' in each ? [{ at: each.at, word: each.word, reason: wordReasons[each.reason] }] : [],
  )
  if (rejected.length > 0) return { ...nothing, rejected }
  const lines = findings.flatMap(each => ('line' in each ? [each.line] : []))
  return { ...nothing, ...(await replaceLines(table, lines, call.now)) }
}

async function findingsIn(file: string) {
  try {
    return (
      readWordTable(await readGuarded(await readFile(file), basename(file))) ?? wordReasons['table.unknown']
    )
  } catch (error) {
    if (error instanceof UnreadableError) return reasons[`file.${error.obstacle}`]
    throw error
  }
}

type Counts = Pick<WordImportReport, 'added' | 'changed' | 'unchanged' | 'withdrawn'>

async function replaceLines(table: string, lines: OwnWord[], at: Date): Promise<Counts> {
  return transaction(async session => {
    const before = await PolicyWord.find({ table }, null, { session }).lean()
    const known = new Map(before.map(line => [line.key, line]))
    const counts = { added: 0, changed: 0, unchanged: 0, withdrawn: 0 }
    for (const line of lines) {
      const stored = known.get(line.key)
      known.delete(line.key)
      if (stored === undefined) counts.added++
      else if (isSame(stored, line)) {
        counts.unchanged++
        continue
      } else counts.changed++
      await PolicyWord.updateOne({ table, key: line.key }, { ...line, at }, { upsert: true, session })
    }
    counts.withdrawn = known.size
    await PolicyWord.deleteMany({ table, key: { $in: [...known.keys()] } }, { session })
    if (counts.added + counts.changed + counts.withdrawn > 0) {
      const { added, changed, withdrawn } = counts
      const detail = { added: `${added}`, changed: `${changed}`, withdrawn: `${withdrawn}` }
      await record({ at, actor: 'cli', action: 'words', subject: table, detail }, session)
    }
    return counts
  })
}

const isSame = (stored: Pick<OwnWord, 'word' | 'kind' | 'treatment'>, line: OwnWord): boolean =>
  stored.word === line.word && stored.kind === line.kind && stored.treatment === line.treatment
