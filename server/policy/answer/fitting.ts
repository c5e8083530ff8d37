import { SIGNS, type Signs } from './evidence.ts'

const ROUNDS = 30
/** Keeps weights small where questions are few. */
const RIDGE = 0.5

/** Signs of which it is known whether they belong to an answer, and how much they count. */
export interface Row {
  values: number[]
  answerable: number
  weight: number
}

/** Weights of a logistic regression, by Newton's method. */
export function fittedWeights(rows: readonly Row[]): Signs {
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
