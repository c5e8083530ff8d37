import { type Evidence, SIGNS, type Signs } from './evidence.ts'

/** From which sum on there is enough evidence among so many articles. */
export interface Threshold {
  articles: number
  least: number
}

/** How much each sign counts, and from which sum on there is enough evidence. */
export interface Gate {
  weights: Signs
  /** The smallest corpus first; between them the logarithm of the number of articles decides. */
  thresholds: readonly Threshold[]
}

/** Learned with `learn refusal`; the decision on the evidence gate tells from what and how well it works. */
export const GATE: Gate = {
  weights: { score: 0.423, margin: 0.1272, sentence: 2.8148, detail: -1.9264, rare: 2.1895, named: -0.9627 },
  thresholds: [
    { articles: 48, least: 0.6652 },
    { articles: 475, least: 1.2437 },
    { articles: 4534, least: 1.55 },
    { articles: 57475, least: 1.5 },
  ],
}

/** Why a question is not answered. */
export type RefusalReason = 'law-absent' | 'article-absent' | 'nothing-found' | 'too-little'

export type Verdict = { answer: true } | { answer: false; reason: RefusalReason; names: readonly string[] }

/** Whether the evidence is enough for an answer. */
export function verdictOn(evidence: Evidence, gate: Gate = GATE): Verdict {
  switch (evidence.settled) {
    case 'cited':
      return { answer: true }
    case 'law-absent':
      return { answer: false, reason: 'law-absent', names: evidence.names }
    case 'article-absent':
    case 'nothing-found':
      return { answer: false, reason: evidence.settled, names: [] }
    case null:
      if (sumOf(evidence.signs, gate.weights) >= leastAmong(evidence.articles, gate)) return { answer: true }
      return { answer: false, reason: 'too-little', names: [] }
  }
}

/** The weighted sum of the signs. */
export const sumOf = (signs: Signs, weights: Signs): number =>
  SIGNS.reduce((sum, sign) => sum + signs[sign] * weights[sign], 0)

/** The sum that is enough among so many articles; beyond the smallest and the largest corpus measured it stays. */
export function leastAmong(articles: number, { thresholds }: Pick<Gate, 'thresholds'>): number {
  const above = thresholds.findIndex(one => one.articles > articles)
  const [from, to] = [thresholds[above - 1], thresholds[above]]
  if (!to) return thresholds.at(-1)?.least ?? 0
  if (!from) return to.least
  const part = Math.log(articles / from.articles) / Math.log(to.articles / from.articles)
  return from.least + part * (to.least - from.least)
}
