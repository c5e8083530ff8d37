import { foldWidth } from './fold.ts'
import { labelAt } from './option.ts'
import type { RawQuestion } from './raw.ts'

/**
 * Where a file keeps the wrong options apart from the right ones (干扰项, incorrect_answers), all become options, in
 * the order of their letters, so that the right one does not always come first.
 */
export function withDistractors(question: RawQuestion): RawQuestion {
  const { distractors, answers, options } = question
  if (distractors.length === 0 || options.length > 0) return question
  const texts = [
    ...answers.map(answer => ({ text: String(answer), right: true })),
    ...distractors.map(text => ({ text, right: false })),
  ]
  const order = (text: string) => foldWidth(text)
  texts.sort((a, b) => (order(a.text) < order(b.text) ? -1 : 1))
  return { ...question, answers: [], options: texts.map((each, at) => ({ ...each, label: labelAt(at) })) }
}
