import { type Evidence, SIGNS, type Signs } from './evidence.ts'
import { fittedWeights, type Row } from './fitting.ts'
import { type Gate, sumOf, type Threshold, verdictOn } from './gate.ts'

/** One question asked of a corpus that has its clauses, of one from which they were taken, and of a strange one. */
export interface Observation {
  /** Which set of questions it is from; sets count alike, however large. */
  set: string
  /** Its place in the set: what is asked of corpora of several sizes is one question. */
  number: number
  /** How large the corpus was meant to be; sizes count alike. */
  size: string
  answerable: Evidence
  unanswerable: Evidence
  /** Asked of documents that are all of other matters; null where it was not. */
  stranger: Evidence | null
}

/** Shares of the answerable questions that are answered, and of the unanswerable ones and strangers that are refused. */
export interface Rates {
  answered: number
  refused: number
  /** Null where no strangers were asked. */
  strangers: number | null
  questions: number
}

/** What a gate is to reach, as a mean of the sets. */
export interface Aim {
  /** The least share of the answerable questions that is answered. */
  answered: number
  /** No stricter than it takes to refuse these shares. */
  refused: number
  strangers: number
}

/** The weight that all questions of a set and a size have together. */
const CELL_WEIGHT = 1_000

/** How often a gate answers and refuses. */
export function ratesOf(observations: readonly Observation[], gate: Gate): Rates {
  const share = (evidence: readonly Evidence[], answer: boolean) =>
    evidence.filter(one => verdictOn(one, gate).answer === answer).length / Math.max(evidence.length, 1)
  const strangers = observations.flatMap(({ stranger }) => stranger ?? [])
  return {
    answered: share(
      observations.map(({ answerable }) => answerable),
      true,
    ),
    refused: share(
      observations.map(({ unanswerable }) => unanswerable),
      false,
    ),
    strangers: strangers.length === 0 ? null : share(strangers, false),
    questions: observations.length,
  }
}

/** Observations by what is told of them, in the order in which it is first met. */
export function grouped(
  observations: readonly Observation[],
  by: (observation: Observation) => string,
): Map<string, Observation[]> {
  const groups = new Map<string, Observation[]>()
  for (const one of observations) {
    const group = groups.get(by(one))
    if (group) group.push(one)
    else groups.set(by(one), [one])
  }
  return groups
}

/** The mean of the rates of the sets. */
export const meanRates = (observations: readonly Observation[], gate: Gate): Rates =>
  meanOf([...grouped(observations, ({ set }) => set).values()].map(set => ratesOf(set, gate)))

/** The mean of rates, each counting alike. */
export function meanOf(rates: readonly Rates[]): Rates {
  const mean = (shares: readonly number[]) =>
    shares.reduce((sum, share) => sum + share, 0) / Math.max(shares.length, 1)
  const strangers = rates.flatMap(rate => rate.strangers ?? [])
  return {
    answered: mean(rates.map(({ answered }) => answered)),
    refused: mean(rates.map(({ refused }) => refused)),
    strangers: strangers.length === 0 ? null : mean(strangers),
    questions: rates.reduce((sum, { questions }) => sum + questions, 0),
  }
}

/** The gate learned from observations: weights for all sizes of corpora, a threshold for each. */
export function calibrated(observations: readonly Observation[], aim: Aim): Gate {
  const weights = fittedWeights(rowsOf(observations))
  const sizes = [...grouped(observations, ({ size }) => size).values()]
  const thresholds = sizes.map(size => thresholdOf(size, weights, aim))
  return { weights, thresholds: thresholds.sort((a, b) => a.articles - b.articles) }
}

/** The lowest threshold that refuses what it should, or the highest that still answers enough. */
function thresholdOf(observations: readonly Observation[], weights: Signs, aim: Aim): Threshold {
  const weighed = observations.flatMap(({ answerable }) => (answerable.settled === null ? [answerable] : []))
  const articles = Math.round(
    weighed.reduce((sum, one) => sum + one.articles, 0) / Math.max(weighed.length, 1),
  )
  const sums = weighed.map(({ signs }) => sumOf(signs, weights)).sort((a, b) => a - b)
  const ratesAt = (place: number) =>
    meanRates(observations, { weights, thresholds: [{ articles, least: sums[place] ?? 0 }] })
  // The higher the threshold, the fewer answers and the more refusals.
  const strictest = lastWith(sums.length, place => ratesAt(place).answered >= aim.answered)
  const tooLax = lastWith(strictest + 1, place => !reaches(ratesAt(place), aim))
  const place = reaches(ratesAt(0), aim) ? 0 : Math.min(strictest, tooLax + 1)
  return { articles, least: sums[place] ?? 0 }
}

const reaches = ({ refused, strangers }: Rates, aim: Aim): boolean =>
  refused >= aim.refused && (strangers === null || strangers >= aim.strangers)

/** The last place of so many at which something holds that holds up to some place and then no more; 0 at least. */
function lastWith(places: number, holds: (place: number) => boolean): number {
  let [low, high] = [0, Math.max(places - 1, 0)]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (holds(middle)) low = middle
    else high = middle - 1
  }
  return low
}

/** With clauses, without them and strangers count alike in each set and size. */
function rowsOf(observations: readonly Observation[]): Row[] {
  const cells = [...grouped(observations, ({ set, size }) => `${set}\n${size}`).values()]
  return cells.flatMap(cell =>
    [
      rowsWith(
        cell.map(({ answerable }) => answerable),
        1,
      ),
      rowsWith(
        cell.map(({ unanswerable }) => unanswerable),
        0,
      ),
      rowsWith(
        cell.flatMap(({ stranger }) => stranger ?? []),
        0,
      ),
    ].flat(),
  )
}

function rowsWith(evidence: readonly Evidence[], answerable: number): Row[] {
  const weighed = evidence.flatMap(one => (one.settled === null ? [one.signs] : []))
  return weighed.map(signs => ({
    values: SIGNS.map(sign => signs[sign]),
    answerable,
    weight: CELL_WEIGHT / 2 / weighed.length,
  }))
}

/** How gates do that never saw the questions they are tried on: each part is tried with a gate of the other parts. */
export function crossValidated(
  observations: readonly Observation[],
  aim: Aim,
  folds: number,
  by: (observation: Observation) => string,
): Map<string, Rates> {
  const parts = new Map<string, Rates[]>()
  for (let fold = 0; fold < folds; fold++) {
    const isOut = ({ number }: Observation) => number % folds === fold
    const gate = calibrated(
      observations.filter(one => !isOut(one)),
      aim,
    )
    for (const [name, part] of grouped(observations.filter(isOut), by))
      parts.set(name, [...(parts.get(name) ?? []), ratesOf(part, gate)])
  }
  return new Map([...parts].map(([name, rates]) => [name, meanOf(rates)]))
}
