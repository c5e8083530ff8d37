import { it } from '@jest/globals'
import { seed } from './scale.ts'

/** Random choices that a seed repeats (mulberry32). */
export class Random {
  private state: number

  constructor(from: number) {
    this.state = from >>> 0
  }

  /** A whole number from 0 to below the limit. */
  below(limit: number): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit)
  }

  /** A whole number from the least to the most. */
  between(least: number, most: number): number {
    return least + this.below(most - least + 1)
  }

  pick<T>(from: readonly T[]): T {
    return from[this.below(from.length)] as T
  }
}

/** A test with random choices; its failure tells the seed. */
export function seeded(title: string, run: (random: Random) => Promise<void>): void {
  it(title, async () => {
    try {
      await run(new Random(seed))
    } catch (error) {
      ;(error as Error).message += `\n\nTo see it again: DATABASE_SEED=${seed}`
      throw error
    }
  })
}
