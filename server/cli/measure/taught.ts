import { readFile } from 'node:fs/promises'
import { learnedTable } from '../../policy/index-service.ts'
import type { Learned } from '../../policy/retrieval/learned.ts'
import { readLearned } from '../../policy/retrieval/learned-file.ts'
import { type KnownQuestion, learn } from '../../policy/retrieval/learning.ts'
import type { PolicyLibrary } from '../../policy/retrieval/library.ts'
import { type Call, textOf, WrongCall } from '../command.ts'
import { knownArticles, type RetrievalFiles } from './retrieval-file.ts'
import { wording } from './wording.ts'

/** In how many parts the questions are asked, each with what was learned from the others; 0 for the table that comes along. */
export function foldsOf({ options }: Call): number {
  const folds = textOf(options.folds)
  if (folds === undefined) return 0
  if (!/^([2-9]|1\d|20)$/.test(folds)) throw new WrongCall(wording.retrieval.wrongFolds)
  return Number(folds)
}

/** Questions and what was learned without them. */
export interface Taught {
  learned: Learned
  questions: readonly KnownQuestion[]
}

/** All questions with the table that comes along, or by folds. */
export const taughtFor = async (
  library: PolicyLibrary,
  files: RetrievalFiles,
  folds: number,
  call: Call,
): Promise<Taught[]> => (folds === 0 ? [await shipped(files)] : taughtByFolds(library, files, folds, call))

const shipped = async ({ questions }: RetrievalFiles): Promise<Taught> => ({
  learned: readLearned(await readFile(learnedTable, 'utf8')),
  questions,
})

/** Each part of the questions with what was learned from the other parts only. */
function taughtByFolds(library: PolicyLibrary, files: RetrievalFiles, folds: number, call: Call): Taught[] {
  const { questions, documents } = files
  const known = knownArticles(documents)
  const inOrder = call.options['in-order'] === true
  const foldOf = (i: number) => (inOrder ? Math.floor((i * folds) / questions.length) : i % folds)
  return Array.from({ length: folds }, (_, fold) => {
    const others = questions.filter((_, i) => foldOf(i) !== fold)
    const learned = learn(library, known, others, done =>
      call.terminal.progress(fold * others.length + done, folds * others.length),
    )
    return { learned, questions: questions.filter((_, i) => foldOf(i) === fold) }
  })
}
