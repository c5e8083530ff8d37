import type { Day } from '#shared/day'
import type { Embedder } from '../clients/embedding.ts'
import type { Reranker } from '../clients/rerank.ts'
import { evidenceOf } from './answer/evidence.ts'
import { verdictOn, type Verdict } from './answer/gate.ts'
import { citedArticles, endingOfName, type CitedArticle } from './citation-service.ts'
import type { PolicySearch } from './keeper-service.ts'
import type { Found } from './retrieval.ts'

/** Articles that are looked at for one question, and those that an answer may rest on. */
const LOOKED_AT = 30
const JUDGED = 12
const GIVEN = 6
/** A question is not kept waiting for the endpoints that only make it better. */
const PATIENCE_MS = 2_500

/** What finds clauses: the index, and endpoints where they are set up. */
export interface Finders {
  search: PolicySearch
  embedder?: Embedder | undefined
  reranker?: Reranker | undefined
}

/** A document that was asked about and that has ended, with what took its place. */
export interface EndedName {
  name: string
  successor: string
  source: string
}

/** What was found for a question. */
export interface Finding {
  verdict: Verdict
  /** The best first, as they stand today; those an answer may rest on. */
  passages: CitedArticle[]
  /** Documents of the question that are known to have ended. */
  ended: EndedName[]
}

export interface Sought {
  question: string
  /** The day whose law is asked for, and today, by which it is told how it stands. */
  day: Day
  today: Day
}

/** Finds the clauses that applied on the day asked about and judges whether they are evidence enough. */
export async function findEvidence({ question, day, today }: Sought, finders: Finders): Promise<Finding> {
  const found = await foundOn({ question, day }, finders)
  const articles = await articlesFound(found, today)
  const texts = articles.map(({ text }) => text)
  const verdict = verdictOn(evidenceOf(question, found, texts))
  const named = new Set(found.hits.filter(({ cited }) => cited).map(({ key }) => key))
  const cited = articles.filter(({ id }) => named.has(id))
  const ended = await endedNames(found, cited, today)
  if (!verdict.answer) return { verdict, passages: [], ended }
  const passages = cited.length > 0 ? cited : await bestOf({ question, day, today }, articles, finders)
  return { verdict, passages: passages.slice(0, GIVEN), ended }
}

const articlesFound = ({ hits }: Found, today: Day): Promise<CitedArticle[]> =>
  citedArticles(
    hits.slice(0, JUDGED).map(({ key }) => key),
    today,
  )

/** The articles that fit best by words and, with the endpoints for it, by meaning. Evidence is judged by words alone. */
async function bestOf(
  { question, day, today }: Sought,
  byWords: CitedArticle[],
  { search, embedder, reranker }: Finders,
): Promise<CitedArticle[]> {
  const vector = await vectorOf(question, embedder)
  const articles = vector
    ? await articlesFound(await search.search({ question, limit: LOOKED_AT, day, vector }), today)
    : byWords
  return reranked(question, articles, reranker)
}

/** An article that is named is found, too, where it does not apply on that day: it is then told how it stands. */
async function foundOn({ question, day }: { question: string; day: Day }, finders: Finders): Promise<Found> {
  const asked = { question, limit: LOOKED_AT }
  const found = await finders.search.search({ ...asked, day })
  if (found.missing.length === 0 || found.hits[0]?.cited === true) return found
  const ever = await finders.search.search(asked)
  const named = ever.hits.filter(({ cited }) => cited)
  return named.length === 0 ? found : { ...ever, hits: named }
}

async function vectorOf(question: string, embedder: Embedder | undefined): Promise<Float32Array | undefined> {
  try {
    return (await embedder?.embed([question], AbortSignal.timeout(PATIENCE_MS)))?.[0]
  } catch {
    return undefined
  }
}

async function reranked(
  question: string,
  articles: CitedArticle[],
  reranker: Reranker | undefined,
): Promise<CitedArticle[]> {
  if (!reranker || articles.length < 2) return articles
  try {
    const texts = articles.map(({ title, label, text }) => `${title}${label} ${text}`)
    const order = await reranker.order(question, texts, AbortSignal.timeout(PATIENCE_MS))
    return order.flatMap(at => articles[at] ?? [])
  } catch {
    return articles
  }
}

/** What is known of the end of names that no document has, and of articles that were named and do not apply any more. */
async function endedNames({ absent }: Found, articles: CitedArticle[], today: Day): Promise<EndedName[]> {
  const known = articles.flatMap(({ title, ending }): EndedName[] =>
    ending?.kind === 'repeal' ? [{ name: title, successor: ending.successor, source: ending.source }] : [],
  )
  const told = await Promise.all(
    absent.map(async (name): Promise<EndedName[]> => {
      const ending = await endingOfName(name, today)
      return ending ? [{ name, successor: ending.successor, source: ending.source }] : []
    }),
  )
  return [...new Map([...told.flat(), ...known].map(ended => [ended.name, ended])).values()]
}

/** Finds articles by words alone, for an editor who looks for one to cite. */
export const searchByWords =
  (finders: Finders) =>
  async (text: string, day: Day): Promise<string[]> =>
    (await finders.search.search({ question: text, limit: LOOKED_AT, day })).hits.map(({ key }) => key)
