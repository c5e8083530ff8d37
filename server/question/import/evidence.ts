import { decideIndexBase, type IndexBase } from './index-base.ts'
import type { RawQuestion } from './raw.ts'
import { readVerdict } from './type.ts'

/** What only the whole file can tell, so that no row is guessed by itself. */
export interface Evidence {
  base: IndexBase
  /** Judge questions that list their options: the label all of them give to 正确, null when none or different ones. */
  rightLabel: string | null
  /** "Multiple choice" means many right answers only in a file that also knows single ones. */
  knowsSingle: boolean
}

/** Gathers it from all questions of a file. */
export function gatherEvidence(questions: RawQuestion[]): Evidence {
  const labels = new Set<string>()
  for (const { options } of questions) {
    const filled = options.filter(option => option.text !== '')
    const right = filled.find(option => readVerdict(option.text) === true)
    const wrong = filled.find(option => readVerdict(option.text) === false)
    if (filled.length === 2 && right !== undefined && wrong !== undefined) labels.add(right.label)
  }
  return {
    base: decideIndexBase(questions),
    rightLabel: labels.size === 1 ? ([...labels][0] ?? null) : null,
    knowsSingle: questions.some(question => question.type === 'single'),
  }
}
