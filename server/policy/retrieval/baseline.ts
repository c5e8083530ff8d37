import type { PolicyDocument } from './catalogue.ts'
import { Field } from './field.ts'
import { countGrams, gramsOf } from './gram.ts'
import { buildSegment } from './segment.ts'

/**
 * Plain BM25 over characters and pairs of name and text, nothing else: what the search is measured against.
 * Answers keys of articles, the best first.
 */
export function plainSearch(
  documents: readonly PolicyDocument[],
): (question: string, limit: number) => string[] {
  const articles = documents.flatMap(document => document.articles)
  const field = new Field([buildSegment(articles.map(({ key, text }) => `${key}\n${text}`))])
  return (question, limit) => {
    const [scores = new Float32Array()] = field.score(countGrams(gramsOf(question))).scores
    return bestOf(scores, limit).map(passage => articles[passage]?.key ?? '')
  }
}

function bestOf(scores: Float32Array, limit: number): number[] {
  let found: number[] = []
  let least = 0
  const cut = () => {
    found = found.sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b).slice(0, limit)
  }
  for (let passage = 0; passage < scores.length; passage++) {
    if ((scores[passage] ?? 0) <= least) continue
    found.push(passage)
    if (found.length < limit * 4) continue
    cut()
    least = scores[found.at(-1) ?? 0] ?? 0
  }
  cut()
  return found
}
