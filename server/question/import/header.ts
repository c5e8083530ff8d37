import { foldWidth } from './fold.ts'
import { ANSWER_SLOT, FIELD_NAMES, OPTION_NAMES, type Field } from './vocabulary.ts'

/** What a column or property holds: a field, or one option with its place counted from 0. */
export type Column = { field: Field } | { field: 'option' | 'slot' | 'verdict'; place: number }

const whole = (pattern: RegExp) => new RegExp(`^(?:${pattern.source})$`)
const FIELDS = FIELD_NAMES.map(([field, pattern]) => [field, whole(pattern)] as const)
const OPTIONS = OPTION_NAMES.map(whole)
const SLOT = whole(ANSWER_SLOT)
const CHINESE_DIGITS = '一二三四五六七八九十'

/** A name as the vocabulary has it: notes in brackets, spaces, punctuation and signs of duty taken off. */
export function plainName(name: string): string {
  const folded = foldWidth(name)
    .toLowerCase()
    .replace(/(?<=[a-z\d)])\s+[-–—]\s.*$/, '')
  const bare = folded.replace(/\([^()]*\)|\[[^\[\]]*\]/g, '').replace(/[\s:：、,*#"'“”.\-/\\]+/g, '')
  return bare === '' ? folded.replace(/[\s()\[\]:*]+/g, '') : bare
}

/** What a header cell or property name means, or null. Names of more than 16 letters are sentences. */
export function readName(name: string): Column | null {
  const plain = plainName(name)
  if (plain === '' || plain.length > 24) return null
  const word = plain.replace(/_/g, '') === '' ? plain : plain.replace(/(?<=.)_(?=.)/g, '')
  for (const pattern of OPTIONS) {
    const group = pattern.exec(word)?.[1]
    if (group !== undefined && !/^(?:答案|answer|ans)/.test(word))
      return { field: 'option', place: placeOf(group) }
  }
  const slot = SLOT.exec(word)?.[1]
  if (slot !== undefined) return { field: 'slot', place: placeOf(slot) }
  for (const [field, pattern] of FIELDS) if (pattern.test(word) || pattern.test(plain)) return { field }
  return null
}

function placeOf(mark: string): number {
  if (/^\d+$/.test(mark)) return Number(mark) - 1
  const chinese = CHINESE_DIGITS.indexOf(mark)
  return chinese >= 0 ? chinese : mark.charCodeAt(0) - 97
}

/** The columns a header row names; null when the row is no header: one names a stem and an answer or options. */
export function readHeader(cells: string[]): (Column | null)[] | null {
  if (cells.some(cell => cell.length > 60)) return null
  const columns = withVerdicts(
    cells,
    cells.map(cell => (cell === '' ? null : readName(cell))),
  )
  const has = (field: string) => columns.some(column => column?.field === field)
  if (!has('stem') || !['answer', 'options', 'option', 'slot', 'right', 'verdict'].some(has)) return null
  return settled(columns, cells)
}

/** A column 正确 beside a column 错误: the one that is ticked is the answer. */
function withVerdicts(cells: string[], columns: (Column | null)[]): (Column | null)[] {
  const place = (words: RegExp) => cells.findIndex(cell => words.test(cell.trim()))
  const [right, wrong] = [place(/^(?:正确|对|√)$/), place(/^(?:错误|错|×)$/)]
  if (right < 0 || wrong < 0) return columns
  return columns.map((column, index) =>
    index === right || index === wrong ? { field: 'verdict', place: index === right ? 0 : 1 } : column,
  )
}

/** The header at a row, which may be two rows high: 选项 above, A B C D below. */
export function headerAt(rows: { cells: string[] }[], at: number) {
  const upper = rows[at]?.cells ?? []
  const lower = rows[at + 1]?.cells ?? []
  const letters = lower.filter(cell => cell !== '')
  if (letters.length > 1 && letters.every(cell => readName(cell)?.field === 'option')) {
    const width = Math.max(upper.length, lower.length)
    const cells = Array.from({ length: width }, (_, index) => lower[index] || upper[index] || '')
    const columns = readHeader(cells)
    if (columns !== null) return { columns, height: 2 }
  }
  const columns = readHeader(upper)
  return columns === null ? null : { columns: spread(columns, upper, rows.slice(at + 1, at + 21)), height: 1 }
}

/** Columns without a name behind 选项 hold options, too, where most rows fill them. */
function spread(columns: (Column | null)[], names: string[], rows: { cells: string[] }[]): (Column | null)[] {
  const from = columns.findIndex(column => column?.field === 'options')
  const next = names.findIndex((name, index) => index > from && name !== '')
  if (from < 0 || next < 0 || next - from < 2) return columns
  const filled = rows.filter(({ cells }) => (cells[from + 1] ?? '') !== '').length
  if (filled < rows.length / 2 || filled === 0) return columns
  return columns.map((column, index) =>
    index >= from && index < next ? { field: 'option' as const, place: index - from } : column,
  )
}

/** Numbered "答案1…" are options where another column is the answer; of two stems the later that is longer-named wins. */
function settled(columns: (Column | null)[], cells: string[]): (Column | null)[] {
  const answered = columns.some(column => column?.field === 'answer')
  const optioned = columns.some(column => column?.field === 'option' || column?.field === 'options')
  const stems = columns.flatMap((column, index) => (column?.field === 'stem' ? [index] : []))
  const stem = bestStem(stems, cells)
  return columns.map((column, index) => {
    if (column === null) return null
    if (column.field === 'right' && !answered && !optioned) return { field: 'answer' as const }
    if (column.field === 'right' && answered) return { field: 'ignored' as const }
    if (column.field === 'stem' && index !== stem) return { field: 'ignored' as const }
    if (column.field !== 'slot') return column
    if (!('place' in column)) return column
    return answered && !optioned ? { field: 'option' as const, place: column.place } : column
  })
}

/** 题干 says more than 题目, 题目 more than 标题 or 名称. */
function bestStem(indexes: number[], cells: string[]): number {
  const rank = (index: number) => {
    const name = plainName(cells[index] ?? '')
    return [/题干|stem|content|内容|正文/, /题目|问题|试题|question|prompt/, /./].findIndex(pattern =>
      pattern.test(name),
    )
  }
  return indexes.reduce((best, index) => (rank(index) < rank(best) ? index : best), indexes[0] ?? -1)
}
