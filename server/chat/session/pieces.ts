import type { Part } from './text-form.ts'

/** Bytes of UTF-8 in one message; a longer one is refused (45002). */
const LIMIT = 2_048
/** Between parts that are sent together. */
const GAP = '\n\n'
/** Where a text is best cut, the best first: after a sentence, after a part of one. */
const ENDS = [/[。！？!?；;\n]+[”’」』）】)]*/gu, /[，、,：: ]+/gu]

/** One message of ours. */
export interface Piece extends Part {
  /** The same each time the same turn is told. */
  key: string
}

const size = (text: string): number => Buffer.byteLength(text)

/** The text in pieces of at most `room` bytes, cut at the ends of sentences where there are any. Together they are the text. */
export function cut(text: string, room: number): string[] {
  const pieces: string[] = []
  for (let rest = text; rest !== '';) {
    const piece = size(rest) <= room ? rest : bestCut(head(rest, room))
    pieces.push(piece)
    rest = rest.slice(piece.length)
  }
  return pieces
}

/** As many whole characters as there is room for, and one at least. */
function head(text: string, room: number): string {
  let taken = ''
  let left = room
  for (const letter of text) {
    left -= size(letter)
    if (left < 0 && taken !== '') break
    taken += letter
  }
  return taken
}

/** An end that stands too far at the front would leave a stub. */
function bestCut(text: string): string {
  for (const ends of ENDS) {
    const last = [...text.matchAll(ends)].at(-1)
    const end = last ? last.index + last[0].length : 0
    if (end >= text.length / 3) return text.slice(0, end)
  }
  return text
}

/** Parts as messages: short neighbours share one, long ones take several; a model's words share none with others. */
export function piecesOf(parts: readonly Part[], { turn, rest }: { turn: string; rest: string }): Piece[] {
  // The last message must also take the words that tell of what was left out.
  const room = LIMIT - size(GAP + rest)
  const pieces: Part[] = []
  for (const { text, ai, weight } of parts) {
    for (const piece of cut(text, room)) {
      const last = pieces.at(-1)
      const joined = last && last.text + GAP + piece
      if (last && joined !== undefined && last.ai === ai && size(joined) <= room)
        pieces.splice(-1, 1, { text: joined, ai, weight: Math.max(last.weight, weight) })
      else pieces.push({ text: piece, ai, weight })
    }
  }
  return pieces.map((piece, at) => ({ ...piece, key: `${turn}:${at}` }))
}

/** What is sent when only `left` messages may be: the weightiest, in their order; the last one tells where the rest is. */
export function chosen(pieces: readonly Piece[], left: number, rest: string): Piece[] {
  if (pieces.length <= left) return [...pieces]
  const order = [...pieces.entries()].sort(([a, one], [b, other]) => other.weight - one.weight || a - b)
  const kept = new Set(order.slice(0, left).map(([at]) => at))
  const sent = pieces.filter((_, at) => kept.has(at))
  return sent.map((piece, at) =>
    at === sent.length - 1 ? { ...piece, text: piece.text + GAP + rest } : piece,
  )
}
