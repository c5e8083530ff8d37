import type { Part } from '#server/reading/part'
import { plainText } from './answer/plain-text.ts'
import { linesOfTable } from './column-table.ts'
import { TREATMENTS, WORD_COLUMNS } from './word-vocabulary.ts'
import type { WordReason } from './wording.ts'

/** A word of an editors' table: refused, looked at, or a phrase in which words of the lists are fine. */
export interface OwnWord {
  /** As words are compared: what makes two lines the same. */
  key: string
  word: string
  /** Free text; '' for an allowed phrase. */
  kind: string
  treatment: 'refuse' | 'review' | 'allow'
}

/** What a table holds, line by line; `at` is the number of the line. */
export type WordFinding = { at: number; line: OwnWord } | { at: number; word: string; reason: WordReason }

const LONGEST = 40

/** The lines of a table of words (.xlsx, .csv or .json); null where no table with the columns is found. */
export function readWordTable(parts: readonly Part[]): WordFinding[] | null {
  const lines = linesOfTable(parts, WORD_COLUMNS, ['word', 'treatment'])
  if (lines.length === 0) return null
  const seen = new Set<string>()
  return lines.map(({ at, cells: { word, kind, treatment: told } }): WordFinding => {
    const refuse = (reason: WordReason) => ({ at, word, reason })
    const key = plainText(word)
    const treatment = TREATMENTS[told]
    // One character stands in honest words everywhere.
    if ([...key].length < 2) return refuse(word === '' ? 'word.missing' : 'word.too-short')
    if ([...word].length > LONGEST) return refuse('word.too-long')
    if (treatment === undefined) return refuse('treatment.unknown')
    if (treatment !== 'allow' && kind === '') return refuse('kind.missing')
    if (seen.has(key)) return refuse('line.repeated')
    seen.add(key)
    return { at, line: { key, word, kind, treatment } }
  })
}
