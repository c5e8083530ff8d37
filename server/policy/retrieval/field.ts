import {
  accumulate,
  frequencyOf,
  normsOf,
  rarity,
  type Statistics,
  statisticsOf,
  type WeightedGrams,
} from './bm25.ts'
import { isWide } from './gram.ts'
import type { Segment } from './segment.ts'

/** One kind of text over all shelves, ready to be scored. */
export class Field {
  #segments: Segment[]
  #statistics: Statistics
  #norms: Float32Array[]

  constructor(segments: Segment[]) {
    this.#segments = segments
    this.#statistics = statisticsOf(segments)
    this.#norms = segments.map(segment => normsOf(segment, this.#statistics))
  }

  /** How much a gram tells in this field. */
  rarity(gram: number): number {
    return rarity(this.#statistics.passages, frequencyOf(this.#segments, gram))
  }

  /** BM25 of every passage of every segment, and how much of the wide grams' rarity each passage has. */
  score(grams: WeightedGrams): { scores: Float32Array[]; coverage: Float32Array[] } {
    const empty = () => this.#segments.map(({ lengths }) => new Float32Array(lengths.length))
    const [scores, coverage] = [empty(), empty()]
    for (const [gram, weight] of grams) {
      const rare = this.rarity(gram)
      const share = isWide(gram) ? rare * Math.min(weight, 1) : 0
      this.#segments.forEach((segment, i) => {
        const into = { scores: scores[i] ?? new Float32Array(), coverage: coverage[i] ?? new Float32Array() }
        accumulate(
          segment,
          this.#norms[i] ?? new Float32Array(),
          gram,
          { factor: weight * rare, share },
          into,
        )
      })
    }
    return { scores, coverage }
  }
}
