import { comparable, foldWidth } from './fold.ts'
import type { RawAnswer, RawQuestion } from './raw.ts'

/** Where a file that answers by number begins to count; or why that cannot be told; 'none' when it does not. */
export type IndexBase = 0 | 1 | 'undecided' | 'contradictory' | 'none'

/** One row in twenty may be broken without making the whole file doubtful. */
const TOLERATED = 1 / 20

/** The numbers of an answer that may be places of options ("2", [0, 3], "1,3"); null when it is anything else. */
export function numbersOf(answers: RawAnswer[]): number[] | null {
  const numbers = answers.flatMap(answer => {
    if (typeof answer === 'number') return [answer]
    if (typeof answer === 'boolean') return [NaN]
    const folded = foldWidth(answer).trim()
    return /^\d{1,2}(?:\s*[,、;|\s]\s*\d{1,2})*$/.test(folded)
      ? folded.split(/[,、;|\s]+/).map(Number)
      : [NaN]
  })
  return numbers.length > 0 && numbers.every(number => Number.isInteger(number) && number >= 0)
    ? numbers
    : null
}

/**
 * Decides from all questions with options: a 0 speaks for counting from 0, a number equal to the count of options
 * for counting from 1. Answers that are mostly letters or words make numbers words, too.
 */
export function decideIndexBase(questions: RawQuestion[]): IndexBase {
  let [indexes, others, zeros, lasts, weights] = [0, 0, 0, 0, 0]
  for (const question of questions) {
    const count = question.options.filter(option => option.text !== '').length
    if (count < 2 || question.answers.length === 0) continue
    const numbers = numbersOf(question.answers)
    if (numbers === null) {
      others++
      continue
    }
    // Typed numbers are places; digits in text that are an option's words speak for words.
    const worded = question.answers.some(answer => typeof answer === 'string' && isOption(question, answer))
    if (worded && (others > 0 || numbers.every(number => number > count))) others++
    else indexes++
    if (numbers.includes(0)) zeros++
    if (numbers.includes(count)) lasts++
    // 8 with four options is no place: such files add up 1, 2, 4 and 8.
    if (count > 3 && numbers.includes(2 ** (count - 1))) weights++
  }
  if (indexes === 0 || indexes < others) return 'none'
  if (weights > 0 || (zeros === 0 && lasts === 0)) return 'undecided'
  if (lasts <= zeros * TOLERATED) return 0
  return zeros <= lasts * TOLERATED ? 1 : 'contradictory'
}

const isOption = (question: RawQuestion, answer: string): boolean =>
  question.options.some(option => comparable(option.text) === comparable(answer))
