import { comparable, foldWidth, tidy } from './fold.ts'
import { findOptionRun } from './option.ts'
import type { RawOption } from './raw.ts'

/** A gap to fill in: empty brackets or a line. */
const GAP = /[(\[]\s*_*\s*[)\]]|_{2,}(?:\s*_+)*|[—﹍]{3,}|【\s*】/g

/** How many gaps a stem shows. */
export const countGaps = (stem: string): number => [...foldWidth(stem).matchAll(GAP)].length

const MARKED_NUMBER =
  /^\s*(?:第\s*(\d{1,4})\s*[题道][、.:)]?|[(\[]\s*(\d{1,4})\s*[)\]][、.:]?|(?:q|question)\s*(\d{1,4})\s*[、.:)]|(?:题目?|试题)\s*(\d{1,4})\s*[、.:)]?|(\d{1,4})\s*[、)]|(\d{1,4})\s*\.(?!\d)|(\d{1,4})\s*:(?!\d))\s*/i

/** The number a stem opens with where a mark follows it ("17、", "3.", "第5题"), and how long both are. */
export function markedNumber(text: string): { number: number; length: number } | null {
  const match = MARKED_NUMBER.exec(foldWidth(text))
  const digits = match?.slice(1).find(group => group !== undefined)
  return match === null || digits === undefined ? null : { number: Number(digits), length: match[0].length }
}

/** A number with nothing, a space or a point and another digit behind it: only its neighbours tell what it is. */
function bareNumber(text: string): { number: number; length: number } | null {
  const match = /^\s*(\d{1,4})(\s*[.:](?=\d)|\s*)(?![\d年月日个%岁℃世纪条项元度级])/.exec(foldWidth(text))
  return match === null ? null : { number: Number(match[1]), length: match[0].length }
}

/** "二、" goes where nine stems in ten are counted so. */
const CHINESE_NUMBER = /^\s*[一二三四五六七八九十百]{1,5}\s*[、.．]\s*(?=\S)/

/**
 * Takes running numbers off the stems of one list. A number with a mark goes always; a bare one ("1530将…", "12.5G…")
 * only where nine stems in ten carry a marked number and it continues the count by at most three.
 */
export function withoutNumbers(given: string[]): string[] {
  const counted = given.filter(stem => CHINESE_NUMBER.test(stem)).length
  const stems =
    counted > 1 && counted >= given.length * 0.9 ? given.map(stem => stem.replace(CHINESE_NUMBER, '')) : given
  const marked = stems.map(stem => markedNumber(stem))
  const numbered = marked.filter(mark => mark !== null).length
  const regular = numbered >= 3 && numbered >= stems.length * 0.9
  let last = 0
  return stems.map((stem, index) => {
    const bare = regular ? bareNumber(stem) : null
    const follows = bare !== null && Math.abs(bare.number - last - 1) <= 3
    const mark = marked[index] ?? (follows ? bare : null)
    if (mark === null) return stem
    last = mark.number
    // A list of numbers behind the number is what a broken automatic numbering leaves.
    const rest = stem.slice(mark.length).replace(/^(?:\d{1,4}、){5,}/, '')
    return rest.trim() === '' ? stem : rest
  })
}

/** Who sent a question in is not part of it: （出题：…）, 【推荐：…】 at the end of a stem. */
const CREDIT =
  /\s*[（(【\[][^（(【\[）)】\]]{0,24}?(?:出题|推荐|命题|供题)(?:单位|人|学校)?\s*[:：]?(?:[^（()）【】\[\]]|[（(][^（()）]*[）)])*[）)】\]]?\s*$/
/** The same without brackets, behind a gap or the end of a sentence. */
const BARE_CREDIT = /(?<=[_）)。？?])\s*(?:出题|推荐|命题|供题)(?:单位|人)?\s*[:：][^（()）【】_]{1,60}$/
/** Questionnaires write the type behind the stem: "[单选题] *". */
const TYPE_TAIL = /\s*[（(【\[]\s*((?:单项?选择?|多项?选择?|不定项选择?|判断|填空)题?)\s*[）)】\]]\s*\*?\s*$/
const TYPE_NOTE = /^\s*[（(【\[]\s*(?:单项?选择?|多项?选择?|不定项选择?|判断|填空)题?\s*[）)】\]]\s*/

