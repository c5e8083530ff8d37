/** One heading above a piece. */
export interface Heading {
  /** 1 for 编 to 5 for 目, 6 for 一、, 7 for （一）; 0 for an annex. */
  rank: number
  text: string
}

/** What a document consists of, in its order; the texts of all pieces together are its text. */
export type Piece =
  /** Title, history, table of contents, headings, the lines under the text: kept, not cited. */
  | { kind: 'title' | 'note' | 'contents' | 'heading' | 'closing'; text: string }
  /** 第十七条之一 and its text without the mark, a line for each paragraph (款) and item (项). */
  | { kind: 'article'; label: string; number: number; sub: number; path: string[]; text: string }
  /** Text outside of articles: a preamble, a section of a notice, an annex, a table. */
  | {
      kind: 'passage'
      /** 一, （二）; '' where the text has no number of its own. */
      label: string
      path: string[]
      text: string
      /** The head of the table of which this is a further part. */
      columns?: string
    }

export type CitedPiece = Extract<Piece, { path: string[] }>

export const isCited = (piece: Piece): piece is CitedPiece => 'path' in piece

/** All of a piece's words, its mark included. */
export const wordsOf = (piece: Piece): string =>
  piece.kind === 'article' ? `${piece.label} ${piece.text}` : piece.text
