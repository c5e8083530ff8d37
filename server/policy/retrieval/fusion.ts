/** The usual constant: how much the first places of a list count beside later ones (Cormack et al. 2009). */
const SMOOTHING = 60

/** One way of ranking: keys, the best first, and how much the ranking counts. */
export interface RankedList {
  keys: readonly string[]
  weight: number
}

/** Reciprocal rank fusion: one ranking of several, in which only places count, not scores. */
export function fuse(lists: readonly RankedList[]): { key: string; score: number }[] {
  const scores = new Map<string, number>()
  for (const { keys, weight } of lists) {
    const places = [...new Set(keys)].entries()
    for (const [place, key] of places)
      scores.set(key, (scores.get(key) ?? 0) + weight / (SMOOTHING + place + 1))
  }
  return [...scores]
    .map(([key, score]) => ({ key, score }))
    .sort((a, b) => b.score - a.score || (a.key < b.key ? -1 : 1))
}
