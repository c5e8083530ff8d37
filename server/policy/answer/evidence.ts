import { matterPairs } from './matter.ts'
import { shareIn } from './plain-text.ts'

/** What a search found, as far as it decides between answering and refusing; any retrieval that tells this will do. */
export interface FoundClauses {
  /** The best first. */
  hits: readonly { score: number; coverage: number; cited: boolean }[]
  /** Names of rules in the question that no document has. */
  absent: readonly string[]
  /** Articles that the question names and their document does not have. */
  missing: readonly unknown[]
}

/** What tells whether the clauses found answer the question, in the order of a gate's weights. */
export const SIGNS = [
  /** The score of the best clause. */
  'score',
  /** How far it stands out from the fifth. */
  'margin',
  /** How far it stands out from the second. */
  'lead',
  /** The most of the question's words, by rarity, that one of the first three has. */
  'coverage',
  /** The same by the words' number. */
  'words',
  /** What the first three have together beyond what one of them has: bits from here and there are no answer. */
  'scatter',
  /** How much the question tells, as a logarithm. */
  'detail',
  /** The question names a law: its clauses score high whether they answer or not. */
  'named',
] as const

export type Signs = Readonly<Record<(typeof SIGNS)[number], number>>

/** What was found, judged: settled by a name alone, or to be weighed. */
export type Evidence =
  | { settled: 'cited' }
  | { settled: 'law-absent'; names: readonly string[] }
  | { settled: 'article-absent' | 'nothing-found' }
  | { settled: null; signs: Signs }

/** Clauses that are looked at together, and the place the margin is measured to. */
const TOGETHER = 3
const FIFTH = 4
/** Above this a score says no more: a named article has an endless one. */
const HIGHEST = 40

const NAMED = /\u300a[^\u300a\u300b]+\u300b/

/** The evidence for an answer. `texts` are the words of the first hits, in their order. */
export function evidenceOf(question: string, found: FoundClauses, texts: readonly string[]): Evidence {
  const [best] = found.hits
  if (found.absent.length > 0) return { settled: 'law-absent', names: found.absent }
  if (found.missing.length > 0 && best?.cited !== true) return { settled: 'article-absent' }
  if (!best) return { settled: 'nothing-found' }
  if (best.cited) return { settled: 'cited' }
  const pairs = matterPairs(question)
  if (pairs.length === 0) return { settled: 'nothing-found' }
  const first = texts.slice(0, TOGETHER)
  const words = Math.max(0, ...first.map(text => shareIn(pairs, text)))
  const score = (place: number) =>
    Math.min(HIGHEST, found.hits[Math.min(place, found.hits.length - 1)]?.score ?? 0)
  return {
    settled: null,
    signs: {
      score: score(0),
      margin: score(0) - score(FIFTH),
      lead: score(0) - score(1),
      coverage: Math.max(...found.hits.slice(0, TOGETHER).map(({ coverage }) => coverage)),
      words,
      scatter: shareIn(pairs, first.join('\n')) - words,
      detail: Math.log(1 + pairs.length),
      named: NAMED.test(question) ? 1 : 0,
    },
  }
}
