import { measure, type Outcome, percentile } from '../../policy/evaluation.ts'
import { Retrieval } from '../../policy/retrieval.ts'
import { plainSearch } from '../../policy/retrieval/baseline.ts'
import type { Learned } from '../../policy/retrieval/learned.ts'
import type { KnownQuestion } from '../../policy/retrieval/learning.ts'
import { PolicyLibrary } from '../../policy/retrieval/library.ts'
import type { Command } from '../command.ts'
import { fromDatabase, readRetrievalFiles } from './retrieval-file.ts'
import { retrievalWithout, STEPS } from './retrieval-step.ts'
import { foldsOf, taughtFor } from './taught.ts'
import type { Terminal } from '../terminal.ts'
import { wording } from './wording.ts'

const words = wording.retrieval
/** As deep as recall is told. */
const LIMIT = 100
/** Questions asked before times are taken, as a server that has been running answers. */
const WARM_UP = 20

/** `evaluate retrieval --corpus FILE|DIR --queries FILE`: how well articles are found, beside plain BM25. */
export const evaluateRetrieval: Command = {
  usage: 'evaluate retrieval --corpus=FILE|DIR|db --queries=FILE|reviewed [--folds=N] [--in-order] [--steps]',
  summary: words.evaluateSummary,
  options: {
    corpus: { type: 'string' },
    queries: { type: 'string' },
    folds: { type: 'string' },
    'in-order': { type: 'boolean' },
    steps: { type: 'boolean' },
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
    const taught = await taughtFor(library, files, folds, call)
    const askTaught = (retrievalWith: (learned: Learned) => Retrieval) =>
      together(taught.map(({ learned, questions }) => askAll(retrievalWith(learned), questions)))
    const name = folds === 0 ? words.learned : words.folded(folds)
    tell(
      name,
      askTaught(learned => new Retrieval(library, learned)),
      terminal,
    )
    for (const step of call.options.steps === true ? STEPS : [])
      tell(
        words.without[step],
        askTaught(learned => retrievalWithout(step, library, learned)),
        terminal,
      )
    return true
  },
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

const together = (parts: readonly Asked[]): Asked => ({
  outcomes: parts.flatMap(({ outcomes }) => outcomes),
  times: parts.flatMap(({ times }) => times),
})

function tell(name: string, { outcomes, times }: Asked, terminal: Terminal): void {
  const { recall, hit, hitOfFive, mrr } = measure(outcomes)
  terminal.line(
    words.row(
      name,
      [recall[1], recall[5], recall[10], recall[100], mrr, hit, hitOfFive],
      [percentile(times, 0.5), percentile(times, 0.95)],
    ),
  )
}
