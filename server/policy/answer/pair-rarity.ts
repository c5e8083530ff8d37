import { COMMON_PAIRS } from './common-pairs-vocabulary.ts'

/** Pairs that stand in fewer articles of laws than this share count alike: names, and what laws do not speak of. */
const RAREST_SHARE = 0.002

/** Steps of the table; finer ones tell nothing more. */
const STEPS = 2

/** How much a pair tells that is not in the table: a step more than any that is. */
export const RAREST = rarityOf(RAREST_SHARE) + 1 / STEPS

const levels = new Map(
  COMMON_PAIRS.flatMap(([rarity, pairs]) => (pairs.match(/../gu) ?? []).map(pair => [pair, rarity] as const)),
)

/**
 * How much a pair of characters tells, by how few articles of the country's laws have it. Taken from a table and not
 * from the documents at hand: in forty articles every word is rare.
 */
export const pairRarity = (pair: string): number => levels.get(pair) ?? RAREST

/** The table: the pairs of characters that are common in texts, by their rarity, the most common first. */
export function commonPairs(texts: readonly (readonly string[])[]): [rarity: number, pairs: string][] {
  const counts = new Map<string, number>()
  for (const pairs of texts) for (const pair of pairs) counts.set(pair, (counts.get(pair) ?? 0) + 1)
  const table = new Map<number, string>()
  const common = [...counts].filter(
    ([pair, count]) => /^\p{Script=Han}{2}$/u.test(pair) && count >= RAREST_SHARE * texts.length,
  )
  common.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
  for (const [pair, count] of common) {
    const rarity = rarityOf(count / texts.length)
    table.set(rarity, (table.get(rarity) ?? '') + pair)
  }
  return [...table]
}

function rarityOf(share: number): number {
  return Math.round(-Math.log(share) * STEPS) / STEPS
}
