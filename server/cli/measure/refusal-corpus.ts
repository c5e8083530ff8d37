import { Retrieval } from '../../policy/retrieval.ts'
import type { PolicyDocument } from '../../policy/retrieval/catalogue.ts'
import { lawAndLabel } from '../../policy/retrieval/corpus.ts'
import { PolicyLibrary } from '../../policy/retrieval/library.ts'
import { namesOf } from '../../policy/retrieval/name-index.ts'
import { type Call, textOf, WrongCall } from '../command.ts'
import type { RefusalCorpus, RefusalSearch } from './evaluate-refusal.ts'
import { readRetrievalFiles } from './retrieval-file.ts'
import { smallCorpora } from './small-corpus.ts'
import { foldsOf, taughtFor } from './taught.ts'
import { wording } from './wording.ts'

/** The size that means all documents. */
const ALL = 'all'
const NOTHING = { hits: [], absent: [], missing: [] }

/**
 * `--corpus` and `--queries` with the product's own retrieval over them, in corpora of `--sizes`; with `--folds` no
 * question is asked of what was learned from it.
 */
export async function openRefusalCorpus(call: Call): Promise<RefusalCorpus> {
  const sizes = sizesOf(call)
  const files = await readRetrievalFiles(call)
  const { documents } = files
  const questions = files.questions.map((question, number) => ({ ...question, number }))
  const whole = new PolicyLibrary()
  whole.add(documents)
  const taught = await taughtFor(whole, files, foldsOf(call), call)
  const texts = new Map(documents.flatMap(({ articles }) => articles.map(({ key, text }) => [key, text])))
  // The last name is the plain one, without the version.
  const names = new Map(documents.map(document => [document.key, namesOf(document).at(-1) ?? document.key]))
  const nameOf = (key: string) => names.get(lawAndLabel(key).law) ?? lawAndLabel(key).law
  const searchIn = (among: readonly PolicyDocument[]): RefusalSearch => {
    const library = new PolicyLibrary()
    library.add(among)
    const retrievals = new Map(
      taught.flatMap(({ learned, questions: part }) => {
        const retrieval = new Retrieval(library, learned)
        return part.map(({ question }) => [question, retrieval] as const)
      }),
    )
    const laws = new Set(among.map(({ key }) => names.get(key)))
    return {
      search: (question, limit) => retrievals.get(question)?.search({ question, limit }) ?? NOTHING,
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
