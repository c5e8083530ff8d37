/** What is known of an article for a question, in the order of the weights. */
export const FEATURES = [
  /** BM25 of the text. */
  'text',
  /** The same in shares of the best text. */
  'textShare',
  /** The best articles of its law, in shares of the best law. */
  'lawShare',
  /** How much of the question's words it has, by their rarity. */
  'coverage',
  /** Words of articles that the question's words lead to. */
  'links',
  /** Its law is one that is asked about. */
  'lawPrior',
  /** Long articles are asked for less often than they match. */
  'length',
  /** The first article of its law says why the law was made. */
  'opening',
  'heading',
  /** The question names its law. */
  'named',
] as const

export type Feature = (typeof FEATURES)[number]

/** How much each feature counts. */
export type RankingWeights = Readonly<Record<Feature, number>>

/** The weights where nothing has been learned: text, coverage and the law it stands in. */
export const PLAIN_WEIGHTS: RankingWeights = {
  text: 0.1,
  textShare: 1.5,
  lawShare: 0.5,
  coverage: 2,
  links: 0,
  lawPrior: 0,
  length: -0.2,
  opening: -1,
  heading: 0.05,
  named: 3,
}

/** The weighted sum of features that stand in the order of `FEATURES`. */
export function weigh(features: ArrayLike<number>, weights: readonly number[]): number {
  let sum = 0
  for (let i = 0; i < weights.length; i++) sum += (features[i] ?? 0) * (weights[i] ?? 0)
  return sum
}

export const weightList = (weights: RankingWeights): number[] => FEATURES.map(feature => weights[feature])
