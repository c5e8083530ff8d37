import type { Gram } from './gram.ts'
import { postingsOf, type Segment } from './segment.ts'

/** Saturation and length normalisation; Robertson & Zaragoza 2009, values by cross-validation (decision 0009). */
const K1 = 1
const B = 0.75

/** A gram that is looked for, and how much it counts. */
export type WeightedGrams = ReadonlyMap<Gram, number>

/** What BM25 needs to know of a collection that lies in several segments. */
export interface Statistics {
  passages: number
  averageLength: number
}

/** The size and the average length of what stands in segments. */
export function statisticsOf(segments: readonly Segment[]): Statistics {
  let passages = 0
  let grams = 0
  for (const { lengths } of segments) {
    passages += lengths.length
    for (const length of lengths) grams += length
  }
  return { passages, averageLength: grams / Math.max(passages, 1) }
}

/** How much a gram tells that stands in so many of all passages. */
export const rarity = (passages: number, containing: number): number =>
  Math.log(1 + (passages - containing + 0.5) / (containing + 0.5))

/** The part of BM25's denominator that depends on a passage's length, for every passage. */
export function normsOf({ lengths }: Segment, { averageLength }: Statistics): Float32Array {
  return Float32Array.from(lengths, length => K1 * (1 - B + (B * length) / Math.max(averageLength, 1)))
}

/** Adds the scores of a gram to `scores`, and its rarity to `coverage` of each passage that has it. */
export function accumulate(
  segment: Segment,
  norms: Float32Array,
  gram: Gram,
  { factor, share }: { factor: number; share: number },
  into: { scores: Float32Array; coverage: Float32Array },
): void {
  const [from, to] = postingsOf(segment, gram)
  const { passages, counts } = segment
  const { scores, coverage } = into
  for (let i = from; i < to; i++) {
    const passage = passages[i] ?? 0
    const count = counts[i] ?? 0
    const before = scores[passage] ?? 0
    scores[passage] = before + (factor * count * (K1 + 1)) / (count + (norms[passage] ?? 0))
    if (share !== 0) coverage[passage] = (coverage[passage] ?? 0) + share
  }
}

/** In how many passages of all segments a gram stands. */
export function frequencyOf(segments: readonly Segment[], gram: Gram): number {
  let frequency = 0
  for (const segment of segments) {
    const [from, to] = postingsOf(segment, gram)
    frequency += to - from
  }
  return frequency
}
