import type { Segment } from './segment.ts'

/** A segment and which of its passages are kept. */
export interface Part {
  segment: Segment
  kept: (passage: number) => boolean
}

/** One segment of what is kept of several, in their order. */
export function mergeSegments(parts: readonly Part[]): Segment {
  const renumbered = renumber(parts)
  const grams = everyGram(parts)
  const room = parts.reduce((sum, { segment }) => sum + segment.passages.length, 0)
  const postings = { passages: new Uint32Array(room), counts: new Uint8Array(room), size: 0 }
  const kept: number[] = []
  const starts: number[] = [0]
  const cursors = parts.map(() => 0)
  for (const gram of grams) {
    const before = postings.size
    parts.forEach(({ segment }, part) => {
      const at = cursors[part] ?? 0
      if (segment.grams[at] !== gram) return
      cursors[part] = at + 1
      copy(segment, at, renumbered.numbers[part] ?? new Int32Array(), postings)
    })
    if (postings.size === before) continue
    kept.push(gram)
    starts.push(postings.size)
  }
  return {
    grams: Uint32Array.from(kept),
    starts: Uint32Array.from(starts),
    passages: postings.passages.slice(0, postings.size),
    counts: postings.counts.slice(0, postings.size),
    lengths: renumbered.lengths,
  }
}

/** The new number of every passage, -1 for one that is not kept. */
function renumber(parts: readonly Part[]) {
  const lengths: number[] = []
  const numbers = parts.map(({ segment, kept }) =>
    Int32Array.from(segment.lengths, (length, passage) => (kept(passage) ? lengths.push(length) - 1 : -1)),
  )
  return { numbers, lengths: Uint16Array.from(lengths) }
}

function everyGram(parts: readonly Part[]): Uint32Array {
  const all = new Uint32Array(parts.reduce((sum, { segment }) => sum + segment.grams.length, 0))
  let at = 0
  for (const { segment } of parts) {
    all.set(segment.grams, at)
    at += segment.grams.length
  }
  return all.sort().filter((gram, i) => i === 0 || gram !== all[i - 1])
}

function copy(
  { starts, passages, counts }: Segment,
  gram: number,
  numbers: Int32Array,
  to: { passages: Uint32Array; counts: Uint8Array; size: number },
): void {
  for (let i = starts[gram] ?? 0; i < (starts[gram + 1] ?? 0); i++) {
    const number = numbers[passages[i] ?? 0] ?? -1
    if (number < 0) continue
    to.passages[to.size] = number
    to.counts[to.size] = counts[i] ?? 0
    to.size++
  }
}
