import { type Lesson, learnAssociations, wideGrams } from './association.ts'
import { candidatesOf } from './candidate.ts'
import { gramsOf, isWide } from './gram.ts'
import type { Learned } from './learned.ts'
import type { PolicyLibrary } from './library.ts'
import { matchQuestion } from './match.ts'
import { learnWeights, type Ranked } from './ranking-learning.ts'
import { keyOf } from './shelf.ts'
import { viewOf } from './view.ts'

/** A question whose articles are known. */
export interface KnownQuestion {
  question: string
  /** Keys of articles. */
  gold: string[]
}

/** What learning needs to know of an article. */
export interface KnownArticle {
  /** The plain name of its law. */
  law: string
  text: string
}

/** Parts that questions are split into: what ranks a part's articles has not seen its answers. */
const PARTS = 5
const CANDIDATES = 200

/** Learns from questions what their words lead to, and how much each feature counts where the answers were not seen. */
export function learn(
  library: PolicyLibrary,
  articles: ReadonlyMap<string, KnownArticle>,
  questions: readonly KnownQuestion[],
  onProgress: (done: number, of: number) => void = () => undefined,
): Learned {
  const plain = viewOf(library, undefined)
  const sizes = sizesOf(articles)
  const rarity = cached((gram: number) => plain.text.rarity(gram))
  const lessons = questions.map(question => lessonOf(question, articles))
  const associate = (from: Lesson[]) => learnAssociations(from, law => sizes.get(law) ?? 0, rarity)
  const ranked: Ranked[] = []
  for (let part = 0; part < PARTS; part++) {
    const learned = associate(lessons.filter((_, i) => i % PARTS !== part))
    const view = viewOf(library, learned)
    questions.forEach(({ question, gold }, i) => {
      if (i % PARTS !== part) return
      const matches = matchQuestion({ question, citations: [] }, view, learned)
      const candidates = candidatesOf(matches, view, () => true, CANDIDATES)
      const right = candidates.map(({ shelf, passage }) => {
        const place = view.shelves[shelf]
        return place !== undefined && gold.includes(keyOf(place, passage) ?? '')
      })
      ranked.push({ features: candidates.map(({ features }) => features), right })
      onProgress(ranked.length, questions.length)
    })
  }
  return { ...associate(lessons), ranking: learnWeights(ranked) }
}

function lessonOf({ question, gold }: KnownQuestion, articles: ReadonlyMap<string, KnownArticle>): Lesson {
  return {
    question: wideGrams(question),
    articles: gold.flatMap(key => {
      const article = articles.get(key)
      return article ? [{ law: article.law, grams: [...new Set(gramsOf(article.text).filter(isWide))] }] : []
    }),
  }
}

function sizesOf(articles: ReadonlyMap<string, KnownArticle>): Map<string, number> {
  const sizes = new Map<string, number>()
  for (const { law } of articles.values()) sizes.set(law, (sizes.get(law) ?? 0) + 1)
  return sizes
}

function cached<K, V>(compute: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>()
  return key => {
    const found = known.get(key) ?? compute(key)
    known.set(key, found)
    return found
  }
}
