import { decideIndexBase, type IndexBase } from './index-base.ts'
import { withoutLabels } from './option.ts'
import type { RawQuestion } from './raw.ts'
import { readVerdict } from './type.ts'

/** What only the whole file can tell, so that no row is guessed by itself. */
export interface Evidence {
  base: IndexBase
  /** The label the file and all its judge questions with options give to 正确; null when none or different ones. */
  rightLabel: string | null
  /** "Multiple choice" means many right answers only in a file that also knows single ones. */
  knowsSingle: boolean
}

/** Gathers it from all questions of a file, and the letter the file says means 正确. */
export function gatherEvidence(questions: RawQuestion[], legend: string | null): Evidence {
  const labels = new Set<string>(legend === null ? [] : [legend])
  for (const { options } of questions) {
    const filled = withoutLabels(options.filter(option => option.text !== ''))
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
