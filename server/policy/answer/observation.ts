import type { Observation } from './calibration.ts'
import { type Evidence, evidenceOf, type FoundClauses } from './evidence.ts'

/** What a search found, with the keys of its articles. */
export interface KeyedFound extends FoundClauses {
  hits: readonly { key: string; document: string; score: number; cited: boolean }[]
}

/** The articles of a corpus, as far as a measurement of refusals needs them. */
export interface KnownArticles {
  textOf: (key: string) => string
  /** What makes two articles the same clause of different versions: the law's name and the number. */
  clauseOf: (key: string) => string
}

/** A search as it would be without the clauses that answer, in whatever version or law they stand with the same words. */
export function withoutClauses(
  found: KeyedFound,
  gold: readonly string[],
  { textOf, clauseOf }: KnownArticles,
): KeyedFound {
  const clauses = new Set(gold.map(clauseOf))
  const texts = new Set(gold.map(textOf).filter(text => text !== ''))
  const taken = (key: string) => clauses.has(clauseOf(key)) || texts.has(textOf(key))
  const cut = found.hits.filter(({ cited, key }) => cited && taken(key))
  return {
    ...found,
    hits: found.hits.filter(({ key }) => !taken(key)),
    missing: [...found.missing, ...cut.map(({ key }) => key)],
  }
}

/** The evidence for a question in what a search found. */
export const evidenceIn = (question: string, found: KeyedFound, { textOf }: KnownArticles): Evidence =>
  evidenceOf(
    question,
    found,
    found.hits.slice(0, 3).map(({ key }) => textOf(key)),
  )

/** The evidence for a question with its clauses and without them. */
export const evidenceWithAndWithout = (
  { question, gold }: { question: string; gold: readonly string[] },
  found: KeyedFound,
  articles: KnownArticles,
): Pick<Observation, 'answerable' | 'unanswerable'> => ({
  answerable: evidenceIn(question, found, articles),
  unanswerable: evidenceIn(question, withoutClauses(found, gold, articles), articles),
})
