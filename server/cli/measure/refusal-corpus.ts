import { Retrieval } from '../../policy/retrieval.ts'
import { lawAndLabel } from '../../policy/retrieval/corpus.ts'
import { PolicyLibrary } from '../../policy/retrieval/library.ts'
import { namesOf } from '../../policy/retrieval/name-index.ts'
import type { Call } from '../command.ts'
import type { RefusalCorpus } from './evaluate-refusal.ts'
import { readRetrievalFiles } from './retrieval-file.ts'
import { foldsOf, taughtFor } from './taught.ts'

/** `--corpus` and `--queries` with the product's own retrieval over them: with --folds no question is asked of what was learned from it. */
export async function openRefusalCorpus(call: Call): Promise<RefusalCorpus> {
  const folds = foldsOf(call)
  const files = await readRetrievalFiles(call)
  const { documents, questions } = files
  const library = new PolicyLibrary()
  library.add(documents)
  const taught = await taughtFor(library, files, folds, call)
  const retrievals = new Map(
    taught.flatMap(({ learned, questions: part }) => {
      const retrieval = new Retrieval(library, learned)
      return part.map(({ question }) => [question, retrieval] as const)
    }),
  )
  const texts = new Map(documents.flatMap(({ articles }) => articles.map(({ key, text }) => [key, text])))
  // The last name is the plain one, without the version.
  const names = new Map(documents.map(document => [document.key, namesOf(document).at(-1)]))
  return {
    questions,
    search: (question, limit) =>
      retrievals.get(question)?.search({ question, limit }) ?? { hits: [], absent: [], missing: [] },
    textOf: key => texts.get(key) ?? '',
    clauseOf: key => {
      const { law, label } = lawAndLabel(key)
      return `${names.get(law) ?? law}#${label}`
    },
  }
}
