import { foldWidth } from './fold.ts'
import type { Meaning, MeantLine } from './line.ts'
import { countGaps } from './stem.ts'
import { leadingVerdict, readType } from './type.ts'
import { ANSWER_BLOCK, type StatedType } from './vocabulary.ts'

/** One answer out of a list at the end of a paper; `type` is the section it stands under, null when none is named. */
export interface ListedAnswer {
  type: StatedType | null
  /** How many sections of the list came before it, so that equal types stay apart. */
  section: number
  number: number
  answer: string
  explanation: string
}

/** A list of answers: the lines it takes, from and to, and what it says. */
export interface AnswerBlock {
  from: number
  to: number
  answers: ListedAnswer[]
}

/** Finds every list of answers: a heading such as 参考答案 with lines of numbered answers behind it. */
export function findAnswerBlocks(lines: MeantLine[]): AnswerBlock[] {
  const blocks: AnswerBlock[] = []
  for (let at = 0; at < lines.length; at++) {
    const opening = openingOf(lines[at])
    if (opening === null) continue
    const block = readBlock(lines, at, opening)
    // One answer makes a list only under a heading that cannot be a question's own.
    if (block.answers.length < (typeOfBlock(lines[at]?.whole ?? '') === null ? 2 : 1)) continue
    blocks.push(block)
    at = block.to - 1
  }
  return blocks
}

/** What stands behind the heading on its own line, or null when the line is no such heading. */
function openingOf(line: MeantLine | undefined): string | null {
  if (line === undefined) return null
  const folded = foldWidth(line.whole)
    .trim()
    .toLowerCase()
    .replace(/^[(\[]|[)\]]$/g, '')
  if (ANSWER_BLOCK.test(folded.replace(/[:.、]+$/, ''))) return ''
  if (typeOfBlock(line.whole) !== null) return behindTyped(line.whole)
  const { meaning } = line
  if (meaning.kind !== 'label' || meaning.field !== 'answer') return null
  return readEntries(meaning.text).length > 1 ? meaning.text : null
}

function readBlock(lines: MeantLine[], from: number, opening: string): AnswerBlock {
  const reader = new BlockReader()
  reader.begin(typeOfBlock(lines[from]?.whole ?? ''))
  reader.add(opening)
  let to = from + 1
  for (let at = to; at < lines.length; at++) {
    const line = lines[at]
    if (line === undefined || !reader.take(line)) break
    // A heading with nothing of the list behind it opens the next part of the paper.
    if (!isBetween(line)) to = at + 1
  }
  return { from, to, answers: reader.answers }
}

const isBetween = ({ meaning, whole }: MeantLine): boolean =>
  meaning.kind === 'blank' ||
  meaning.kind === 'heading' ||
  (typeOfBlock(whole) !== null && behindTyped(whole) === '')

const TYPED_HEADING = /^(.{2,6}?)(?:参考|标准)?答案\s*(?:[:：]|$)\s*/

/** The type in a heading such as 单选题答案, null when it is none. */
function typeOfBlock(whole: string): StatedType | null {
  const word = TYPED_HEADING.exec(whole.trim())?.[1]
  return word === undefined ? null : readType(word)
}

const behindTyped = (whole: string): string => whole.trim().replace(TYPED_HEADING, '')

class BlockReader {
  readonly answers: ListedAnswer[] = []
  #type: StatedType | null = null
  #section = 0
  #pending = 0

  begin(type: StatedType | null): void {
    this.#type = type
  }

