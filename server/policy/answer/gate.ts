import { type Evidence, SIGNS, type Signs } from './evidence.ts'

/** How much each sign counts, and from which sum on there is enough evidence. */
export interface Gate {
  weights: Signs
  least: number
}

/** Learned with `learn refusal`; the decision on the evidence gate tells from what and how well it works. */
export const GATE: Gate = {
  weights: {
    score: 0.2695,
    margin: 0.3656,
    lead: -0.0062,
    coverage: -1.8078,
    words: 0.274,
    scatter: -1.8787,
    detail: -0.2895,
    named: -0.9865,
  },
  least: 1.7519,
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
      if (sumOf(evidence.signs, gate.weights) >= gate.least) return { answer: true }
      return { answer: false, reason: 'too-little', names: [] }
  }
}

/** The weighted sum of the signs. */
export const sumOf = (signs: Signs, weights: Signs): number =>
  SIGNS.reduce((sum, sign) => sum + signs[sign] * weights[sign], 0)
