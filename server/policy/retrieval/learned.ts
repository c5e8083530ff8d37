import type { Gram } from './gram.ts'
import type { RankingWeights } from './ranking.ts'

/** What words of a question tell, learned from questions whose articles are known. */
export interface Learned {
  /** The words of articles that a word of a question leads to. */
  links: ReadonlyMap<Gram, Link>
  laws: readonly LearnedLaw[]
  /** How much a word tells that no question had. */
  unseen: number
  ranking: RankingWeights
}

/** What one word of a question leads to. */
export interface Link {
  rarity: number
  targets: readonly (readonly [gram: Gram, weight: number])[]
}

/** A law by its plain name and how often it is asked about for its size, as a logarithm. */
export interface LearnedLaw {
  name: string
  prior: number
}

/** Expansions beyond these cost more time than they bring. */
const MOST_TARGETS = 150

/** Words of articles that the wide grams of a question lead to. */
export function linkedGrams(
  grams: readonly Gram[],
  { links, unseen }: Pick<Learned, 'links' | 'unseen'>,
  rarity: (gram: Gram) => number,
): Map<Gram, number> {
  const sums = new Map<Gram, number>()
  let total = 0
  for (const gram of grams) {
    const link = links.get(gram)
    total += link?.rarity ?? unseen
    for (const [target, weight] of link?.targets ?? [])
      sums.set(target, (sums.get(target) ?? 0) + weight * (link?.rarity ?? 0))
  }
  const best = [...sums]
    .map(([gram, sum]) => ({ gram, weight: sum / total, gain: (sum / total) * rarity(gram) }))
    .sort((a, b) => b.gain - a.gain || a.gram - b.gram)
    .slice(0, MOST_TARGETS)
  return new Map(best.map(({ gram, weight }) => [gram, weight]))
}
