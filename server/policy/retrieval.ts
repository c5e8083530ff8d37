import { blend } from './retrieval/blend.ts'
import { type Allowed, type Candidate, candidatesOf } from './retrieval/candidate.ts'
import type { PolicyDocument } from './retrieval/catalogue.ts'
import { absentNames, type Citation, citationsIn } from './retrieval/citation.ts'
import type { Learned } from './retrieval/learned.ts'
import type { PolicyLibrary } from './retrieval/library.ts'
import { matchQuestion } from './retrieval/match.ts'
import type { ReadingStep } from './retrieval/question.ts'
import { PLAIN_WEIGHTS, weigh, weightList } from './retrieval/ranking.ts'
import { keyOf } from './retrieval/shelf.ts'
import { VectorStore } from './retrieval/vector-store.ts'
import { type View, viewOf } from './retrieval/view.ts'

/** What is asked of the index. */
export interface Asked {
  question: string
  /** How many articles are wanted. */
  limit: number
  /** Only what is in force on this day; every version where it is not given. */
  day?: string
  /** Keys of documents that are left out. */
  without?: readonly string[]
  /** The question as a vector of the model that made the articles' vectors. */
  vector?: Float32Array
}

/** An article that was found. */
export interface Hit {
  key: string
  /** The key of its document. */
  document: string
  score: number
  /** How much of the question's words the article has, by their rarity: 0 to 1. */
  coverage: number
  /** The question names this very article. */
  cited: boolean
  /** 第几款 and 第几项 the question names, 0 for none. */
  paragraph: number
  item: number
}

export interface Found {
  /** The best first. */
  hits: Hit[]
  /** Names of rules in the question that no document has. */
  absent: string[]
  /** Articles the question names that its document does not have, by number: 第十七条之一 is 1701. */
  missing: { name: string; code: number }[]
  /** How many articles were searched, whether they applied on the day or not. */
  articles: number
}

/** Articles that are ranked with all that is known of them. */
const CANDIDATES = 200

const UNKNOWN = { score: 0, coverage: 0, cited: false, paragraph: 0, item: 0 }

/** Finds articles for questions. Pure but for the library it is given, which may change between searches. */
export class Retrieval {
  readonly library: PolicyLibrary
  readonly learned: Learned | undefined
  readonly leftOut: ReadonlySet<ReadingStep>
  #view: View | undefined
  #vectors: VectorStore | undefined

  constructor(library: PolicyLibrary, learned?: Learned, leftOut: ReadonlySet<ReadingStep> = new Set()) {
    this.library = library
    this.learned = learned
    this.leftOut = leftOut
  }

  add(documents: readonly PolicyDocument[]): void {
    this.library.add(documents)
    this.#view = undefined
  }

  remove(keys: readonly string[]): void {
    const gone = new Set(keys)
    for (const document of this.library.documents)
      if (gone.has(document.key)) for (const key of document.keys) this.#vectors?.delete(key)
    this.library.remove(keys)
    this.#view = undefined
  }

  /** Keeps vectors of articles, for searching by meaning too. */
  keepVectors(vectors: readonly (readonly [key: string, vector: Float32Array])[]): void {
    for (const [key, vector] of vectors) {
      this.#vectors ??= new VectorStore(vector.length)
      this.#vectors.set(key, vector)
    }
  }

  /** Makes one shelf of all: before the index is saved. */
  settle(): void {
    this.library.settle()
    this.#view = undefined
  }

  /** The shelves as they stand now, prepared for searching. */
  get view(): View {
    this.#view ??= viewOf(this.library, this.learned)
    return this.#view
  }

  /** The articles that fit a question best: those it names first, then by what is known of each. */
  search({ question, limit, day, without, vector }: Asked): Found {
    const allowed = this.#allowed(day, without)
    const citations = this.leftOut.has('citations') ? [] : citationsIn(question, this.library.names)
    const { cited, missing } = this.#cited(citations, allowed)
    const taken = new Set(cited.map(({ key }) => key))
    const byWords = this.#ranked(question, citations, allowed)
    const found = vector ? blend(byWords, this.#nearest(vector, allowed)) : byWords
    const ranked = found.filter(({ key }) => !taken.has(key))
    return {
      hits: [...cited, ...ranked].slice(0, limit),
      absent: absentNames(question, this.library.names),
      missing,
      articles: this.library.articles,
    }
  }

  #allowed(day: string | undefined, without: readonly string[] = []): Allowed {
    const left = new Set(without)
    const { shelves } = this.view
    return (shelf, number) => {
      const document = shelves[shelf]?.documents[number]
      if (!document || left.has(document.key)) return false
      if (day === undefined) return true
      return (document.from ?? '') <= day && (document.until === null || day < document.until)
    }
  }

  #ranked(question: string, citations: Citation[], allowed: Allowed): Hit[] {
    const weights = weightList(this.learned?.ranking ?? PLAIN_WEIGHTS)
    const matches = matchQuestion({ question, citations, leftOut: this.leftOut }, this.view, this.learned)
    const scored = candidatesOf(matches, this.view, allowed, CANDIDATES).map(candidate => ({
      candidate,
      score: weigh(candidate.features, weights) + this.#documentWeight(candidate),
    }))
    scored.sort((a, b) => b.score - a.score)
    return scored.flatMap(({ candidate: { shelf, passage, coverage }, score }) =>
      this.#hit(shelf, passage, { ...UNKNOWN, score, coverage }),
    )
  }

  #nearest(vector: Float32Array, allowed: Allowed): Hit[] {
    const nearest = this.#vectors?.nearest(vector, CANDIDATES) ?? []
    return nearest.flatMap(({ key, cosine }) => {
      const place = this.view.placeOf(key)
      const shelf = place && this.view.shelves[place.shelf]
      if (!place || !shelf || !allowed(place.shelf, shelf.owners[place.passage] ?? 0)) return []
      return this.#hit(place.shelf, place.passage, { ...UNKNOWN, score: cosine })
    })
  }

  #documentWeight({ shelf, passage }: Candidate): number {
    const place = this.view.shelves[shelf]
    return place?.documents[place.owners[passage] ?? 0]?.weight ?? 0
  }

  #cited(citations: Citation[], allowed: Allowed): { cited: Hit[]; missing: Found['missing'] } {
    const hits = new Map<string, Hit>()
    const missing: Found['missing'] = []
    for (const { name, places, code, paragraph, item } of citations) {
      if (code === 0) continue
      let found = false
      for (const { shelf, document } of places.filter(place => allowed(place.shelf, place.document))) {
        const place = this.view.shelves[shelf]
        const at = place?.documents[document]?.codes.indexOf(code) ?? -1
        if (!place || at < 0) continue
        found = true
        const about = { score: Infinity, coverage: 1, cited: true, paragraph, item }
        for (const hit of this.#hit(shelf, (place.firsts[document] ?? 0) + at, about))
          if (!hits.has(hit.key)) hits.set(hit.key, hit)
      }
      if (!found) missing.push({ name, code })
    }
    return { cited: [...hits.values()], missing }
  }

  #hit(shelf: number, passage: number, about: Omit<Hit, 'key' | 'document'>): Hit[] {
    const place = this.view.shelves[shelf]
    const key = place && keyOf(place, passage)
    const document = place?.documents[place.owners[passage] ?? 0]?.key
    return key === undefined || document === undefined ? [] : [{ key, document, ...about }]
  }
}
