import {
  ASKS,
  DONE_TO_THINGS,
  FORBIDDEN,
  MODALS,
  SAME_WORDS,
  WEIGHTLESS,
  YES_OR_NO,
} from './same-meaning-vocabulary.ts'
import { readNumeral } from './split/numeral.ts'

/** How it is asked, each kind as one character that no text has. */
const KINDS = [...ASKS, ...MODALS].map(([kind]) => kind)
const markOf = (kind: string): string => String.fromCodePoint(0xe000 + KINDS.indexOf(kind))
const MARKS = /\p{Co}/gu
const FORBIDDEN_MARK = '×'
const NUMERAL = /[零〇一二两三四五六七八九十百千]+/gu
/** A question that says less than this says nothing that could be compared. */
const LEAST = 2

/**
 * What a question means, as a text: two questions mean the same exactly if these are equal and not ''. Every character
 * counts (figures, negations, names of laws, every noun and verb in its order) but for what `same-meaning-vocabulary`
 * says to weigh nothing or to mean one thing: a question is rather taken for another one than answered by the answer to
 * another. '' where too little is left to compare.
 */
export function meaningOf(question: string): string {
  const { rest, asks } = withoutAsking(foldWords(question))
  const said = verbLast(rest)
  return [...said].length < LEAST ? '' : `${[...asks].sort().join(' ')}|${said}`
}

/** Two questions mean the same; the meaning of an empty one is that of none. */
export function sameMeaning(one: string, other: string): boolean {
  const meaning = meaningOf(one)
  return meaning !== '' && meaning === meaningOf(other)
}

function foldWords(question: string): string {
  const light = WEIGHTLESS.reduce((text, words) => text.replace(words, ''), bare(question))
  const counted = light.replace(NUMERAL, numeral => {
    const value = readNumeral(numeral)
    return Number.isNaN(value) ? numeral : String(value)
  })
  return SAME_WORDS.reduce((text, [words, one]) => text.replace(words, one), counted)
}

/**
 * Takes out how it is asked: the kinds, and what is asked about. Where two things are asked each stays in its place, as
 * it belongs to the words beside it.
 */
function withoutAsking(text: string): { rest: string; asks: Set<string> } {
  const asked = marked(text, ASKS).replace(FORBIDDEN, FORBIDDEN_MARK)
  const told = asked.replace(YES_OR_NO, '')
  const whole = marked(told, MODALS)
  const marks = [...(whole.match(MARKS) ?? [])]
  const asking = [...(asked.match(MARKS) ?? [])]
  if (asking.length > 1 || marks.length - asking.length > 1) return { rest: whole, asks: new Set() }
  if (marks.length === 0) return { rest: whole, asks: new Set(told === asked ? [] : ['yes-no']) }
  return { rest: whole.replace(MARKS, ''), asks: new Set(marks.map(kindOf)) }
}

const marked = (text: string, words: readonly (readonly [kind: string, words: RegExp])[]): string =>
  words.reduce((from, [kind, pattern]) => from.replace(pattern, markOf(kind)), text)

const kindOf = (mark: string): string => KINDS[(mark.codePointAt(0) ?? 0) - 0xe000] ?? ''

/** 申请低保 as 低保申请. */
function verbLast(text: string): string {
  const verb = DONE_TO_THINGS.find(each => text.startsWith(each) && text.length > each.length)
  return verb === undefined ? text : text.slice(verb.length) + verb
}

/** Without marks and blanks, in one width and case. */
const bare = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]/gu, '')
