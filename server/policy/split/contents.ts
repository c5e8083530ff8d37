import type { Block } from './block.ts'
import { isCited, type CitedPiece, type Piece } from './piece.ts'
import { articleMark, structureMark } from './mark.ts'

const LONGEST_LINE = 60
const plain = (text: string): string => text.replace(/[\s.…·\d]+/g, '')

/** Index behind a table of contents that begins at `from`: before its first heading comes again, or an article. */
export function contentsEnd(blocks: Block[], from: number): number {
  const first = plain(blocks[from + 1]?.text ?? '')
  if (first === '') return from + 1
  for (let at = from + 2; at < blocks.length; at++) {
    const text = blocks[at]?.text ?? ''
    const seen = plain(text) === first
    if (seen || articleMark(text)?.clear === true || text.length > LONGEST_LINE) return at
  }
  // No end: the word was a heading like any other, unless chapters follow.
  return structureMark(blocks[from + 1]?.text ?? '') === null ? from : blocks.length
}

const SHORTEST_RUN = 3

/** Headings on end that all come again later are a table of contents that does not call itself one. */
export function hiddenContents(pieces: Piece[]): Piece[] {
  const last = new Map(pieces.map((piece, at) => [piece.kind === 'heading' ? plain(piece.text) : '', at]))
  const result: Piece[] = []
  let listed = new Set<string>()
  for (let from = 0; from < pieces.length;) {
    let to = from
    while (pieces[to]?.kind === 'heading' && (last.get(plain(pieces[to]?.text ?? '')) ?? 0) > to) to++
    if (to - from >= SHORTEST_RUN) {
      const texts = pieces.slice(from, to).map(({ text }) => text)
      result.push(...texts.map((text): Piece => ({ kind: 'contents', text })))
      listed = new Set(texts)
      from = to
      continue
    }
    const piece = pieces[from]
    if (piece === undefined) break
    if (piece.kind === 'heading') listed = new Set()
    result.push(isCited(piece) && listed.size > 0 ? notUnder(piece, listed) : piece)
    from++
  }
  return result
}

/** What follows a table of contents does not stand under its last line. */
const notUnder = (piece: CitedPiece, listed: Set<string>): CitedPiece => ({
  ...piece,
  path: piece.path.filter(text => !listed.has(text)),
})
