import { readFile } from 'node:fs/promises'
import { learnedTable } from '../../policy/index-service.ts'
import { Retrieval } from '../../policy/retrieval.ts'
import { lawAndLabel } from '../../policy/retrieval/corpus.ts'
import { readLearned } from '../../policy/retrieval/learned-file.ts'
import { PolicyLibrary } from '../../policy/retrieval/library.ts'
import { namesOf } from '../../policy/retrieval/name-index.ts'
import type { Call } from '../command.ts'
import type { RefusalCorpus } from './evaluate-refusal.ts'
import { readRetrievalFiles } from './retrieval-file.ts'

/** `--corpus` and `--queries` with the product's own retrieval over them. */
export async function openRefusalCorpus(call: Call): Promise<RefusalCorpus> {
  const { documents, questions } = await readRetrievalFiles(call)
  const library = new PolicyLibrary()
  library.add(documents)
  const retrieval = new Retrieval(library, readLearned(await readFile(learnedTable, 'utf8')))
  const texts = new Map(documents.flatMap(({ articles }) => articles.map(({ key, text }) => [key, text])))
  // The last name is the plain one, without the version.
  const names = new Map(documents.map(document => [document.key, namesOf(document).at(-1)]))
  return {
    questions,
    search: (question, limit) => retrieval.search({ question, limit }),
    textOf: key => texts.get(key) ?? '',
    clauseOf: key => {
      const { law, label } = lawAndLabel(key)
      return `${names.get(law) ?? law}#${label}`
    },
  }
}
