import type { QuestionType } from '#shared/question'
import { judgeWords } from './wording.ts'

/** What grading needs to know of a question. */
export interface Gradable {
  type: QuestionType
  options: readonly { label: string }[]
  /** Labels, or the texts of the gaps. */
  key: readonly string[]
  /** Blanks only: the texts belong to the gaps in their order; otherwise they are a set. */
  ordered: boolean
}

/** Why an answer cannot be graded; the code of the failure the cadre is told. */
export type Ungradable = 'request.invalid' | 'quiz.option-unknown' | 'quiz.one-option'

/**
 * What was chosen, in the form it is stored and graded: labels sorted and once each, or the texts of the gaps trimmed.
 * An answer that chooses nothing, an unknown label, two labels where one is asked or more texts than gaps is told by
 * its code.
 */
export function readChosen(
  question: Gradable,
  chosen: readonly string[],
): { chosen: string[] } | { fault: Ungradable } {
  if (question.type === 'blank') return readTexts(question.key.length, chosen)
  const labels = [...new Set(chosen.map(text => labelOf(question.type, text)))].sort()
  if (labels.length === 0) return { fault: 'request.invalid' }
  const known = new Set(question.options.map(option => option.label))
  if (labels.some(label => !known.has(label))) return { fault: 'quiz.option-unknown' }
  if (labels.length > 1 && question.type !== 'multiple') return { fault: 'quiz.one-option' }
  return { chosen: labels }
}

function readTexts(gaps: number, chosen: readonly string[]): { chosen: string[] } | { fault: Ungradable } {
  const texts = chosen.map(text => text.trim())
  if (texts.length > gaps || texts.every(text => text === '')) return { fault: 'request.invalid' }
  return { chosen: texts }
}

/** A label as typed: full-width and small letters are the same; a judge question also takes words. */
function labelOf(type: QuestionType, text: string): string {
  const plain = text.normalize('NFKC').trim().toUpperCase()
  if (type !== 'judge') return plain
  if (judgeWords.A.includes(plain)) return 'A'
  return judgeWords.B.includes(plain) ? 'B' : plain
}

/**
 * True when exactly the key was chosen; a half-right multiple choice is wrong. Labels count in any order, texts in
 * their order where the question says so. Expects what `readChosen` gave.
 */
export function isCorrect(question: Gradable, chosen: readonly string[]): boolean {
  if (chosen.length !== question.key.length) return false
  if (question.type !== 'blank') return question.key.every(label => chosen.includes(label))
  const key = question.key.map(plainText)
  const given = chosen.map(plainText)
  if (!question.ordered) {
    key.sort()
    given.sort()
  }
  return key.every((text, index) => text === given[index])
}

/**
 * A text as it is compared: NFKC, small letters, without spaces and punctuation. Signs that carry meaning stay: those
 * inside or before a number (3.5, 1/7, 2:1, -4) and % ‰. A text of nothing but punctuation is compared as it is.
 */
export function plainText(text: string): string {
  const folded = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\s+/gu, '')
    .replace(/(?<=\d),(?=\d{3})/gu, '')
  const plain = folded.replace(/\p{P}/gu, (sign, at: number) => (isMeant(folded, sign, at) ? sign : ''))
  return plain === '' ? folded : plain
}

function isMeant(text: string, sign: string, at: number): boolean {
  if (sign === '%' || sign === '‰') return true
  const isDigit = (char: string | undefined) => char !== undefined && /\d/u.test(char)
  if (!isDigit(text[at + 1])) return false
  return sign === '-' ? true : ['.', '/', ':'].includes(sign) && isDigit(text[at - 1])
}
