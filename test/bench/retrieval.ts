import { readFileSync } from 'node:fs'
import { percentile } from '#server/policy/evaluation'
import { learnedTable } from '#server/policy/index-service'
import { Retrieval } from '#server/policy/retrieval'
import type { PolicyDocument } from '#server/policy/retrieval/catalogue'
import { readIndex, writeIndex } from '#server/policy/retrieval/index-file'
import { readLearned } from '#server/policy/retrieval/learned-file'
import { PolicyLibrary } from '#server/policy/retrieval/library'

const SIZES = [1_000, 65_000, 500_000] as const
const ARTICLES_A_LAW = 50
const ARTICLE_LENGTH = 120
const QUESTION_LENGTH = 25
const QUESTIONS = 300
/** Characters of the made-up language; a few are frequent and most are rare, as in real text. */
const CHARACTERS = 3_000

/** Times in milliseconds, sizes in megabytes. */
export interface RetrievalResult {
  articles: number
  buildMs: number
  fileMb: number
  saveMs: number
  loadMs: number
  addLawMs: number
  searchP50Ms: number
  searchP95Ms: number
}

/** Building, saving, loading and searching the policy index by the size of the corpus. */
export const benchRetrieval = (): RetrievalResult[] => SIZES.map(benchOne)

function benchOne(articles: number): RetrievalResult {
  const learned = readLearned(readFileSync(learnedTable, 'utf8'))
  const random = numbers(articles)
  const laws = Array.from({ length: articles / ARTICLES_A_LAW }, (_, i) => law(i, random))
  const library = new PolicyLibrary()
  const build = timed(() => library.add(laws))
  const saved = timed(() => Buffer.concat(writeIndex(library.shelves)))
  const loaded = timed(() => new Retrieval(new PolicyLibrary(readIndex(saved.value)), learned))
  const retrieval = loaded.value
  const question = () => ({ question: text(QUESTION_LENGTH, random), limit: 10 })
  retrieval.search(question())
  const added = timed(() => {
    retrieval.add([law(articles, random)])
    retrieval.search(question())
  })
  const times = Array.from({ length: QUESTIONS }, () => timed(() => retrieval.search(question())).ms)
  return {
    articles,
    buildMs: Math.round(build.ms),
    fileMb: Math.round(saved.value.length / 1e6),
    saveMs: Math.round(saved.ms),
    loadMs: Math.round(loaded.ms),
    addLawMs: Math.round(added.ms),
    searchP50Ms: tenths(percentile(times, 0.5)),
    searchP95Ms: tenths(percentile(times, 0.95)),
  }
}

function law(number: number, random: () => number): PolicyDocument {
  const key = `law-${number}`
  const articles = Array.from({ length: ARTICLES_A_LAW }, (_, i) => ({
    key: `${key}#${i}`,
    label: `第${i + 1}条`,
    heading: `第${Math.floor(i / 10) + 1}章`,
    text: text(ARTICLE_LENGTH, random),
  }))
  return { key, name: `${text(6, random)}法`, otherNames: [], from: null, until: null, weight: 0, articles }
}

/** A text whose characters are as unevenly frequent as those of a language: the n-th about 1/n times. */
const text = (length: number, random: () => number): string =>
  String.fromCharCode(
    ...Array.from(
      { length },
      () => 0x4e00 + Math.floor(CHARACTERS ** random()) - 1 + Math.floor(random() * 40),
    ),
  )

/** The same numbers from 0 to 1 at every run (a linear congruential generator). */
function numbers(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

function timed<T>(work: () => T): { value: T; ms: number } {
  const from = performance.now()
  const value = work()
  return { value, ms: performance.now() - from }
}

const tenths = (value: number): number => Math.round(value * 10) / 10
