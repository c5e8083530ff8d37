import { blocksOf, type Block } from '#server/policy/split/block'
import { isCited, type CitedPiece, type Piece } from '#server/policy/split/piece'
import { splitDocument, type Split } from '#server/policy/split/split'

/** The lines of a plain text as the splitter takes them. */
export const blocks = (text: string): Block[] =>
  blocksOf([
    { kind: 'text', name: '', lines: text.split('\n').map((line, at) => ({ at: at + 1, text: line })) },
  ])

export const split = (text: string): Split => splitDocument(blocks(text))

/** What can be cited of a text. */
export const cited = (text: string): CitedPiece[] => split(text).pieces.filter(isCited)

/** A piece in one line. */
export const short = (piece: Piece): string =>
  piece.kind === 'article' ? `${piece.label}|${piece.text}` : piece.text
