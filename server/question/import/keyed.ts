import { labelAt } from './option.ts'
import type { RawAnswer, RawQuestion } from './raw.ts'

/** Options a file names by number ({"1": "甲", "2": "乙"}) get letters, and so does an answer that names them. */
export function withLettersForKeys(question: RawQuestion): RawQuestion {
  const { options, answers } = question
  const labels = options.map(({ label }) => label)
  if (labels.length < 2 || new Set(labels).size < labels.length) return question
  if (!labels.every(label => /^\d{1,2}$/.test(label))) return question
  const letters = (answer: RawAnswer): RawAnswer => {
    const pieces = String(answer).split(/[\s,，、;；|]+/)
    const places = pieces.map(piece => labels.indexOf(piece))
    return places.includes(-1) ? answer : places.map(labelAt).join('')
  }
  return {
    ...question,
    options: options.map((option, index) => ({ ...option, label: labelAt(index) })),
    answers: answers.map(letters),
  }
}
