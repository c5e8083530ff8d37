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
  // A letter names an option of a list that is not here.
  if (answers.some(answer => /^\s*[A-L]\s*$/i.test(foldWidth(String(answer))))) return question
  const texts = [
    ...answers.map(answer => ({ text: String(answer), right: true })),
    ...distractors.map(text => ({ text, right: false })),
  ]
  const order = (text: string) => foldWidth(text)
  texts.sort((a, b) => (order(a.text) < order(b.text) ? -1 : 1))
  // English files call a question with several options "multiple".
  const type = question.type === 'multiple' && answers.length === 1 ? null : question.type
  return {
    ...question,
    type,
    answers: [],
    options: texts.map((each, at) => ({ ...each, label: labelAt(at) })),
  }
}
