import { fraction } from '#server/quiz/selection'
import type { PolicyDocument } from '../../policy/retrieval/catalogue.ts'

/** A question with its place in the set. */
export interface NumberedQuestion {
  number: number
  question: string
  gold: readonly string[]
}

/** A corpus as a small office has it, and the questions whose clauses are among it. */
export interface SmallCorpus {
  documents: PolicyDocument[]
  questions: NumberedQuestion[]
}

/** No document is longer than this share of a corpus; of longer ones there is a stretch. */
const LONGEST_SHARE = 1 / 8
const SHORTEST = 15
/** Documents are taken for the sake of questions until a corpus is so full; the others are taken at random. */
const ASKED_SHARE = 0.6
const FULL_SHARE = 0.9
/** So many articles to a question at least. */
const ARTICLES_A_QUESTION = 25

/** Corpora of about `size` articles that together hold the clauses of all questions; the same each time they are made. */
export function smallCorpora(
  documents: readonly PolicyDocument[],
  questions: readonly NumberedQuestion[],
  size: number,
): SmallCorpus[] {
  const stretches = stretchesOf(documents, Math.max(SHORTEST, Math.floor(size * LONGEST_SHARE)))
  const at = new Map(stretches.flatMap(one => one.articles.map(({ key }) => [key, one] as const)))
  const order = drawn(questions, ({ number }) => `${size} ${number}`)
  const corpora: SmallCorpus[] = []
  for (let next = 0; next < order.length;) {
    const taken = new Set<PolicyDocument>()
    const asked: NumberedQuestion[] = []
    const most = Math.max(1, Math.floor(size / ARTICLES_A_QUESTION))
    for (; asked.length < most && articlesIn(taken) < size * ASKED_SHARE; next++) {
      const question = order[next]
      if (!question) break
      asked.push(question)
      for (const key of question.gold) addTo(taken, at.get(key))
    }
    const others = drawn(stretches, ({ key, articles }) => `${size} ${next} ${key} ${articles[0]?.key ?? ''}`)
    for (const one of others) {
      if (articlesIn(taken) >= size * FULL_SHARE) break
      taken.add(one)
    }
    corpora.push({ documents: joined(taken), questions: asked })
  }
  return corpora
}

/** Documents in stretches of at most `longest` articles. */
const stretchesOf = (documents: readonly PolicyDocument[], longest: number): PolicyDocument[] =>
  documents.flatMap(document =>
    Array.from({ length: Math.ceil(document.articles.length / longest) }, (_, i) => ({
      ...document,
      articles: document.articles.slice(i * longest, (i + 1) * longest),
    })),
  )

/** Stretches of one document as one document again. */
function joined(stretches: Iterable<PolicyDocument>): PolicyDocument[] {
  const documents = new Map<string, PolicyDocument>()
  for (const stretch of stretches) {
    const before = documents.get(stretch.key)?.articles ?? []
    documents.set(stretch.key, { ...stretch, articles: [...before, ...stretch.articles] })
  }
  return [...documents.values()]
}

function addTo(taken: Set<PolicyDocument>, stretch: PolicyDocument | undefined): void {
  if (stretch) taken.add(stretch)
}

const articlesIn = (documents: ReadonlySet<PolicyDocument>): number =>
  [...documents].reduce((sum, { articles }) => sum + articles.length, 0)

/** In an order that looks like chance and is always the same. */
const drawn = <T>(list: readonly T[], nameOf: (one: T) => string): T[] =>
  list
    .map(one => ({ one, draw: fraction(nameOf(one)) }))
    .sort((a, b) => a.draw - b.draw)
    .map(({ one }) => one)
