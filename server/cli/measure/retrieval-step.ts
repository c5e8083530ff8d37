import { Retrieval } from '../../policy/retrieval.ts'
import type { Learned } from '../../policy/retrieval/learned.ts'
import type { PolicyLibrary } from '../../policy/retrieval/library.ts'
import type { ReadingStep } from '../../policy/retrieval/question.ts'
import type { Feature } from '../../policy/retrieval/ranking.ts'

/** The steps of a search that can be left out one at a time: what is done with the question, and what is weighed. */
export const STEPS = [
  'citations',
  'asking-words',
  'everyday-words',
  'heading',
  'coverage',
  'lawShare',
  'length',
  'links',
  'lawPrior',
] as const

export type Step = (typeof STEPS)[number]

const READING: readonly ReadingStep[] = ['citations', 'asking-words', 'everyday-words']
/** Features that go with another. */
const COMPANIONS: Partial<Record<Step, Feature>> = { length: 'opening', citations: 'named' }

/** The search without a step; the other weights stay as they are. */
export function retrievalWithout(step: Step, library: PolicyLibrary, learned: Learned): Retrieval {
  const none = [step, COMPANIONS[step]].filter(one => one !== undefined)
  const ranking = { ...learned.ranking, ...Object.fromEntries(none.map(one => [one, 0])) }
  const cut: Learned = {
    ...{ ...learned, ranking },
    ...(step === 'links' && { links: new Map() }),
    ...(step === 'lawPrior' && { laws: [] }),
  }
  return new Retrieval(library, cut, new Set(READING.filter(one => one === step)))
}
