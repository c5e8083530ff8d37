import { readFile } from 'node:fs/promises'
import { learnedTable } from '../../policy/index-service.ts'
import { Retrieval } from '../../policy/retrieval.ts'
import type { PolicyDocument } from '../../policy/retrieval/catalogue.ts'
import { lawAndLabel } from '../../policy/retrieval/corpus.ts'
import { readLearned } from '../../policy/retrieval/learned-file.ts'
import { PolicyLibrary } from '../../policy/retrieval/library.ts'
import { namesOf } from '../../policy/retrieval/name-index.ts'
import { type Call, textOf, WrongCall } from '../command.ts'
import type { RefusalCorpus, RefusalSearch } from './evaluate-refusal.ts'
import { readRetrievalFiles } from './retrieval-file.ts'
import { smallCorpora } from './small-corpus.ts'
import { wording } from './wording.ts'

/** The size that means all documents. */
const ALL = 'all'

/** `--corpus` and `--queries` with the product's own retrieval over them, in corpora of `--sizes`. */
export async function openRefusalCorpus(call: Call): Promise<RefusalCorpus> {
  const sizes = sizesOf(call)
  const { documents, questions: read } = await readRetrievalFiles(call)
  const questions = read.map((question, number) => ({ ...question, number }))
  const learned = readLearned(await readFile(learnedTable, 'utf8'))
  const texts = new Map(documents.flatMap(({ articles }) => articles.map(({ key, text }) => [key, text])))
  // The last name is the plain one, without the version.
  const names = new Map(documents.map(document => [document.key, namesOf(document).at(-1) ?? document.key]))
  const nameOf = (key: string) => names.get(lawAndLabel(key).law) ?? lawAndLabel(key).law
  const searchIn = (among: readonly PolicyDocument[]): RefusalSearch => {
    const library = new PolicyLibrary()
    library.add(among)
    const retrieval = new Retrieval(library, learned)
    const laws = new Set(among.map(({ key }) => names.get(key)))
    return {
      search: (question, limit) => retrieval.search({ question, limit }),
      hasLawOf: gold => gold.some(key => laws.has(nameOf(key))),
    }
  }
  return {
    textOf: key => texts.get(key) ?? '',
    clauseOf: key => `${nameOf(key)}#${lawAndLabel(key).label}`,
    sizes: sizes.map(size => ({
      size,
      corpora: (size === ALL
        ? [{ documents, questions }]
        : smallCorpora(documents, questions, Number(size))
      ).map(corpus => ({ questions: corpus.questions, open: () => searchIn(corpus.documents) })),
    })),
  }
}

function sizesOf({ options }: Call): string[] {
  const sizes = (textOf(options.sizes) ?? ALL).split(',')
  if (!sizes.every(size => size === ALL || /^[1-9]\d{1,5}$/.test(size)))
    throw new WrongCall(wording.refusal.wrongSizes)
  return sizes
}
