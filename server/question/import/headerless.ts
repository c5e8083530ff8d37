import { foldWidth } from './fold.ts'
import type { Column } from './header.ts'
import { parseList } from './literal.ts'
import { readType, readVerdict } from './type.ts'

const ENOUGH = 0.8

/**
 * What the columns of a table without a header hold, told by their cells alone: running numbers, types, one column
 * of answers, and before it the stem and its options. Null when the table does not show that shape.
 */
export function inferColumns(rows: string[][]): (Column | null)[] | null {
  const width = Math.max(0, ...rows.map(row => row.length))
  if (rows.length < 3 || width < 2 || width > 40) return null
  const cells = Array.from({ length: width }, (_, index) => rows.map(row => row[index] ?? ''))
  const share = (index: number, test: (cell: string) => boolean) => {
    const filled = (cells[index] ?? []).filter(cell => cell !== '')
    return filled.length < rows.length * ENOUGH ? 0 : filled.filter(test).length / filled.length
  }
  const columns: (Column | null)[] = cells.map(() => null)
  const indexes = columns.map((_, index) => index)
  for (const index of indexes) {
    if (share(index, cell => readType(cell) !== null) >= ENOUGH) columns[index] = { field: 'type' }
    else if (countsUp(cells[index] ?? [])) columns[index] = { field: 'number' }
  }
  const answer = answerColumn(
    indexes.filter(index => columns[index] === null),
    index => share(index, isAnswer),
  )
  const before = indexes.filter(index => columns[index] === null && index < answer)
  const whole = before.filter(index => share(index, isPacked) < ENOUGH)
  const stem = longest(whole.length > 0 ? whole : before, cells)
  if (answer < 0 || stem < 0) return null
  columns[answer] = { field: 'answer' }
  columns[stem] = { field: 'stem' }
  const between = indexes.filter(index => index > stem && index < answer && columns[index] === null)
  const filled = between.filter(index => (cells[index] ?? []).some(cell => cell !== ''))
  if (filled.length === 1) columns[filled[0] ?? 0] = { field: 'options' }
  else filled.forEach((index, place) => (columns[index] = { field: 'option', place }))
  return columns
}

/** Several options in one cell. */
const isPacked = (cell: string): boolean =>
  /\||\n|^\s*[AＡ]\s*[.．、:：]/.test(cell) || (parseList(cell)?.length ?? 0) > 1

/** Letters, a verdict or a list literal. */
function isAnswer(cell: string): boolean {
  const folded = foldWidth(cell).trim()
  return /^[A-L]([\s,、;]*[A-L])*$/i.test(folded) || readVerdict(cell) !== null || parseList(cell) !== null
}

/** The last column that looks like answers throughout. */
function answerColumn(candidates: number[], share: (index: number) => number): number {
  const fitting = candidates.filter(index => share(index) >= ENOUGH)
  return fitting.at(-1) ?? -1
}

function countsUp(cells: string[]): boolean {
  const steps = cells.slice(1).filter((cell, index) => Number(cell) === Number(cells[index]) + 1)
  return /^\d+$/.test(cells[0] ?? '') && steps.length >= (cells.length - 1) * ENOUGH
}

function longest(candidates: number[], cells: string[][]): number {
  const length = (index: number) => (cells[index] ?? []).reduce((sum, cell) => sum + cell.length, 0)
  return candidates.reduce((best, index) => (best < 0 || length(index) > length(best) ? index : best), -1)
}
