/** What was found for one question, best first, and what should have been. */
export interface Outcome {
  found: string[]
  gold: string[]
}

/** Depths at which recall is told. */
const DEPTHS = [1, 5, 10, 100] as const

export type Recall = Record<(typeof DEPTHS)[number], number>

/** How good a search is: the mean share of right articles among the first k, and the mean of 1/rank of the first right one among ten. */
export interface Quality {
  questions: number
  recall: Recall
  /** The share of questions whose first article is right, and that have any right one among five. */
  hit: number
  hitOfFive: number
  mrr: number
}

/** Measures a search over questions. */
export function measure(outcomes: readonly Outcome[]): Quality {
  const recall: Recall = { 1: 0, 5: 0, 10: 0, 100: 0 }
  let hit = 0
  let hitOfFive = 0
  let mrr = 0
  for (const { found, gold } of outcomes) {
    const ranks = gold.map(key => found.indexOf(key)).filter(rank => rank >= 0)
    for (const depth of DEPTHS) recall[depth] += ranks.filter(rank => rank < depth).length / gold.length
    const first = Math.min(...ranks)
    if (first === 0) hit++
    if (first < 5) hitOfFive++
    if (first < 10) mrr += 1 / (first + 1)
  }
  const mean = (sum: number) => sum / Math.max(outcomes.length, 1)
  for (const depth of DEPTHS) recall[depth] = mean(recall[depth])
  return { questions: outcomes.length, recall, hit: mean(hit), hitOfFive: mean(hitOfFive), mrr: mean(mrr) }
}

/** The value below which a share of all lies; 0 for none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0
}