  add(text: string): boolean {
    const entries = readEntries(text)
    if (!entries.every(({ answer }) => fitsType(answer, this.#type))) return false
    this.answers.push(...entries.map(entry => ({ ...entry, type: this.#type, section: this.#section })))
    return entries.length > 0
  }

  /** False for a line that is no part of the list any more. */
  take({ meaning, whole }: MeantLine): boolean {
    if (meaning.kind === 'blank' || this.#takePair(meaning) || this.#takeHeading(meaning, whole)) return true
    const last = this.answers.at(-1)
    if (meaning.kind === 'label' && meaning.field === 'explanation' && last !== undefined) {
      last.explanation = meaning.text
      return true
    }
    return (
      this.add(whole.trim()) || (meaning.kind === 'plain' && last !== undefined && last.explanation !== '')
    )
  }

  /** "1.【答案】B" comes apart into its number and its answer. */
  #takePair(meaning: Meaning): boolean {
    if (meaning.kind === 'number' && meaning.text.trim() === '') {
      this.#pending = meaning.number
      return true
    }
    if (meaning.kind !== 'label' || meaning.field !== 'answer' || this.#pending === 0) return false
    const answer = { number: this.#pending, answer: meaning.text, explanation: '' }
    this.answers.push({ ...answer, type: this.#type, section: this.#section })
    this.#pending = 0
    return true
  }

  #takeHeading(meaning: Meaning, whole: string): boolean {
    const titled = titledEntries(whole)
    const named = typeOfBlock(whole)
    if (meaning.kind !== 'heading' && titled === null && named === null) return false
    this.#type = meaning.kind === 'heading' ? meaning.type : (titled?.type ?? named)
    this.#section++
    if (titled !== null) this.add(titled.text)
    else if (named !== null) this.add(behindTyped(whole))
    return true
  }
}

/** A statement or a gap is no answer but the next question of the paper. */
function fitsType(answer: string, type: StatedType | null): boolean {
  if (type === 'judge') return leadingVerdict(answer) !== null || /^[ABTF]\b/i.test(answer)
  if (type === 'single' || type === 'multiple' || type === 'several' || type === 'choice')
    return /^[(（【\[]?\s*[A-LＡ-Ｌ]/i.test(answer)
  return countGaps(answer) === 0
}

/** "一、单选题：1-5 ABCDA" names its section and goes on. */
function titledEntries(whole: string): { type: StatedType | null; text: string } | null {
  const folded = foldWidth(whole)
  const match =
    /^\s*(?:[一二三四五六七八九十]{1,2}\s*[、.]\s*)?(单项?选择?|多项?选择?|不定项选择?|判断|填空)题?\s*(?:\([^)]*\))?\s*[:、.]?\s*(?=\d)/.exec(
      folded,
    )
  const text = match === null ? '' : whole.slice(match[0].length)
  if (match === null || readEntries(text).length === 0) return null
  const types: Record<string, StatedType> = {
    单: 'single',
    多: 'multiple',
    判: 'judge',
    填: 'blank',
    不: 'several',
  }
  return { type: types[(match[1] ?? '').slice(0, 1)] ?? null, text }
}

type Entry = Pick<ListedAnswer, 'number' | 'answer' | 'explanation'>

const RANGE =
  /(\d{1,4})\s*(?:-+|~|—+|–|至|到)\s*(\d{1,4})\s*题?\s*[.、::]?\s*((?:[A-L√×✓✗对错TF]+[\s,、;.|]*)+)/g
const SHORT =
  /(\d{1,4})\s*[.、:)\]\s]\s*\(?\s*([A-L](?:[\s,、]?[A-L])*|正确|错误|[√×✓✗✔✘对错TF])\s*\)?(?![A-Za-z\u4e00-\u9fff])[\s,、;.|]*/g

/** Numbered answers of one line: "1-5 ABCDA", "1.A 2.BD", "1. 对", "3. 为人民服务". Empty when the line holds none. */
export function readEntries(line: string): Entry[] {
  const folded = foldWidth(line).trim()
  const ranged = [...folded.matchAll(RANGE)]
  if (ranged.length > 0) {
    const rest = folded.replace(RANGE, '').trim()
    const entries = ranged.flatMap(match => rangeEntries(match))
    return rest === '' ? entries : [...entries, ...readEntries(rest)]
  }
  if (folded.replace(SHORT, '').trim() === '') {
    return [...folded.matchAll(SHORT)].map(match => ({
      number: Number(match[1]),
      answer: match[2] ?? '',
      explanation: '',
    }))
  }
  return wordEntries(line)
}

/** The letters of a range must be as many as its numbers, one by one or in groups. */
function rangeEntries(match: RegExpMatchArray): Entry[] {
  const from = Number(match[1])
  const size = Number(match[2]) - from + 1
  const letters = (match[3] ?? '').trim()
  const groups = letters.split(/[\s,、;.|]+/).filter(group => group !== '')
  const single = [...letters.replace(/[\s,、;.|]+/g, '')]
  const answers = groups.length === size ? groups : single.length === size ? single : []
  return answers.map((answer, index) => ({ number: from + index, answer, explanation: '' }))
}

/** "1. A 解析：…" and answers in words; several stand apart by spaces and go on counting. */
function wordEntries(line: string): Entry[] {
  const parts = /解析/.test(line)
    ? /\s+(?=\d{1,4}\s*[.、．]\s*(?:[A-L]+|[√×对错])\s*[【\[]?(?:答案)?解析)/
    : /\s+(?=\d{1,4}\s*[.、．)）])/
  const pieces = line.trim().split(parts)
  const entries = pieces.map(piece => {
    const match = /^\s*(\d{1,4})\s*[.、．:：)）]\s*(\S.*)$/s.exec(piece)
    if (match === null) return null
    const [answer = '', ...rest] = (match[2] ?? '').split(/\s*[【\[]?(?:答案)?解析[】\]]?[:：]?\s*/)
    return { number: Number(match[1]), answer: answer.trim(), explanation: rest.join('').trim() }
  })
  const known = entries.filter(entry => entry !== null)
  return known.length === entries.length ? known : []
}
