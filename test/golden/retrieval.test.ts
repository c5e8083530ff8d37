import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from '@jest/globals'
import { root } from '#server/base/paths'
import { knownArticles } from '#server/cli/measure/retrieval-file'
import { measure } from '#server/policy/evaluation'
import { Retrieval } from '#server/policy/retrieval'
import { plainSearch } from '#server/policy/retrieval/baseline'
import { type CorpusLine, documentsOf } from '#server/policy/retrieval/corpus'
import { writeIndex } from '#server/policy/retrieval/index-file'
import { readLearned } from '#server/policy/retrieval/learned-file'
import { type KnownQuestion, learn } from '#server/policy/retrieval/learning'
import { PolicyLibrary } from '#server/policy/retrieval/library'
import { lawCorpus } from '../support/law-corpus.ts'

const data = process.env.RIZHI_DATA ?? join(root, '../shared/data')
const withData = existsSync(join(data, 'retrieval')) ? describe : describe.skip
const file = (name: string) => readFileSync(join(data, 'retrieval', name), 'utf8')
const rows = <T>(name: string) =>
  file(name)
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as T)
const learnedWords = () => readLearned(readFileSync(join(root, 'server/policy/learned-words.tsv'), 'utf8'))
const FOLDS = 5

function ask(search: (question: string) => string[], questions: KnownQuestion[]) {
  return measure(questions.map(({ question, gold }) => ({ found: search(question), gold })))
}
const searchOf = (retrieval: Retrieval) => (question: string) =>
  retrieval.search({ question, limit: 100 }).hits.map(({ key }) => key)

withData('questions of ordinary people over 55,000 articles (in RIZHI_DATA or ../shared/data)', () => {
  it('are answered better than by plain BM25, with nothing learned and with what other questions taught', () => {
    const documents = documentsOf(rows<CorpusLine>('stard-corpus.jsonl'))
    const library = new PolicyLibrary()
    library.add(documents)
    const all = rows<KnownQuestion>('stard-train.jsonl')
    const held = all.filter((_, i) => i % FOLDS === 0)
    const plain = plainSearch(documents)
    const base = ask(question => plain(question, 100), held).recall[10]
    const learned = learn(
      library,
      knownArticles(documents),
      all.filter((_, i) => i % FOLDS !== 0),
    )
    expect(ask(searchOf(new Retrieval(library)), held).recall[10]).toBeGreaterThan(base * 1.03)
    expect(ask(searchOf(new Retrieval(library, learned)), held).recall[10]).toBeGreaterThan(base * 1.12)
  }, 180_000)
})

withData('exam questions over every national law (in RIZHI_DATA or ../shared/data)', () => {
  let retrieval: Retrieval
  const questions = (name: string) => JSON.parse(file(name)) as KnownQuestion[]
  beforeAll(() => {
    const documents = documentsOf(lawCorpus(join(data, 'laws')))
    const library = new PolicyLibrary()
    library.add(documents)
    retrieval = new Retrieval(library, learnedWords())
  }, 180_000)

  it('an article named by law and number comes first', () => {
    expect(ask(searchOf(retrieval), questions('lawbench-1-1-dev.json')).hit).toBeGreaterThanOrEqual(0.97)
  })
  it('a question of the labour bureau finds its article among the first five', () => {
    expect(ask(searchOf(retrieval), questions('renshe-dev.json')).recall[5]).toBeGreaterThanOrEqual(0.93)
  })
  it('an index of 65,000 articles takes less than 300 MB', () => {
    expect(retrieval.library.articles).toBeGreaterThan(60_000)
    const bytes = writeIndex(retrieval.library.shelves).reduce((sum, piece) => sum + piece.length, 0)
    expect(bytes).toBeLessThan(300e6)
  })
})
