import { writeFile } from 'node:fs/promises'
import { writeLearned } from '../../policy/retrieval/learned-file.ts'
import { learn } from '../../policy/retrieval/learning.ts'
import { PolicyLibrary } from '../../policy/retrieval/library.ts'
import { type Command, textOf, WrongCall } from '../command.ts'
import { fromDatabase, knownArticles, readRetrievalFiles } from './retrieval-file.ts'
import { wording } from './wording.ts'

const words = wording.retrieval

/** `learn retrieval --corpus FILE|DIR --queries FILE --out FILE`: makes the table of what words of questions lead to. */
export const learnRetrieval: Command = {
  usage: 'learn retrieval --corpus=FILE|DIR --queries=FILE --out=FILE.tsv',
  summary: words.learnSummary,
  options: { corpus: { type: 'string' }, queries: { type: 'string' }, out: { type: 'string' } },
  words: [0, 0],
  database: fromDatabase,
  run: async call => {
    const out = textOf(call.options.out)
    if (out === undefined) throw new WrongCall(words.outWanted)
    const { documents, questions } = await readRetrievalFiles(call)
    const library = new PolicyLibrary()
    library.add(documents)
    const learned = learn(library, knownArticles(documents), questions, call.terminal.progress)
    await writeFile(out, writeLearned(learned))
    call.terminal.line(words.written(out, learned.links.size, learned.laws.length))
    return true
  },
}
