/** One row of a table with its number in the sheet, counted from 1; cells are trimmed text, '' when empty. */
export interface Row {
  at: number
  cells: string[]
}

/** A cell merged downwards: its text stands in row `from` and counts until row `to`. */
export interface Span {
  column: number
  from: number
  to: number
}

/** One line or paragraph with its number in the document, counted from 1. */
export interface Line {
  at: number
  text: string
  /** 1 to 6 where the format itself marks the line as a heading. */
  heading?: number
}

/** What a file consists of, in its own order, whatever its format was. */
export type Part =
  | { kind: 'table'; name: string; rows: Row[]; spans: Span[] }
  | { kind: 'text'; name: string; lines: Line[] }
  | { kind: 'tree'; name: string; value: unknown }

/** Why a file cannot be read at all; `mismatch`: its name promises another format than its bytes hold. */
export type Obstacle =
  'unsupported' | 'too-large' | 'broken' | 'too-slow' | 'encrypted' | 'no-text' | 'mismatch'

/** A file that cannot be read at all; `obstacle` says why, the message is for the log. */
export class UnreadableError extends Error {
  readonly obstacle: Obstacle

  constructor(obstacle: Obstacle, message: string) {
    super(message)
    this.name = 'UnreadableError'
    this.obstacle = obstacle
  }
}
