import type { Line } from '#server/reading/part'
import { foldWidth, withShortSpaces } from './fold.ts'
import { markedNumber } from './stem.ts'
import { readHeading, readType, readVerdict } from './type.ts'
import { LINE_LABELS, type Field, type StatedType } from './vocabulary.ts'

/**
 * How a number is written; enumerations inside a question mostly use another way than its questions do. Doubtful is a
 * point with another digit behind it or a mere space, which may be a decimal, a date or a count.
 */
export type NumberStyle = 'mark' | 'bracket' | 'word' | 'doubtful'

/** A line of a document by what it does. `text` is what follows the label, number or box. */
export type Meaning =
  | { kind: 'blank' }
  | { kind: 'heading'; type: StatedType }
  | { kind: 'label'; field: Field; text: string }
  | { kind: 'number'; number: number; style: NumberStyle; type: StatedType | null; text: string }
  | { kind: 'option'; text: string }
  | { kind: 'box'; right: boolean; text: string }
  | { kind: 'verdict'; text: string }
  | { kind: 'plain'; text: string }

/** A line with its place and, for plain use of a labelled or numbered line, its full words. */
export interface MeantLine {
  at: number
  whole: string
  meaning: Meaning
}

/** What each line does; a line that also holds an answer or an explanation is taken apart first. */
export const readLines = (lines: Line[]): MeantLine[] =>
  lines
    .filter(line => !PAGE.test(line.text))
    .flatMap(line =>
      takeApart(withShortSpaces(line.text)).map(piece => {
        const whole = withPlainOption(piece)
        return { at: line.at, whole, meaning: meaningOf(whole.trim()) }
      }),
    )

/** Numbers of pages that were left between the lines. */
const PAGE =
  /^\s*(?:[-—–]+\s*\d{1,4}\s*[-—–]+|第\s*\d{1,4}\s*页\s*[,，/]?\s*(?:共\s*\d{1,4}\s*页)?|page \d{1,4}(?: of \d{1,4})?)\s*$/i

/** "【选项A】甲" and "○A、甲" are option A; circles and boxes are only drawn. */
function withPlainOption(text: string): string {
  const drawn = text.replace(/^\s*[○●□■◯☐◻▢◇◆•·]\s*(?=[A-LＡ-Ｌ]\s*[、.．:：)）])/, '')
  const plain = drawn.replace(/^\s*[★☆※▲△◆◇■●•]+\s*(?=\d{1,4}\s*[.、．)）])/, '')
  return plain.replace(/^\s*[【\[(（]?\s*(?:备?选项|option)\s*([A-L])\s*[】\])）]?\s*[:：、.．]?\s*/i, '$1. ')
}

const INLINE =
  /(?=[【\[［]\s*(?:正确|参考|标准|试题)?(?:答案|解析|解释|说明|难度|知识点)\s*[】\]］])|(?<=[\s。.；;）)】_])(?=(?:正确|参考|标准)答案\s*[:：]|答案(?:解析|说明)?\s*[:：]|(?:试题)?解析\s*[:：]|[（(]\s*答案\s*[:：])|(?<!正确|参考|标准|[我你您]的|考生|学员|用户|^)(?=(?:正确|参考|标准)?答案\s*[:：]\s*[A-LＡ-Ｌ√×对错正]+[\sA-LＡ-Ｌ,，、。误确]*$)/g

function takeApart(text: string): string[] {
  const pieces = text.split(INLINE).filter(piece => piece.trim() !== '')
  return pieces.length === 0 ? [''] : pieces
}

const LABELS = LINE_LABELS.map(([field, pattern]) => {
  const word = `(?:${pattern.source})`
  return [
    field,
    new RegExp(
      `^(?:\\[\\s*${word}\\s*\\]\\s*[:：]?|\\(?\\s*${word}\\s*[是为]?\\s*[:：]|${word}(?=$))\\s*`,
      'i',
    ),
  ] as const
})
/** "答案 AB" needs no colon where nothing but letters or a verdict follows. */
const BARE_ANSWER =
  /^(?:正确|参考|标准)?答案\s*(?:[是为选]\s*(?=[A-L](?![A-Za-z]))|[是为]?\s*(?=(?:[A-L](?:[\s,、]*[A-L])*|[√×对错]|正确|错误)[.\s]*$))/
const OPTION = /^(?:[(\[]?\s*[A-L]\s*[)\]、.:·]|[A-L](?:\s+|(?=[\u4e00-\u9fff《“]))|[(]?[a-l]\s*[)、.])/
const VERDICT_FIRST = /^\(\s*[√×✓✗对错]\s*\)\s*(?=\d{1,4}\s*[、.)])/
const COLON_NOTE = /^\s*([\u4e00-\u9fff]{2,5}题)\s*[:、]\s*(?=\S)/
/** Course sites write "单选(2分)" before a stem. */
const SCORED = /^\s*([\u4e00-\u9fff]{2,5})\s*\(\s*\d+(?:\.\d+)?\s*分\s*\)\s*(?=\S)/
const NOTE = /^\s*[(\[]\s*([^()\[\]]{2,12})\s*[)\]]\s*[、.:]?\s*/

