import type { ChatAction } from '#shared/chat'
import type { Question } from '#shared/question'
import { commands, DONT_KNOW, POSTPONE, RIGHT, WRONG } from './words-vocabulary.ts'

/** The question that waits for an answer, as far as reading an answer needs it. */
export interface Waiting {
  paper: string
  round: number
  question: Question
}

/** Why a text that looks like an answer is none. */
export type Hint =
  | { hint: 'no-such-option'; given: string[]; last: string }
  | { hint: 'one-option' }
  | { hint: 'letters'; last: string }
  | { hint: 'gaps'; blanks: number }
  | { hint: 'too-long' }
  | { hint: 'nothing-open' }

/** What a typed text asks for: the same action a tap would send, a hint, or none of these. */
export type Reading = { action: ChatAction } | Hint | { free: true }

/** Longest text a gap takes; the same limit as in the API table. */
const GAP_LIMIT = 200

const byWord = new Map(commands.flatMap(([command, words]) => words.map(word => [word, command] as const)))

/** What a typed text means while `open` waits for an answer, or while nothing does. */
export function read(text: string, open: Waiting | null): Reading {
  const token = tokenOf(text)
  const command = byWord.get(token)
  if (command) return { action: command }
  if (DONT_KNOW.has(token))
    return open ? { action: { type: 'dont-know', ...placeOf(open), round: open.round } } : nothingOpen
  if (POSTPONE.has(token)) return open ? { action: { type: 'postpone', ...placeOf(open) } } : nothingOpen
  if (!open) return looksLikeAnswer(token) ? nothingOpen : { free: true }
  if (/\?$/.test(token)) return { free: true }
  if (open.question.type === 'blank') return readGaps(text, open)
  return readOptions(token, open)
}

const nothingOpen: Hint = { hint: 'nothing-open' }

const ALL_LABELS = [...'ABCDEFGH']

/** A token that could only be meant as an answer, though nothing waits for one. */
const looksLikeAnswer = (token: string): boolean =>
  RIGHT.has(token) || WRONG.has(token) || lettersOf(token, ALL_LABELS) !== undefined

/** The text in half-width lower-case letters, without surrounding space, quotes and closing marks. */
function tokenOf(text: string): string {
  const plain = text
    .normalize('NFKC')
    .replace(/\ufe0f/g, '')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim()
  return plain
    .replace(/^["'“”‘’「『(]+/, '')
    .replace(/[.。!~…,、;"'“”‘’」』)]+$/, '')
    .trim()
}

const placeOf = ({ paper, question }: Waiting) => ({ paper, question: question.id })

const answered = (open: Waiting, chosen: string[], guessed: boolean): Reading => ({
  action: { type: 'answer', ...placeOf(open), round: open.round, chosen, ...(guessed && { guessed }) },
})

function readOptions(token: string, open: Waiting): Reading {
  const guess = /^(?:我猜是?|猜是?|蒙一个|我蒙) ?[:：]? ?(?=.)/.exec(token)?.[0] ?? ''
  const rest = token.slice(guess.length).replace(/^(?:我?选|答案是?|应该选) ?[:：]? ?(?=.)/, '')
  const truth = RIGHT.has(rest) ? true : WRONG.has(rest) ? false : undefined
  if (open.question.type === 'judge' && truth !== undefined) {
    return answered(open, [labelOf(open.question, truth)], guess !== '')
  }
  const labels = open.question.options.map(option => option.label)
  const letters = lettersOf(rest, labels)
  if (letters) return checkLetters(letters, labels, open, guess !== '')
  return truth === undefined ? { free: true } : { hint: 'letters', last: labels.at(-1) ?? '' }
}

/** The letters of a token that is nothing but option letters; none when it may as well be a word. */
function lettersOf(token: string, labels: string[]): string[] | undefined {
  if (!/^[a-z](?:[ ,、;./+和跟]*[a-z])*(?:项)?$/.test(token)) return undefined
  const letters = [...new Set(token.toUpperCase().match(/[A-Z]/g))]
  const looksLikeOptions =
    letters.length === 1 || letters.every(letter => letter <= 'H' || labels.includes(letter))
  return looksLikeOptions ? letters : undefined
}

function checkLetters(letters: string[], labels: string[], open: Waiting, guessed: boolean): Reading {
  const given = letters.filter(letter => !labels.includes(letter))
  if (given.length > 0) return { hint: 'no-such-option', given, last: labels.at(-1) ?? '' }
  if (letters.length > 1 && open.question.type !== 'multiple') return { hint: 'one-option' }
  return answered(open, letters.sort(), guessed)
}

/** A judge question offers 正确 and 错误; A and B unless its options say otherwise. */
function labelOf({ options }: Question, truth: boolean): string {
  const words = truth ? RIGHT : WRONG
  return options.find(option => words.has(option.text))?.label ?? (truth ? 'A' : 'B')
}

function readGaps(text: string, open: Waiting): Reading {
  const plain = text.trim()
  const guess = /^(?:我猜是?\s*[:：]?\s*|猜\s+)(?=\S)/.exec(plain)?.[0] ?? ''
  const filled = plain.slice(guess.length)
  const blanks = Math.max(1, open.question.blanks)
  const gaps = split(filled, blanks)
  if (!gaps) return { hint: 'gaps', blanks }
  if (gaps.some(gap => gap.length > GAP_LIMIT)) return { hint: 'too-long' }
  return answered(open, gaps, guess !== '')
}

/** The text cut into as many parts as there are gaps, by the first separator that gives that number. */
function split(text: string, blanks: number): string[] | undefined {
  if (blanks === 1) return [text]
  for (const separator of [/[；;]/, /[、|]/, /[，,]/, /\s+/, /[；;、|，,\s]+/]) {
    const parts = text.split(separator).map(part => part.trim())
    if (parts.length === blanks && parts.every(part => part !== '')) return parts
  }
  return undefined
}
