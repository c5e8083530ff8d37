import { readFileSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { percentile } from '#server/policy/evaluation'
import { learnedTable } from '#server/policy/index-service'
import { Retrieval } from '#server/policy/retrieval'
import { readIndex, writeIndex } from '#server/policy/retrieval/index-file'
import { readLearned } from '#server/policy/retrieval/learned-file'
import { PolicyLibrary } from '#server/policy/retrieval/library'
import { ARTICLES_A_LAW, madeUpLaw, madeUpText, numbers } from './made-up.ts'

const SIZES = [1_000, 65_000, 500_000] as const
const QUESTION_LENGTH = 25
const QUESTIONS = 300

/** Times in milliseconds, sizes in megabytes. */
export interface RetrievalResult {
  articles: number
  buildMs: number
  fileMb: number
  saveMs: number
  loadMs: number
  /** What the loaded index holds, on the heap and beside it. */
  memoryMb: number
  addLawMs: number
  searchP50Ms: number
  searchP95Ms: number
}

/** Building, saving, loading and searching the policy index by the size of the corpus. */
export const benchRetrieval = (): RetrievalResult[] => SIZES.map(benchOne)

function benchOne(articles: number): RetrievalResult {
  const learned = readLearned(readFileSync(learnedTable, 'utf8'))
  const random = numbers(articles)
  const { bytes, buildMs, saveMs } = built(articles, random)
  const before = held()
  const loaded = timed(() => new Retrieval(new PolicyLibrary(readIndex(bytes)), learned))
  const retrieval = loaded.value
  const question = () => ({ question: madeUpText(QUESTION_LENGTH, random), limit: 10 })
  retrieval.search(question())
  const memoryMb = Math.round((held() - before) / 1e6)
  const added = timed(() => {
    retrieval.add([madeUpLaw(articles, random)])
    retrieval.search(question())
  })
  const times = Array.from({ length: QUESTIONS }, () => timed(() => retrieval.search(question())).ms)
  return {
    articles,
    buildMs,
    fileMb: Math.round(bytes.length / 1e6),
    saveMs,
    loadMs: Math.round(loaded.ms),
    memoryMb,
    addLawMs: Math.round(added.ms),
    searchP50Ms: tenths(percentile(times, 0.5)),
    searchP95Ms: tenths(percentile(times, 0.95)),
  }
}

/** The bytes of an index; the texts it was made of are given up. */
function built(articles: number, random: () => number) {
  const laws = Array.from({ length: articles / ARTICLES_A_LAW }, (_, i) => madeUpLaw(i, random))
  const library = new PolicyLibrary()
  const build = timed(() => library.add(laws))
  const saved = timed(() => Buffer.concat(writeIndex(library.shelves)))
  return { bytes: saved.value, buildMs: Math.round(build.ms), saveMs: Math.round(saved.ms) }
}

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** Bytes in use after what is no longer needed was given up. */
function held(): number {
  collect()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

function timed<T>(work: () => T): { value: T; ms: number } {
  const from = performance.now()
  const value = work()
  return { value, ms: performance.now() - from }
}

const tenths = (value: number): number => Math.round(value * 10) / 10
