import { createHash } from 'node:crypto'
import { isClassified } from '#server/base/classified'
import type { ReadDocument } from '#server/reading/document'
import { describe, type Description, type Place } from './metadata/describe.ts'
import { blocksOf } from './split/block.ts'
import { odditiesIn } from './split/check.ts'
import { isCited, wordsOf, type CitedPiece } from './split/piece.ts'
import { splitDocument } from './split/split.ts'
import type { NoteCode, ReasonCode } from './wording.ts'

/** More articles and passages than any document has; the longest code has 1,260. */
const MAX_CITED = 20_000
/** More oddities than these of one document help nobody. */
const TOLD_ODDITIES = 20

/** A document ready to be stored. */
export interface Prepared {
  description: Description
  cited: CitedPiece[]
  /** The lines around the text: history, number, signature. */
  notes: string[]
  /** SHA-256 of its words without white space. */
  wording: string
  oddities: { code: NoteCode; before: string; label: string }[]
}

/** Splits and describes a document that was read, or tells why it is refused. */
export function prepare(read: ReadDocument, place: Place): Prepared | { refused: ReasonCode } {
  const blocks = blocksOf(read.parts)
  const everything = [place.path, ...read.margins, ...blocks.map(({ text }) => text)].join('\n')
  if (isClassified(everything)) return { refused: 'file.classified' }
  const split = splitDocument(blocks)
  const cited = split.pieces.filter(isCited)
  if (cited.length === 0) return { refused: 'file.empty' }
  if (cited.length > MAX_CITED) return { refused: 'file.too-many-articles' }
  const description = describe(split, place)
  const notes = split.pieces.flatMap(piece =>
    piece.kind === 'note' || piece.kind === 'closing' ? [piece.text] : [],
  )
  const words = split.pieces.map(wordsOf).join('').replace(/\s/g, '')
  const wording = createHash('sha256').update(words).digest('hex')
  return { description, cited, notes, wording, oddities: oddities(split, description) }
}

function oddities(split: ReturnType<typeof splitDocument>, { day, part }: Description): Prepared['oddities'] {
  const plain = { before: '', label: '' }
  const found: Prepared['oddities'] = odditiesIn(split.pieces)
    // A part of a law begins where the part before it ended.
    .filter(({ kind }) => kind !== 'late-start' || part === '')
    .slice(0, TOLD_ODDITIES)
    .map(({ kind, before, label }) => ({ code: `articles.${kind}`, before, label }))
  if (day === null) found.push({ code: 'day.unknown', ...plain })
  if (split.title === '') found.push({ code: 'title.from-name', ...plain })
  return found
}
