import { formalNames } from '../metadata/title.ts'
import type { Block } from './block.ts'
import { bodyPieces } from './body.ts'
import { frontOf } from './front.ts'
import { isCited, type Piece } from './piece.ts'

/** A document split into what can be cited and what stands around it. */
export interface Split {
  /** '' where the text does not show it. */
  title: string
  /** 总则: the part of a law that stands in several files; '' for a whole document. */
  part: string
  pieces: Piece[]
}

/**
 * Splits a document by 编, 章, 节 and 条; without articles by its headings and paragraphs. Every letter of the document
 * is in exactly one piece.
 */
export function splitDocument(blocks: Block[]): Split {
  const front = frontOf(blocks)
  const pieces = blocks
    .slice(0, front.end)
    .map(({ text }, index): Piece => ({ kind: front.title.includes(index) ? 'title' : 'note', text }))
  const title = front.title.map(index => blocks[index]?.text ?? '').join('')
  const part = front.part === null ? '' : (blocks[front.part]?.text ?? '')
  const titles = formalNames(title.slice(0, 300))
  return {
    title: title.replace(/(?<=[\p{Script=Han}《》（）、])\s+(?=[\p{Script=Han}《》（）、])/gu, ''),
    part,
    pieces: [
      ...pieces,
      ...bodyPieces(blocks.slice(front.end)).map(piece => under(part, withoutTitle(piece, titles))),
    ],
  }
}

/** The title once more above the text, or that of the rules a notice issues, is nothing to cite. */
function withoutTitle(piece: Piece, titles: string[]): Piece {
  const again = piece.kind === 'passage' && titles.some(title => bare(title) === bare(piece.text))
  return again ? { kind: 'note', text: piece.text } : piece
}

/** What stands in a part of a law stands under its name. */
const under = (part: string, piece: Piece): Piece =>
  part !== '' && isCited(piece) ? { ...piece, path: [part, ...piece.path] } : piece

const bare = (text: string): string => text.replace(/\s/g, '')
