import { comparable, foldWidth } from './fold.ts'
import type { MeantLine } from './line.ts'
import { findOptionRun, labelAt } from './option.ts'
import { countGaps } from './stem.ts'

/** No question has more lines between its stem and its answer. */
const MAX_BODY = 24
const MAX_OPTION = 200
const BULLET = /^[-–—•·*◆◇]\s*(?=[^\s\d])/

/** How options may be counted instead of lettered. `at` finds the marks, `named` an answer that names them. */
const STYLES = [
  { at: /([①-⑫])\s*[、.:]?\s*/g, named: /^(?:(?:[①-⑫]|\d{1,2}(?!\d)),?)+$/ },
  { at: /\(\s*(\d{1,2})\s*\)\s*/g, named: /^(?:\(?\d{1,2}(?!\d)\)?,?)+$/ },
  { at: /(?<=\n)\s*(\d{1,2})\s*[.、)](?!\d)\s*/g, named: /^(?:\d{1,2}(?!\d),?)+$/ },
]

interface Body {
  stem: string
  options: string[]
  answer: string
}

/**
 * Gives letters to options that have none: ①②③, (1)(2)(3) or 1. 2. 3. where the answer names them so, and mere lines
 * where the answer repeats one of them. Anything else stays as it is.
 */
export function withLettersGiven(lines: MeantLine[]): MeantLine[] {
  const result: MeantLine[] = []
  for (const line of lines) {
    const { meaning } = line
    const answered = meaning.kind === 'label' && meaning.field === 'answer' && meaning.text !== ''
    const from = answered ? bodyStart(result) : result.length
    const taken = result.slice(from)
    const body = answered && taken.length > 0 ? read(taken, meaning.text) : null
    if (body === null || meaning.kind !== 'label') {
      result.push(line)
      continue
    }
    result.splice(from, taken.length, ...written(taken, body))
    result.push({ ...line, meaning: { ...meaning, text: body.answer } })
  }
  return result
}

/** Where the lines before an answer begin that may be its stem and options. */
function bodyStart(lines: MeantLine[]): number {
  let at = lines.length
  while (at > 0 && lines.length - at < MAX_BODY) {
    const kind = lines[at - 1]?.meaning.kind
    if (kind === 'option' || kind === 'box') return lines.length
    if (kind !== 'plain' && kind !== 'number' && kind !== 'blank') break
    at--
  }
  return at
}

function read(lines: MeantLine[], answer: string): Body | null {
  const text = lines.map(line => line.whole.trim()).join('\n')
  for (const style of STYLES) {
    const body = readCounted(text, answer, style)
    if (body !== null) return body
  }
  return readBare(lines, answer)
}

function readCounted(text: string, answer: string, style: (typeof STYLES)[number]): Body | null {
  const folded = foldWidth(text)
  const marks = [...folded.matchAll(style.at)]
  const first = marks.map(mark => numberOf(mark[1] ?? '')).lastIndexOf(1)
  const run = first < 0 ? [] : marks.slice(first)
  if (run.length < 2 || run.some((mark, index) => numberOf(mark[1] ?? '') !== index + 1)) return null
  const stem = text.slice(0, run[0]?.index).trimEnd()
  const options = run.map((mark, index) =>
    text.slice(mark.index + mark[0].length, run[index + 1]?.index).trim(),
  )
  const key = named(answer, style.named, options)
  const sound = stem.replace(/^\s*\d+\s*[.、．)）]/, '').trim() !== '' && options.every(isOption)
  return sound && key !== null ? { stem, options, answer: key } : null
}

/** A gap or a colon belongs to a stem: what bears it goes on after a list inside the stem. */
const isOption = (text: string): boolean =>
  text !== '' && text.length <= MAX_OPTION && countGaps(text) === 0 && !/[?？:：]\s*$|\n/.test(text)

const numberOf = (mark: string): number =>
  /\d/.test(mark) ? Number(mark) : mark.charCodeAt(0) - '①'.charCodeAt(0) + 1

/** The letters of the options an answer names by mark, or the answer itself where it repeats their words. */
function named(answer: string, pattern: RegExp, options: string[]): string | null {
  const separated = foldWidth(answer).replace(/[\s,、;.]+/g, ',')
  const folded = separated.replace(/,(?=\))|(?<=\(),|^,|,$/g, '')
  if (!pattern.test(folded)) return repeats(answer, options) ? answer : null
  const numbers = [...folded.matchAll(/[①-⑫]|\d+/g)].map(match => numberOf(match[0]))
  return numbers.every(number => number >= 1 && number <= options.length)
    ? numbers.map(number => labelAt(number - 1)).join('')
    : null
}

function repeats(answer: string, options: string[]): boolean {
  const words = options.map(comparable)
  const among = (piece: string) => words.includes(comparable(piece.trim()))
  return (
    among(answer) ||
    [/[\n|;；]+/, /[、,，]+/, /\s+/].some(separator =>
      answer
        .split(separator)
        .filter(piece => piece.trim() !== '')
        .every(among),
    )
  )
}

/** Lines without any label: the stem ends with the last line that asks or has a gap. */
function readBare(lines: MeantLine[], answer: string): Body | null {
  const start = lines.findLastIndex(
    ({ meaning }) => meaning.kind === 'number' && meaning.style !== 'doubtful' && meaning.text !== '',
  )
  const blank = lines.findLastIndex(
    ({ meaning }, index) => meaning.kind === 'blank' && index < lines.length - 2,
  )
  const own = lines.slice(start >= 0 ? start : blank + 1).filter(({ meaning }) => meaning.kind !== 'blank')
  const texts = own.map(({ whole }) => whole.trim())
  const last = texts.findLastIndex(text => countGaps(text) > 0 || /[?？:：]\s*$/.test(text))
  const behind = texts.slice(last + 1)
  const drawn = behind.every(text => BULLET.test(text))
  const options = drawn ? behind.map(text => text.replace(BULLET, '')) : behind
  if (last < 0 || options.length < 2 || new Set(options.map(comparable)).size < options.length) return null
  if (!options.every(isOption) || !repeats(answer, options)) return null
  if (findOptionRun(texts.join('\n')) !== null) return null
  const end = own[last]
  const stem = lines.slice(0, end === undefined ? 0 : lines.indexOf(end) + 1)
  return { stem: stem.map(({ whole }) => whole.trim()).join('\n'), options, answer }
}

/** The same lines with the options lettered, each on a line of its own. */
function written(lines: MeantLine[], body: Body): MeantLine[] {
  const count = body.stem.split('\n').length
  const kept = lines.slice(0, count)
  const last = kept.at(-1)
  const end = body.stem.split('\n').at(-1) ?? ''
  const cut = last === undefined ? [] : [...kept.slice(0, -1), shortened(last, end)]
  const at = lines.at(-1)?.at ?? 0
  const options = body.options.map((text, index): MeantLine => {
    const whole = `${labelAt(index)}. ${text}`
    return { at, whole, meaning: { kind: 'option', text: whole } }
  })
  return [...cut, ...options]
}

/** A stem's last line loses the options that follow on it. */
function shortened(line: MeantLine, whole: string): MeantLine {
  const { meaning } = line
  const gone = line.whole.trim().length - whole.length
  if (gone <= 0) return line
  return meaning.kind === 'number' || meaning.kind === 'plain'
    ? { ...line, whole, meaning: { ...meaning, text: meaning.text.trimEnd().slice(0, -gone).trimEnd() } }
    : line
}
