import type { Row, Span } from '#server/reading/part'
import { withShortSpaces } from './fold.ts'
import { inferColumns } from './headerless.ts'
import { headerAt, readName, type Column } from './header.ts'
import { addField } from './record.ts'
import { emptyQuestion, type RawQuestion } from './raw.ts'
import { readHeading, readType } from './type.ts'
import type { StatedType } from './vocabulary.ts'

/** A table with the name of its sheet; `section` is the type a heading before it or the sheet's name states. */
export interface Table {
  name: string
  rows: Row[]
  spans: Span[]
  section: StatedType | null
}

/** Questions of a table: under a header, without one, or with names in the first column. Null: not understood. */
export function readTable(table: Table): RawQuestion[] | null {
  const first = table.rows.findIndex((_, index) => headerAt(table.rows, index) !== null)
  if (first >= 0 && first < 60) return readRows(table, first)
  const paired = readPairs(table)
  if (paired !== null) return paired
  const columns = inferColumns(table.rows.map(row => row.cells))
  return columns === null
    ? null
    : readRows({ ...table, rows: [{ at: 0, cells: [] }, ...table.rows] }, 0, columns)
}

/** A place people find again: sheet and row. */
const placeOf = (table: Table, row: Row): string =>
  table.name === '' ? `row ${row.at}` : `${table.name} row ${row.at}`

function readRows(table: Table, first: number, inferred?: (Column | null)[]): RawQuestion[] {
  const questions: RawQuestion[] = []
  let columns = inferred ?? []
  let section = sectionBefore(table, first)
  for (let at = inferred === undefined ? first : first + 1; at < table.rows.length; at++) {
    const header = headerAt(table.rows, at)
    if (header !== null) {
      columns = withOptionRows(table, header.columns)
      at += header.height - 1
      continue
    }
    const row = table.rows[at]
    if (row === undefined) continue
    const filled = row.cells.filter(cell => cell !== '')
    const heading = filled.length === 1 ? readHeading(filled[0] ?? '') : null
    if (heading !== null) {
      section = heading
      continue
    }
    const question = readRow(table, row, columns, section)
    const last = questions.at(-1)
    if (
      last !== undefined &&
      question.stem === '' &&
      question.answers.length === 0 &&
      question.options.length > 0
    ) {
      last.options.push(...continued(question, last.options.length))
    } else if (filled.length > 0) questions.push(question)
  }
  return questions
}

/** Where rows without a stem go on with the options, each cell is one option, whatever stands in it. */
function withOptionRows(table: Table, columns: (Column | null)[]): (Column | null)[] {
  const place = (field: string) => columns.findIndex(column => column?.field === field)
  const [stem, options] = [place('stem'), place('options')]
  const goesOn = table.rows.some(({ cells }) => (cells[stem] ?? '') === '' && (cells[options] ?? '') !== '')
  if (options < 0 || !goesOn) return columns
  const option = { field: 'option' as const, place: 0 }
  return columns.map((column, index) => (index === options ? option : column))
}

/** Options of a row that only goes on with the question above get the next letters. */
function continued(question: RawQuestion, from: number) {
  return question.options.map((option, index) => ({
    ...option,
    label: String.fromCharCode(65 + from + index),
  }))
}

function sectionBefore(table: Table, first: number): StatedType | null {
  for (const row of table.rows.slice(0, first).reverse()) {
    const filled = row.cells.filter(cell => cell !== '')
    const heading = filled.length === 1 ? readHeading(filled[0] ?? '') : null
    if (heading !== null) return heading
  }
  return table.section
}

function readRow(
  table: Table,
  row: Row,
  columns: (Column | null)[],
  section: StatedType | null,
): RawQuestion {
  const question = emptyQuestion(placeOf(table, row))
  const margin: string[] = []
  columns.forEach((column, index) => {
    const cell = withShortSpaces(row.cells[index] ?? '') || spanned(table, row, index, column)
    if (cell === '') return
    if (column === null) margin.push(cell)
    else addField(question, column, cell)
  })
  question.margin += margin.join('\n')
  question.type ??= section
  return question
}

/** What stands merged over several rows counts for each of them where it describes them: type, topic, source. */
function spanned(table: Table, row: Row, index: number, column: Column | null): string {
  if (column === null || !['type', 'topic', 'difficulty', 'law'].includes(column.field)) return ''
  const span = table.spans.find(each => each.column === index && each.from < row.at && row.at <= each.to)
  if (span === undefined) return ''
  return table.rows.find(each => each.at === span.from)?.cells[index] ?? ''
}

/** Word tables of two columns, the field's name on the left; each stem starts a question. */
function readPairs(table: Table): RawQuestion[] | null {
  const named = table.rows.map(row => ({ row, column: readName(row.cells[0] ?? '') }))
  const fields = new Set(named.map(each => each.column?.field))
  if (!fields.has('stem') || !(fields.has('answer') || fields.has('option') || fields.has('options')))
    return null
  const questions: RawQuestion[] = []
  let question = emptyQuestion('')
  let pending = true
  for (const { row, column } of named) {
    const text = row.cells
      .slice(1)
      .filter(cell => cell !== '')
      .join('\n')
    if (column === null || text === '') continue
    const starts = pending || (column.field === 'stem' && question.stem !== '') || column.field === 'number'
    if (starts && !(column.field === 'stem' && !pending && question.stem === '')) {
      question = { ...emptyQuestion(placeOf(table, row)), type: table.section }
      questions.push(question)
      pending = false
    }
    addField(question, column, text)
  }
  return questions
}

/** The type a sheet's name states: 单选题, 判断(50). */
export const typeOfSheet = (name: string): StatedType | null =>
  readHeading(name) ?? readType(name.replace(/\d+/g, ''))

/** Text of a table cell by cell, for tables that only lay out running text. */
export const tableLines = (rows: Row[]) =>
  rows.flatMap(row => row.cells.flatMap(cell => cell.split('\n')).map(text => ({ at: row.at, text })))
