import { type Gram, gramsOf } from './gram.ts'
import { GramTable } from './gram-table.ts'

/**
 * An inverted index over passages, never changed once built. Postings of `grams[i]` stand from `starts[i]` to
 * `starts[i + 1]`, ordered by passage.
 */
export interface Segment {
  /** Sorted. */
  grams: Uint32Array
  starts: Uint32Array
  passages: Uint32Array
  /** How often the gram stands in the passage, at most 255. */
  counts: Uint8Array
  /** Grams of each passage, at most 65,535. */
  lengths: Uint16Array
}

/** Where postings stand in a segment. */
export type Postings = readonly [from: number, to: number]

const NONE: Postings = [0, 0]
const UNSEEN = 0xffffffff

/** Builds a segment; every text is one passage. Texts are read twice, so that nothing but the postings is held. */
export function buildSegment(texts: readonly string[]): Segment {
  const table = new GramTable()
  const lengths = new Uint16Array(texts.length)
  let frequency = new Uint32Array(1 << 16)
  let last = new Uint32Array(1 << 16).fill(UNSEEN)
  texts.forEach((text, passage) => {
    const grams = gramsOf(text)
    lengths[passage] = Math.min(grams.length, 0xffff)
    for (const gram of grams) {
      const id = table.add(gram)
      if (id >= last.length) [frequency, last] = [grown(frequency, 0), grown(last, UNSEEN)]
      if (last[id] === passage) continue
      last[id] = passage
      frequency[id] = (frequency[id] ?? 0) + 1
    }
  })
  const { sorted, starts, cursor } = lay(table, frequency)
  return { grams: sorted, starts, lengths, ...fill(texts, table, cursor, starts.at(-1) ?? 0) }
}

/** Puts the grams in order and answers where the postings of each begin; `cursor` by a gram's number in the table. */
function lay(table: GramTable, frequency: Uint32Array) {
  const sorted = table.grams().sort()
  const starts = new Uint32Array(sorted.length + 1)
  const cursor = new Uint32Array(sorted.length)
  for (let i = 0; i < sorted.length; i++) {
    const id = table.add(sorted[i] ?? 0)
    const start = starts[i] ?? 0
    cursor[id] = start
    starts[i + 1] = start + (frequency[id] ?? 0)
  }
  return { sorted, starts, cursor }
}

function fill(texts: readonly string[], table: GramTable, cursor: Uint32Array, size: number) {
  const passages = new Uint32Array(size)
  const counts = new Uint8Array(size)
  const last = new Uint32Array(cursor.length).fill(UNSEEN)
  texts.forEach((text, passage) => {
    for (const gram of gramsOf(text)) {
      const id = table.add(gram)
      if (last[id] === passage) {
        const at = (cursor[id] ?? 0) - 1
        if ((counts[at] ?? 0) < 255) counts[at] = (counts[at] ?? 0) + 1
        continue
      }
      last[id] = passage
      const at = cursor[id] ?? 0
      cursor[id] = at + 1
      passages[at] = passage
      counts[at] = 1
    }
  })
  return { passages, counts }
}

function grown(array: Uint32Array<ArrayBuffer>, rest: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(array.length * 2).fill(rest)
  larger.set(array)
  return larger
}

/** Where the postings of a gram stand. */
export function postingsOf({ grams, starts }: Segment, gram: Gram): Postings {
  let low = 0
  let high = grams.length - 1
  while (low <= high) {
    const middle = (low + high) >>> 1
    const found = grams[middle] ?? 0
    if (found === gram) return [starts[middle] ?? 0, starts[middle + 1] ?? 0]
    if (found < gram) low = middle + 1
    else high = middle - 1
  }
  return NONE
}
