import type { Day } from '#shared/day'
import type { Part } from '#server/reading/part'
import { linesOfTable } from './column-table.ts'
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
  const lines = linesOfTable(parts, COLUMNS, ['title', 'event'])
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
