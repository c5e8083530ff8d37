import { foldWidth, tidy, withoutHtml } from './fold.ts'
import { parseList } from './literal.ts'
import type { RawOption } from './raw.ts'

/** Longer texts are no single question. */
export const MAX_TEXT = 20_000

const LETTERS = 'ABCDEFGHIJKL'

/** The label at a place counted from 0. */
export const labelAt = (index: number): string => LETTERS[index] ?? ''

/** Where options stand in a text: the place of label A, and each option's words. */
export interface OptionRun {
  start: number
  options: RawOption[]
}

interface Found {
  letter: string
  start: number
  end: number
  /** Stands at the start of the text or after a space. */
  clear: boolean
}

/**
 * Finds options labelled A, B, C… in running text ("A、甲 B、乙"), on one line or many. The last run that is as long
 * as the longest counts, unless an earlier one starts a line. At least two options make a run.
 */
export function findOptionRun(text: string): OptionRun | null {
  if (text.length > MAX_TEXT) return null
  const folded = foldWidth(text)
  for (const style of STYLES) {
    const run = bestRun(collect(folded, style))
    if (run === null) continue
    const separator = separatorOf(folded, run)
    return {
      start: boxBefore(folded, run[0]?.start ?? 0).start,
      options: run.map((found, index) => {
        const next = run[index + 1]
        const end = next === undefined ? text.length : boxBefore(folded, next.start).start
        const piece = text.slice(found.end, end).trim()
        const words = tidy(
          separator ? piece.replace(next === undefined ? /[;；。]$/ : /[|;；,，]$/, '') : piece,
        )
        return { label: found.letter.toUpperCase(), text: words, right: boxBefore(folded, found.start).right }
      }),
    }
  }
  return null
}

/** A. A、 A: A) before (A) before "A " at the start of a line; capitals before small letters. */
const STYLES = [
  /(?<![A-Za-z0-9(])([A-L])\s*[、.:)·]\s*/g,
  /\(\s*([A-L])\s*\)\s*/g,
  /\[([A-L])\]\s*[、.:]?\s*/g,
  /(?<![A-Za-z0-9(])([a-l])\s*[、.:)]\s*/g,
  /\(\s*([a-l])\s*\)\s*/g,
  /(?<=^|[\n\s;])([A-L])(?:[ \t]*\n|[ \t]+|(?=[\u4e00-\u9fff《“\d]))/g,
]

/** Whether every option but the last ends with the same sign between options. */
function separatorOf(folded: string, run: Found[]): boolean {
  const ends = run.slice(1).map((next, index) => folded.slice(run[index]?.end, next.start).trim().at(-1))
  return ends.every(end => end !== undefined && end === ends[0] && '|;,'.includes(end))
}

function collect(folded: string, style: RegExp): Found[] {
  return [...folded.matchAll(style)].map(match => ({
    letter: match[1] ?? '',
    start: match.index,
    end: match.index + match[0].length,
    clear: match.index === 0 || /[\s\])]/.test(folded[match.index - 1] ?? ''),
  }))
}

function bestRun(found: Found[]): Found[] | null {
  let best: Found[] = []
  for (const start of found.filter(each => each.letter.toUpperCase() === 'A')) {
    const strict = runFrom(
      found.filter(each => each.clear),
      start,
    )
    const loose = runFrom(found, start)
    const run = loose.length > strict.length ? loose : strict
    const better = run.length > best.length || (run.length === best.length && !best[0]?.clear)
    if (run.length > 1 && better) best = run
  }
  return best.length > 1 ? best : null
}

function runFrom(found: Found[], start: Found): Found[] {
  const run = [start]
  for (const each of found) {
    const last = run.at(-1) ?? start
    if (each.start >= last.end && each.letter.toUpperCase() === labelAt(run.length)) run.push(each)
  }
  return run
}

/** A check box before a label says whether the option is right; `start` is where box or label begins. */
function boxBefore(folded: string, at: number): { start: number; right: boolean | null } {
  const before = folded.slice(Math.max(0, at - 8), at)
  const box = /\[([xX√✓✔ ]?)\]\s*$|(?:(?<=^|\n)\s*|(?<=\s))([*★√✓✔☑✅])(?:(?<=(?:^|\n)\s*.)\s*)?$/.exec(
    before,
  )
  return box === null
    ? { start: at, right: null }
    : { start: at - box[0].length, right: box[1]?.trim() !== '' }
}

/** Options kept in one cell: a list literal, labelled ones, or pieces between line ends, |, ; or tabs. */
export function splitOptions(given: string): RawOption[] {
  const cell = withoutHtml(given)
  const list = parseList(cell)
  if (list !== null) return withLabels(list.map(String))
  const run = findOptionRun(cell)
  if (run !== null && foldWidth(cell.slice(0, run.start)).replace(/[\s[\](){},;"']|[xX√✓]/g, '') === '') {
    return run.options.map(option => ({ ...option, text: option.text.replace(/\s*(?:\||[;；]|#|\$)+$/, '') }))
  }
  for (const separator of [/\n/, /\s*\|+\s*/, /\s*[;；]\s*/, /\t+/, /\$+|#+|\^+/, / {2,}/, /\s*[,，]\s*/]) {
    const pieces = cell.split(separator).filter(piece => piece.trim() !== '')
    if (pieces.length > 1) return withLabels(pieces)
  }
  return withLabels([cell])
}

/** Options that came one by one: labels of their own where all have them, else A, B, C… by place. */
export function withLabels(texts: string[]): RawOption[] {
  return texts.map((text, index) => ({ label: labelAt(index), text: tidy(text), right: null }))
}

/** Takes repeated labels off: "A. A.甲" → "甲". Bare letters go only where every option has its own. */
export function withoutLabels(options: RawOption[]): RawOption[] {
  const marked = options.some(option => labelOf(option.text)?.letter === option.label)
  const once = options.map(option => {
    // Beside labelled options a bare letter is an empty one.
    if (marked && foldWidth(option.text).trim() === option.label) return { ...option, text: '' }
    return { ...option, text: strip(strip(option.text, option.label), option.label) }
  })
  const filled = once.filter(option => option.text !== '')
  const bare = /^([A-L])\s*(?=[\u4e00-\u9fff《“\s\d])/
  const all = filled.every(option => bare.exec(foldWidth(option.text))?.[1] === option.label)
  if (!all || filled.length < 2) return once
  return once.map(option => ({ ...option, text: option.text.replace(/^.\s*/, '') }))
}

/** Whether options carry labels of their own and one carries another's: something was lost or mixed up. */
export function isMislabelled(options: RawOption[]): boolean {
  const letters = options.map(option => labelOf(option.text)?.letter ?? null)
  const labelled = letters.filter(letter => letter !== null).length
  return labelled >= 3 && letters.some((letter, index) => letter !== null && letter !== options[index]?.label)
}

function labelOf(text: string): { letter: string; length: number } | null {
  const match = /^\s*(?:\(\s*([A-L])\s*\)|\[([A-L])\]|([A-L])\s*[、.:)·])[、.:\s]*/i.exec(foldWidth(text))
  const letter = match?.[1] ?? match?.[2] ?? match?.[3]
  return match === null || letter === undefined
    ? null
    : { letter: letter.toUpperCase(), length: match[0].length }
}

function strip(text: string, label: string): string {
  const own = labelOf(text)
  return own?.letter === label ? text.slice(own.length).trim() : text
}
