import type { Day } from '#shared/day'
import type { Part, Row } from '#server/reading/part'
import { readDay } from './metadata/date.ts'
import { plainTitle, titleKey } from './metadata/title.ts'
import { COLUMNS, EVENT_WORDS } from './status-vocabulary.ts'
import type { Fact, StatusEvent } from './timeline.ts'
import type { StatusReason } from './wording.ts'

/** A line of a status table that can be used: a fact about the document of a key. */
export interface StatusLine extends Fact {
  key: string
  title: string
  /** 文号 where the name ends with one in brackets: 某通知（某政发〔2023〕5号）; '' without. */
  number: string
}

/** What a table holds, line by line; `at` is the number of the line. */
export type StatusFinding =
  { at: number; line: StatusLine } | { at: number; title: string; reason: StatusReason }

type Field = keyof typeof COLUMNS
type Cells = Record<Field, string>

/** The lines of a status table (.xlsx, .csv or .json); null where no table with the columns is found. */
export function readStatusTable(parts: Part[], today: Day): StatusFinding[] | null {
  const lines = parts.flatMap(linesOf)
  if (lines.length === 0) return null
  const seen = new Set<string>()
  return lines.map(({ at, cells }): StatusFinding => {
    const checked = check(cells, today)
    if (typeof checked === 'string') return { at, title: cells.title, reason: checked }
    const identity = `${checked.key} ${checked.number} ${checked.event} ${checked.day}`
    if (seen.has(identity)) return { at, title: cells.title, reason: 'line.repeated' }
    seen.add(identity)
    return { at, line: checked }
  })
}

function linesOf(part: Part): { at: number; cells: Cells }[] {
  if (part.kind === 'tree') {
    if (!Array.isArray(part.value)) return []
    return part.value.map((value: unknown, index) => ({ at: index + 1, cells: fromRecord(value) }))
  }
  if (part.kind === 'text') return []
  const head = part.rows.findIndex(row => columnsIn(row) !== null)
  const columns = part.rows[head] === undefined ? null : columnsIn(part.rows[head])
  if (columns === null) return []
  return part.rows.slice(head + 1).map(({ at, cells }) => ({
    at,
    cells: fromEach(field => cells[columns.get(field) ?? -1] ?? ''),
  }))
}

function columnsIn({ cells }: Row): Map<Field, number> | null {
  const columns = new Map<Field, number>()
  cells.forEach((cell, index) => {
    const field = fieldOf(cell)
    if (field !== null && !columns.has(field)) columns.set(field, index)
  })
  return columns.has('title') && columns.has('event') ? columns : null
}

function fieldOf(head: string): Field | null {
  const plain = head.replace(/\s/g, '').toLowerCase()
  for (const [field, words] of Object.entries(COLUMNS) as [Field, readonly string[]][]) {
    if (words.includes(plain)) return field
  }
  return null
}

function fromRecord(value: unknown): Cells {
  const record = new Map<Field, string>()
  if (typeof value === 'object' && value !== null) {
    for (const [name, cell] of Object.entries(value)) {
      const field = fieldOf(name)
      if (field !== null && (typeof cell === 'string' || typeof cell === 'number'))
        record.set(field, String(cell))
    }
  }
  return fromEach(field => record.get(field) ?? '')
}

function fromEach(textOf: (field: Field) => string): Cells {
  const fields = Object.keys(COLUMNS) as Field[]
  return Object.fromEntries(fields.map(field => [field, textOf(field).trim()])) as Cells
}

function check(cells: Cells, today: Day): StatusLine | StatusReason {
  const { title, number } = nameOf(cells.title)
  if (title === '') return 'title.missing'
  const event: StatusEvent | undefined = EVENT_WORDS[cells.event]
  if (event === undefined) return 'event.unknown'
  const day = readDay(cells.day)
  if (day === null) return 'day.wrong'
  const from = cells.from === '' ? null : readDay(cells.from)
  if (cells.from !== '' && from === null) return 'from.wrong'
  const checkedOn = readDay(cells.checkedOn)
  if (checkedOn === null || checkedOn > today) return 'checked.wrong'
  if (cells.source === '') return 'source.missing'
  const successor = plainTitle(cells.successor)
  if (event === 'replaced' && successor === '') return 'successor.missing'
  return { key: titleKey(title), title, number, event, day, from, successor, source: cells.source, checkedOn }
}

function nameOf(cell: string): { title: string; number: string } {
  const numbered = /^(.+?)\s*[（(]([^（）()]+〔\d{4}〕\d+号)[）)]$/.exec(cell.trim())
  return { title: plainTitle(numbered?.[1] ?? cell), number: numbered?.[2] ?? '' }
}
