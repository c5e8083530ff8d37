import type { Piece } from './piece.ts'

/** Something an editor should look at in a document that was split. */
export interface Oddity {
  kind: 'gap' | 'late-start' | 'repeated'
  /** The labels around it; '' before the first article. */
  before: string
  label: string
}

/** Where the count of articles has a gap, starts late or goes back; an annex counts anew. */
export function odditiesIn(pieces: Piece[]): Oddity[] {
  const odd: Oddity[] = []
  let last: { label: string; number: number; sub: number } | undefined
  for (const piece of pieces) {
    if (piece.kind !== 'article') continue
    const { label, number, sub } = piece
    const restarts = number === 1 && sub === 0
    if (last === undefined) {
      if (!restarts) odd.push({ kind: 'late-start', before: '', label })
    } else if (sub > 0 ? number !== last.number || sub !== last.sub + 1 : number > last.number + 1) {
      odd.push({ kind: 'gap', before: last.label, label })
    } else if (sub === 0 && number <= last.number && !restarts) {
      odd.push({ kind: 'repeated', before: last.label, label })
    }
    last = piece
  }
  return odd
}
