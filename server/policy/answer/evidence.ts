import { matterPairs } from './matter.ts'
import { pairRarity, RAREST } from './pair-rarity.ts'
import { sentencesOfClause } from './sentence.ts'

/** What a search found, as far as it decides between answering and refusing; any retrieval that tells this will do. */
export interface FoundClauses {
  /** The best first. */
  hits: readonly { document: string; score: number; cited: boolean }[]
  /** Names of rules in the question that no document has. */
  absent: readonly string[]
  /** Articles that the question names and their document does not have. */
  missing: readonly unknown[]
  /** How many articles were searched: among few, less stands out by chance. */
  articles: number
}

/** What tells whether the clauses found answer the question, in the order of a gate's weights. */
export const SIGNS = [
  /** The score of the best clause. */
  'score',
  /** How far it stands out from the best clause of another document. */
  'margin',
  /** How much of the question's matter one sentence of the first three tells, by rarity: 0 to 1. */
  'sentence',
  /** How much the question tells, as a logarithm: a long one scores high by chance. */
  'detail',
  /** How many of its words laws hardly have, as a logarithm: what they match, they do not match by chance. */
  'rare',
  /** The question names a law: its clauses score high whether they answer or not. */
  'named',
] as const

export type Signs = Readonly<Record<(typeof SIGNS)[number], number>>

/** What was found, judged: settled by a name or a lack of words alone, or to be weighed. */
export type Evidence =
  | { settled: 'cited' }
  | { settled: 'law-absent'; names: readonly string[] }
  | { settled: 'article-absent' | 'nothing-found' }
  | { settled: null; signs: Signs; articles: number }

/** Clauses that are looked at together. */
const TOGETHER = 3
/** With less of the question's matter in each of the first clauses nothing is answered, whatever the scores. */
const LEAST_SHARE = 0.1
/** The same where the best of a few articles are looked at: most questions are of other matters there. */
const LEAST_SHARE_OF_FEW = 0.15
const FEW = 1_000
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
  const matter = matterOf(question)
  const first = texts.slice(0, TOGETHER).map(text => text.normalize('NFKC').toLowerCase())
  const share = found.articles < FEW ? LEAST_SHARE_OF_FEW : LEAST_SHARE
  if (!first.some(text => shareIn(matter, text) >= share)) return { settled: 'nothing-found' }
  const sentences = first.flatMap(text => sentencesOfClause(text).map(({ from, to }) => text.slice(from, to)))
  const other = found.hits.find(({ document }) => document !== best.document) ?? found.hits.at(-1)
  return {
    settled: null,
    articles: found.articles,
    signs: {
      score: bounded(best.score),
      margin: bounded(best.score) - bounded(other?.score ?? 0),
      sentence: Math.max(0, ...sentences.map(sentence => shareIn(matter, sentence))),
      detail: Math.log(1 + matter.rarity),
      rare: Math.log(1 + matter.rare),
      named: NAMED.test(question) ? 1 : 0,
    },
  }
}

/** The pairs of a question with how much each tells, and all of them together. */
interface Matter {
  pairs: readonly (readonly [pair: string, rarity: number])[]
  rarity: number
  /** How many of the pairs laws hardly have. */
  rare: number
}

function matterOf(question: string): Matter {
  const pairs = matterPairs(question).map(pair => [pair, pairRarity(pair)] as const)
  return {
    pairs,
    rarity: rarityOf(pairs),
    rare: pairs.filter(([, rarity]) => rarity === RAREST).length,
  }
}

/** How much of a question's matter stands in a text, by rarity. */
function shareIn({ pairs, rarity }: Matter, text: string): number {
  return rarityOf(pairs.filter(([pair]) => text.includes(pair))) / Math.max(rarity, 1e-9)
}

const rarityOf = (pairs: Matter['pairs']): number => pairs.reduce((sum, [, rarity]) => sum + rarity, 0)

const bounded = (score: number): number => Math.min(HIGHEST, score)
