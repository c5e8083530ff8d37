import { readFile } from 'node:fs/promises'
import { measure, type Outcome, percentile } from '../policy/evaluation.ts'
import { learnedTable } from '../policy/index-service.ts'
import { Retrieval } from '../policy/retrieval.ts'
import { plainSearch } from '../policy/retrieval/baseline.ts'
import { readLearned } from '../policy/retrieval/learned-file.ts'
import { type KnownQuestion, learn } from '../policy/retrieval/learning.ts'
import { PolicyLibrary } from '../policy/retrieval/library.ts'
import { type Call, type Command, textOf, WrongCall } from './command.ts'
import { fromDatabase, knownArticles, readRetrievalFiles, type RetrievalFiles } from './retrieval-file.ts'
import type { Terminal } from './terminal.ts'
import { wording } from './wording.ts'

const words = wording.retrieval
/** As deep as recall is told. */
const LIMIT = 100
/** Questions asked before times are taken, as a server that has been running answers. */
const WARM_UP = 20

/** `evaluate retrieval --corpus FILE --queries FILE`: how well articles are found, beside plain BM25. */
export const evaluateRetrieval: Command = {
  usage: 'evaluate retrieval --corpus=FILE|db --queries=FILE|reviewed [--folds=N] [--in-order]',
  summary: words.evaluateSummary,
  options: {
    corpus: { type: 'string' },
    queries: { type: 'string' },
    folds: { type: 'string' },
    'in-order': { type: 'boolean' },
  },
  words: [0, 0],
  database: fromDatabase,
  run: async call => {
    const folds = foldsOf(call)
    const files = await readRetrievalFiles(call)
    const { terminal } = call
    const library = new PolicyLibrary()
    const from = performance.now()
    library.add(files.documents)
    terminal.line(words.corpus(library.documents.length, library.articles, performance.now() - from))
    if (files.unknown > 0) terminal.line(words.unknownGold(files.unknown))
    terminal.line(words.head)
    const plain = plainSearch(files.documents)
    tell(
      words.plain,
      ask(files.questions, question => plain(question, LIMIT)),
      terminal,
    )
    tell(words.unlearned, askAll(new Retrieval(library), files.questions), terminal)
    if (folds === 0) {
      const learned = readLearned(await readFile(learnedTable, 'utf8'))
      tell(words.learned, askAll(new Retrieval(library, learned), files.questions), terminal)
    } else tell(words.folded(folds), askFolds(library, files, folds, call), terminal)
    return true
  },
}

function foldsOf({ options }: Call): number {
  const folds = textOf(options.folds)
  if (folds === undefined) return 0
  if (!/^([2-9]|1\d|20)$/.test(folds)) throw new WrongCall(words.wrongFolds)
  return Number(folds)
}

interface Asked {
  outcomes: Outcome[]
  times: number[]
}

function ask(questions: readonly KnownQuestion[], search: (question: string) => string[]): Asked {
  for (const { question } of questions.slice(0, WARM_UP)) search(question)
  const times: number[] = []
  const outcomes = questions.map(({ question, gold }) => {
    const from = performance.now()
    const found = search(question)
    times.push(performance.now() - from)
    return { found, gold }
  })
  return { outcomes, times }
}

const askAll = (retrieval: Retrieval, questions: readonly KnownQuestion[]): Asked =>
  ask(questions, question => retrieval.search({ question, limit: LIMIT }).hits.map(({ key }) => key))

/** Each part of the questions is asked with what was learned from the other parts only. */
function askFolds(library: PolicyLibrary, files: RetrievalFiles, folds: number, call: Call): Asked {
  const { questions, documents } = files
  const known = knownArticles(documents)
  const inOrder = call.options['in-order'] === true
  const foldOf = (i: number) => (inOrder ? Math.floor((i * folds) / questions.length) : i % folds)
  const whole: Asked = { outcomes: [], times: [] }
  for (let fold = 0; fold < folds; fold++) {
    const others = questions.filter((_, i) => foldOf(i) !== fold)
    const learned = learn(library, known, others, done =>
      call.terminal.progress(fold * others.length + done, folds * others.length),
    )
    const { outcomes, times } = askAll(
      new Retrieval(library, learned),
      questions.filter((_, i) => foldOf(i) === fold),
    )
    whole.outcomes.push(...outcomes)
    whole.times.push(...times)
  }
  return whole
}

function tell(name: string, { outcomes, times }: Asked, terminal: Terminal): void {
  const { recall, hit, mrr } = measure(outcomes)
  terminal.line(
    words.row(
      name,
      [recall[1], recall[5], recall[10], recall[100], mrr, hit],
      [percentile(times, 0.5), percentile(times, 0.95)],
    ),
  )
}
