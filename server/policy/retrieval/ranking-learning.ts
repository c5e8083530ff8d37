import { FEATURES, type Feature, PLAIN_WEIGHTS, type RankingWeights, weigh, weightList } from './ranking.ts'

/** The candidates of one question: their features, and which of them answer it. */
export interface Ranked {
  features: Float64Array[]
  right: boolean[]
}

/** Not learned: the questions at hand name no law and their corpus has no headings. */
const FIXED: readonly Feature[] = ['heading', 'named']
/** Which laws are asked about differs from place to place: what these questions say of it is believed this much. */
const MOST_PRIOR = 0.45
const ROUNDS = 300
const STEP = 0.1
/** Draws weights to the plain ones, so that what is seldom seen changes little. */
const HOLD = 0.001

/**
 * Weights under which the right articles are likely: a softmax over the candidates of each question, with Adam
 * (Kingma & Ba 2015) over all questions at once.
 */
export function learnWeights(questions: readonly Ranked[]): RankingWeights {
  const usable = questions.filter(({ right }) => right.includes(true))
  const start = weightList(PLAIN_WEIGHTS)
  const weights = [...start]
  const [mean, square] = [start.map(() => 0), start.map(() => 0)]
  for (let round = 1; round <= ROUNDS && usable.length > 0; round++) {
    const gradient = gradientOf(usable, weights)
    FEATURES.forEach((feature, i) => {
      if (FIXED.includes(feature)) return
      const slope = (gradient[i] ?? 0) + HOLD * ((weights[i] ?? 0) - (start[i] ?? 0))
      const first = (mean[i] = 0.9 * (mean[i] ?? 0) + 0.1 * slope)
      const second = (square[i] = 0.99 * (square[i] ?? 0) + 0.01 * slope * slope)
      const step = first / (1 - 0.9 ** round) / (Math.sqrt(second / (1 - 0.99 ** round)) + 1e-8)
      weights[i] = (weights[i] ?? 0) - STEP * step * (1 - round / ROUNDS)
      if (feature === 'lawPrior') weights[i] = Math.min(weights[i] ?? 0, MOST_PRIOR)
    })
  }
  const entries = FEATURES.map(
    (feature, i) => [feature, Math.round((weights[i] ?? 0) * 1000) / 1000] as const,
  )
  return Object.fromEntries(entries) as Record<Feature, number>
}

/** The mean slope of the loss over all questions. */
function gradientOf(questions: readonly Ranked[], weights: number[]): Float64Array {
  const gradient = new Float64Array(weights.length)
  for (const { features, right } of questions) {
    const scores = features.map(one => weigh(one, weights))
    const highest = Math.max(...scores)
    const shares = scores.map(score => Math.exp(score - highest))
    const whole = shares.reduce((sum, share) => sum + share, 0)
    const answers = right.filter(Boolean).length
    features.forEach((one, i) => {
      const off = ((shares[i] ?? 0) / whole - (right[i] ? 1 / answers : 0)) / questions.length
      for (let k = 0; k < gradient.length; k++) gradient[k] = (gradient[k] ?? 0) + off * (one[k] ?? 0)
    })
  }
  return gradient
}
