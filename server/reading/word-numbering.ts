import { tokens } from './xml.ts'

interface Level {
  /** Word's name of the number format: decimal, upperLetter, chineseCounting… */
  format: string
  /** The text around the number, `%1.` for "1." on the first level. */
  pattern: string
  start: number
}

/** Levels of each list by its number id. */
export type Numbering = Map<string, Level[]>

/** Reads word/numbering.xml: list id → abstract list → levels. */
export function readNumbering(xml: string): Numbering {
  const abstracts = new Map<string, Level[]>()
  const links = new Map<string, string>()
  let levels: Level[] = []
  let level: Level = { format: 'decimal', pattern: '', start: 1 }
  let list = ''
  for (const token of tokens(xml)) {
    if (token.kind === 'close' || token.kind === 'text') continue
    const value = token.attribute('w:val')
    if (token.name === 'w:abstractNum') {
      levels = []
      abstracts.set(token.attribute('w:abstractNumId'), levels)
    } else if (token.name === 'w:lvl') {
      level = { format: 'decimal', pattern: '', start: 1 }
      levels[Number(token.attribute('w:ilvl')) || 0] = level
    } else if (token.name === 'w:start') level.start = Number(value) || 1
    else if (token.name === 'w:numFmt') level.format = value
    else if (token.name === 'w:lvlText') level.pattern = value
    else if (token.name === 'w:num') list = token.attribute('w:numId')
    else if (token.name === 'w:abstractNumId') links.set(list, value)
  }
  return new Map([...links].map(([id, abstract]) => [id, abstracts.get(abstract) ?? []]))
}

/** Counts list paragraphs and gives the words Word would print before each, '' outside lists and for bullets. */
export function counterOf(numbering: Numbering) {
  const counts = new Map<string, number[]>()
  return (id: string, depth: number): string => {
    const levels = numbering.get(id)
    const level = levels?.[depth]
    if (levels === undefined || level === undefined || level.format === 'bullet') return ''
    const count = counts.get(id) ?? []
    counts.set(id, count)
    count[depth] = (count[depth] ?? level.start - 1) + 1
    count.length = depth + 1
    const text = level.pattern.replace(/%(\d)/g, (_, digit: string) => {
      const at = Number(digit) - 1
      return written(count[at] ?? levels[at]?.start ?? 1, levels[at]?.format ?? 'decimal')
    })
    return text === '' ? '' : `${text} `
  }
}

function written(value: number, format: string): string {
  if (format === 'upperLetter') return String.fromCharCode(65 + ((value - 1) % 26))
  if (format === 'lowerLetter') return String.fromCharCode(97 + ((value - 1) % 26))
  if (format.startsWith('chinese') || format.startsWith('japanese')) return chineseNumber(value)
  return String(value)
}

const CHINESE_DIGITS = '〇一二三四五六七八九'
const CHINESE_UNITS = ['千', '百', '十', '']

/** A number up to 9,999 as Word's Chinese counting writes it: 十七, 一百零三. */
function chineseNumber(value: number): string {
  if (value > 9_999) return String(value)
  const digits = String(value).padStart(4, '0')
  const text = CHINESE_UNITS.map((unit, at) => {
    const digit = digits[at] === '0' ? 0 : Number(digits[at])
    return digit === 0 ? '零' : `${CHINESE_DIGITS[digit]}${unit}`
  }).join('')
  const plain = text.replace(/^零+|零+$/g, '').replace(/零+/g, '零')
  return plain.replace(/^一十/, '十')
}