function meaningOf(text: string): Meaning {
  if (text === '') return { kind: 'blank' }
  const folded = foldWidth(text)
  const heading = readHeading(text)
  if (heading !== null) return { kind: 'heading', type: heading }
  const box = /^\[([xX√✓✔ ]?)\]\s*(?![A-L]\s*[、.:)])|^([○◯□☐◻▢☑✅])\s*(?=[^\s\d])/.exec(folded)
  if (box?.[2] !== undefined)
    return { kind: 'box', right: /[☑✅]/.test(box[2]), text: text.slice(box[0].length) }
  if (box !== null) return { kind: 'box', right: box[1]?.trim() !== '', text: text.slice(box[0].length) }
  for (const [field, pattern] of LABELS) {
    const match = pattern.exec(folded)
    if (match !== null) return { kind: 'label', field, text: withoutClose(text, match[0]) }
  }
  const bareAnswer = BARE_ANSWER.exec(folded)
  if (bareAnswer !== null) return { kind: 'label', field: 'answer', text: text.slice(bareAnswer[0].length) }
  const numbered = numberedLine(text, folded)
  if (numbered !== null) return numbered
  if (OPTION.test(folded)) return { kind: 'option', text }
  const bare = folded.replace(/^\(\s*|\s*\)\.?$/g, '')
  if (readVerdict(bare) !== null && bare.length <= 4) return { kind: 'verdict', text: bare }
  return { kind: 'plain', text }
}

/** "（答案：B）" loses the bracket it opened. */
function withoutClose(text: string, label: string): string {
  const rest = text.slice(label.length).trim()
  return label.startsWith('(') ? rest.replace(/[)）]\s*$/, '') : rest
}

/** "17、…", "第3题 [多选题] …", "[单选题] 5. …". */
function numberedLine(text: string, folded: string): Meaning | null {
  const verdict = VERDICT_FIRST.exec(folded)
  if (verdict !== null) {
    const mark = text.slice(0, verdict[0].length).trim()
    return numberedLine(
      `${text.slice(verdict[0].length)}${mark}`,
      `${folded.slice(verdict[0].length)}${mark}`,
    )
  }
  const before = SCORED.exec(folded) ?? NOTE.exec(folded)
  const typed = before === null ? null : readType(before[1] ?? '')
  const skipped = typed === null ? 0 : (before?.[0].length ?? 0)
  const mark = markedNumber(text.slice(skipped))
  const doubtful = /^(\d{1,4})(?:\.(?=\d)|\s+(?=[\u4e00-\u9fff《“(]))/.exec(folded)
  if (mark === null && doubtful !== null) {
    const number = Number(doubtful[1])
    return { kind: 'number', number, style: 'doubtful', type: null, text: text.slice(doubtful[0].length) }
  }
  if (mark === null)
    return typed === null
      ? null
      : { kind: 'number', number: 0, style: 'word', type: typed, text: text.slice(skipped) }
  const rest = text.slice(skipped + mark.length)
  const after = NOTE.exec(foldWidth(rest)) ?? COLON_NOTE.exec(foldWidth(rest))
  const noted = after === null ? null : readType(after[1] ?? '')
  return {
    kind: 'number',
    number: mark.number,
    style: styleOf(folded.slice(skipped)),
    type: typed ?? noted,
    text: noted === null ? rest : rest.slice(after?.[0].length ?? 0),
  }
}

function styleOf(folded: string): NumberStyle {
  if (/^\s*[(\[]/.test(folded)) return 'bracket'
  return /^\s*\d/.test(folded) ? 'mark' : 'word'
}