/** A stem as it is shown: without credits, a repeated type and the options it repeats. */
export function cleanStem(stem: string, options: RawOption[]): string {
  // A line to write on below the stem is drawn for paper.
  let text = withoutRepeatedOptions(tidy(stem), options).replace(/\n[_\s（(]+$/, '')
  for (let round = 0; round < 2; round++)
    text = text.replace(CREDIT, '').replace(BARE_CREDIT, '').replace(TYPE_NOTE, '').replace(TYPE_TAIL, '')
  return text.trim()
}

/** Cuts options off the end of a stem where they begin as the question's own two first ones do. */
function withoutRepeatedOptions(stem: string, options: RawOption[]): string {
  const bare = (text: string) => comparable(text).replace(/[,.:)·\s]/g, '')
  const [first, second] = options
  if (first === undefined || second === undefined || first.text === '' || second.text === '') return stem
  const wanted = bare(first.label + first.text + second.label + second.text)
  for (const match of [...foldWidth(stem).matchAll(/(?<![A-Za-z])A\s*[、.:)·]\s*/g)].reverse()) {
    if (bare(stem.slice(match.index)).startsWith(wanted)) return stem.slice(0, match.index).trim()
  }
  return stem
}

/** The type written in brackets behind or before a stem, '' when there is none. */
export const typeInStem = (stem: string): string =>
  TYPE_TAIL.exec(stem)?.[1] ?? TYPE_NOTE.exec(stem)?.[0].replace(/[\s（(【\[\]】)）]/g, '') ?? ''

/** Splits a text that holds stem and options ("…（ ）A、甲 B、乙"); options are empty when it holds none. */
export function splitStem(text: string): { stem: string; options: RawOption[] } {
  const run = findOptionRun(text)
  return run === null || text.slice(0, run.start).trim() === ''
    ? { stem: text, options: [] }
    : { stem: text.slice(0, run.start).trim(), options: run.options }
}

/** "宪法是根本法。 对" and "……。√". */
function verdictAtEnd(stem: string): AnswerInStem | null {
  const match = /[。.！!）)]\s*(√|×|✓|✗)\s*$|[。.！!）)]\s+(对|错|正确|错误)\s*$/.exec(stem)
  const answer = match?.[1] ?? match?.[2]
  return match === null || answer === undefined
    ? null
    : { answer, judged: true, stem: stem.slice(0, match.index + 1) }
}

/** An answer found in a stem, and the stem without it. */
export interface AnswerInStem {
  answer: string
  stem: string
  judged: boolean
}

const ANSWER_BRACKET = /[(\[]\s*((?:[A-L][\s,、;.]*){1,12}|[√×✓✗✔✘对错TF]|正确|错误)\s*[)\]]/g

/**
 * The answer an author wrote into the brackets of a stem ("…是（ A ）。", "……（√）"), and the stem with the bracket
 * emptied. Null when there is none, or more than one.
 */
export function answerInStem(stem: string): AnswerInStem | null {
  const matches = [...foldWidth(stem).matchAll(ANSWER_BRACKET)]
  if (matches.length === 0) return verdictAtEnd(stem)
  const [match] = matches
  if (match === undefined || matches.length > 1) return null
  const answer = (match[1] ?? '').trim()
  const judged = !/^[A-L\s,、;.]+$/.test(answer)
  const end = match.index + match[0].length
  const outer = /^[\s。.；;]*$/.test(stem.slice(end)) || stem.slice(0, match.index).trim() === ''
  // A word in brackets in the middle of a sentence is a remark, not a verdict.
  if (judged && !outer) return null
  const gap = judged ? '' : `${stem[match.index] ?? ''} ${stem[end - 1] ?? ''}`
  return { answer, judged, stem: (stem.slice(0, match.index) + gap + stem.slice(end)).trim() }
}
