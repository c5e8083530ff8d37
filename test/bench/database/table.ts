import type { EngineName } from './engine.ts'
import type { Figure, Unit } from './figure.ts'

/** The figures as lines; columns of engines that were not measured are left out. */
export function table(figures: readonly Figure[], engines: readonly EngineName[]): string {
  const others = engines.filter(name => name !== 'embedded')
  const beside = others.flatMap(name => [name, `to ${name}`])
  const rows = figures.map(figure => [
    figure.name,
    shown(figure.values.embedded, figure.unit),
    ...others.flatMap(name => [shown(figure.values[name], figure.unit), ratio(figure, name)]),
    figure.goal === undefined ? '' : `≤ ${shown(figure.goal, figure.unit)}`,
    held(figure),
  ])
  return aligned([['figure', 'embedded', ...beside, 'goal', 'held?'], ...rows])
}

const digits: Record<Unit, number> = { '/s': 0, ms: 2, µs: 2, s: 2, times: 2 }

function shown(value: number | undefined, unit: Unit): string {
  if (value === undefined || Number.isNaN(value)) return '–'
  const places = value >= 100 ? 0 : digits[unit]
  const number = value.toLocaleString('en', { minimumFractionDigits: places, maximumFractionDigits: places })
  return unit === '/s' || unit === 'times' ? `${number}${unit === '/s' ? '/s' : '×'}` : `${number} ${unit}`
}

/** Ours over theirs. */
function ratio({ values }: Figure, name: EngineName): string {
  const [ours, theirs] = [values.embedded, values[name]]
  return ours === undefined || theirs === undefined ? '–' : shown(ours / theirs, 'times')
}

function held({ values: { embedded }, goal }: Figure): string {
  if (goal === undefined) return ''
  if (embedded === undefined) return 'not measured'
  return embedded <= goal ? 'yes' : 'NO'
}

function aligned(rows: readonly string[][]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map(row => row[column]?.length ?? 0)))
  const line = (row: readonly string[]): string =>
    row
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join(' | ')
      .trimEnd()
  const [head = [], ...body] = rows
  return [line(head), widths.map(width => '-'.repeat(width)).join('-|-'), ...body.map(line)].join('\n')
}
