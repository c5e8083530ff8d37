import { read, type CellObject, type WorkSheet } from '@e965/xlsx'
import { UnreadableError, type Part, type Row, type Span } from './part.ts'

/** Columns beyond this hold no question bank; sheets that declare 16,384 of them cost nothing. */
const MAX_COLUMNS = 256
const MAX_ROWS = 200_000

/** Tables of a workbook (.xlsx, .xls and what else the library knows), one for each sheet that has cells. */
export function readWorkbook(bytes: Uint8Array): Part[] {
  const workbook = parse(bytes)
  return workbook.SheetNames.flatMap(name => {
    const sheet = workbook.Sheets[name]
    if (sheet === undefined) return []
    const rows = rowsOf(sheet)
    return rows.length === 0 ? [] : [{ kind: 'table' as const, name, rows, spans: spansOf(sheet) }]
  })
}

function parse(bytes: Uint8Array) {
  try {
    return read(bytes, {
      type: 'array',
      dense: true,
      cellHTML: false,
      cellFormula: false,
    })
  } catch (cause) {
    throw new UnreadableError('broken', String(cause))
  }
}

/** Walks the cells that exist; what the sheet declares as its range is not believed. */
function rowsOf(sheet: WorkSheet): Row[] {
  const rows: Row[] = []
  const grid: (CellObject | undefined)[][] = sheet['!data'] ?? []
  grid.forEach((line, index) => {
    const cells: string[] = []
    line.forEach((cell, column) => {
      const text = cell === undefined || column >= MAX_COLUMNS ? '' : textOf(cell)
      if (text === '') return
      while (cells.length < column) cells.push('')
      cells[column] = text
    })
    if (cells.length > 0) rows.push({ at: index + 1, cells })
    if (rows.length > MAX_ROWS) throw new UnreadableError('too-large', `more than ${MAX_ROWS} rows`)
  })
  return rows
}

/** What the author saw in the cell; a formula that failed counts as empty. */
function textOf(cell: CellObject): string {
  if (cell.t === 'e' || cell.t === 'z' || cell.v === undefined) return ''
  if (cell.t === 's') return String(cell.v).trim()
  return (cell.w ?? String(cell.v)).trim()
}

function spansOf(sheet: WorkSheet): Span[] {
  return (sheet['!merges'] ?? [])
    .filter(({ s, e }) => e.r > s.r && s.c < MAX_COLUMNS)
    .map(({ s, e }) => ({ column: s.c, from: s.r + 1, to: e.r + 1 }))
}
