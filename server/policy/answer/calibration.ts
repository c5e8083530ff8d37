import { type Evidence, SIGNS, type Signs } from './evidence.ts'
import { type Gate, sumOf, verdictOn } from './gate.ts'

/** One question asked twice: of a corpus that has its clauses, and of one from which they were taken. */
export interface Observation {
  /** Which set of questions it is from; sets count alike, however large. */
  set: string
  answerable: Evidence
  unanswerable: Evidence
}

/** Shares of the answerable questions that are answered and of the unanswerable ones that are refused. */
export interface Rates {
  answered: number
  refused: number
  questions: number
}

const ROUNDS = 30
/** Keeps weights small where questions are few. */
const RIDGE = 0.5
/** The weight all questions of a set have together. */
const SET_WEIGHT = 1_000

/** How often a gate answers and refuses. */
export function ratesOf(observations: readonly Observation[], gate: Gate): Rates {
  const share = (which: 'answerable' | 'unanswerable', answer: boolean) =>
    observations.filter(one => verdictOn(one[which], gate).answer === answer).length /
    Math.max(observations.length, 1)
  return {
    answered: share('answerable', true),
    refused: share('unanswerable', false),
    questions: observations.length,
  }
}

/** Observations by their set. */
export function bySet(observations: readonly Observation[]): Map<string, Observation[]> {
  const sets = new Map<string, Observation[]>()
  for (const one of observations) sets.set(one.set, [...(sets.get(one.set) ?? []), one])
  return sets
}

/** The mean of the rates of the sets. */
export function meanRates(observations: readonly Observation[], gate: Gate): Rates {
  const rates = [...bySet(observations).values()].map(set => ratesOf(set, gate))
  const mean = (of: 'answered' | 'refused') =>
    rates.reduce((sum, rate) => sum + rate[of], 0) / Math.max(rates.length, 1)
  return { answered: mean('answered'), refused: mean('refused'), questions: observations.length }
}

/** The gate that refuses most while answering `least` of the answerable questions, as a mean of the sets. */
export function calibrated(observations: readonly Observation[], least: number): Gate {
  const weights = fitted(observations)
  const sums = observations
    .flatMap(({ answerable }) => (answerable.settled === null ? [sumOf(answerable.signs, weights)] : []))
    .sort((a, b) => a - b)
  let [low, high] = [0, Math.max(sums.length - 1, 0)]
  // The higher the threshold, the fewer answers: the last one that still answers enough.
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (meanRates(observations, { weights, least: sums[middle] ?? 0 }).answered >= least) low = middle
    else high = middle - 1
  }
  return { weights, least: sums[low] ?? 0 }
}

interface Row {
  values: number[]
  answerable: number
  weight: number
}

/** Weights of a logistic regression, by Newton's method. */
function fitted(observations: readonly Observation[]): Signs {
  const rows = rowsOf(observations)
  const scales = SIGNS.map((_, i) => {
    const mean = weightedMean(rows, ({ values }) => values[i] ?? 0)
    return Math.sqrt(weightedMean(rows, ({ values }) => ((values[i] ?? 0) - mean) ** 2)) || 1
  })
  const scaled = rows.map(row => ({
    ...row,
    values: [...row.values.map((value, i) => value / (scales[i] ?? 1)), 1],
  }))
  let weights = Array.from({ length: SIGNS.length + 1 }, () => 0)
  for (let round = 0; round < ROUNDS; round++) weights = step(scaled, weights)
  const entries = SIGNS.map((sign, i) => [sign, (weights[i] ?? 0) / (scales[i] ?? 1)] as const)
  return Object.fromEntries(entries) as Record<(typeof SIGNS)[number], number>
}

function rowsOf(observations: readonly Observation[]): Row[] {
  return [...bySet(observations).values()].flatMap(set => {
    const rows = set.flatMap(({ answerable, unanswerable }) => [
      ...rowOf(answerable, 1),
      ...rowOf(unanswerable, 0),
    ])
    return rows.map(row => ({ ...row, weight: SET_WEIGHT / rows.length }))
  })
}

const rowOf = (evidence: Evidence, answerable: number): Row[] =>
  evidence.settled === null
    ? [{ values: SIGNS.map(sign => evidence.signs[sign]), answerable, weight: 1 }]
    : []

function weightedMean(rows: readonly Row[], of: (row: Row) => number): number {
  const whole = rows.reduce((sum, { weight }) => sum + weight, 0)
  return rows.reduce((sum, row) => sum + of(row) * row.weight, 0) / Math.max(whole, 1e-9)
}

function step(rows: readonly Row[], weights: readonly number[]): number[] {
  const size = weights.length
  const gradient = weights.map((weight, i) => (i < size - 1 ? -RIDGE * weight : 0))
  const matrix = weights.map((_, i) =>
    weights.map((_, j): number => (i === j ? (i < size - 1 ? RIDGE : 1e-6) : 0)),
  )
  for (const { values, answerable, weight } of rows) {
    const sum = values.reduce((all, value, i) => all + value * (weights[i] ?? 0), 0)
    const chance = 1 / (1 + Math.exp(-Math.max(-30, Math.min(30, sum))))
    values.forEach((value, i) => {
      gradient[i] = (gradient[i] ?? 0) + weight * (answerable - chance) * value
      const row = matrix[i] ?? []
      values.forEach((other, j) => {
        row[j] = (row[j] ?? 0) + weight * chance * (1 - chance) * value * other
      })
    })
  }
  const change = solved(matrix, gradient)
  return weights.map((weight, i) => weight + (change[i] ?? 0))
}

/** Solves a small symmetric system by elimination with pivots. */
function solved(matrix: readonly number[][], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i] ?? 0])
  const size = rows.length
  for (let at = 0; at < size; at++) {
    const below = rows.slice(at).map(row => Math.abs(row[at] ?? 0))
    const pivot = at + below.indexOf(Math.max(...below))
    const [chosen = [], other = []] = [rows[pivot], rows[at]]
    rows[pivot] = other
    rows[at] = chosen
    for (let i = 0; i < size; i++) {
      const factor = i === at ? 0 : (rows[i]?.[at] ?? 0) / (chosen[at] || 1e-12)
      if (factor !== 0) rows[i] = (rows[i] ?? []).map((value, j) => value - factor * (chosen[j] ?? 0))
    }
  }
  return rows.map((row, i) => (row[size] ?? 0) / (row[i] || 1e-12))
}

/** How gates do that never saw the questions they are tried on: each part is tried with a gate of the other parts. */
export function crossValidated(
  observations: readonly Observation[],
  least: number,
  folds: number,
): Map<string, Rates> {
  const sums = new Map<string, Rates>()
  for (let fold = 0; fold < folds; fold++) {
    const gate = calibrated(
      observations.filter((_, i) => i % folds !== fold),
      least,
    )
    for (const [set, part] of bySet(observations.filter((_, i) => i % folds === fold))) {
      const { answered, refused, questions } = ratesOf(part, gate)
      const sum = sums.get(set) ?? { answered: 0, refused: 0, questions: 0 }
      sums.set(set, {
        answered: sum.answered + answered * questions,
        refused: sum.refused + refused * questions,
        questions: sum.questions + questions,
      })
    }
  }
  return new Map(
    [...sums].map(([set, { answered, refused, questions }]) => [
      set,
      { answered: answered / questions, refused: refused / questions, questions },
    ]),
  )
}
