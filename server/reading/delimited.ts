import type { Row } from './part.ts'

const DELIMITERS = [',', '\t', ';', '，', '|']

/**
 * Rows of a delimited text by RFC 4180: quotes double inside quotes, quoted cells may hold line ends.
 * A row's number is the line it starts on.
 */
export function parseDelimited(text: string, delimiter = delimiterOf(text)): Row[] {
  const rows: Row[] = []
  let cells: string[] = []
  let start = 1
  let line = 1
  let at = 0
  while (at < text.length) {
    const cell = readCell(text, at, delimiter)
    cells.push(cell.text.trim())
    line += cell.lineEnds
    at = cell.end
    if (at < text.length && text[at] === delimiter) {
      at++
      if (at < text.length) continue
      cells.push('')
    }
    if (cells.some(value => value !== '')) rows.push({ at: start, cells })
    cells = []
    at++
    line++
    start = line
  }
  return rows
}

function readCell(text: string, from: number, delimiter: string) {
  let at = from
  while (text[at] === ' ') at++
  if (text[at] === '"') {
    const quoted = readQuoted(text, at + 1)
    const end = endOfPlain(text, quoted.end, delimiter)
    return { text: quoted.text + text.slice(quoted.end, end), end, lineEnds: quoted.lineEnds }
  }
  const end = endOfPlain(text, from, delimiter)
  return { text: text.slice(from, end), end, lineEnds: 0 }
}

function readQuoted(text: string, from: number) {
  const pieces: string[] = []
  let at = from
  for (;;) {
    const quote = text.indexOf('"', at)
    pieces.push(text.slice(at, quote < 0 ? text.length : quote))
    if (quote >= 0 && text[quote + 1] === '"') {
      pieces.push('"')
      at = quote + 2
      continue
    }
    const inside = pieces.join('')
    return {
      text: inside,
      end: quote < 0 ? text.length : quote + 1,
      lineEnds: inside.split('\n').length - 1,
    }
  }
}

function endOfPlain(text: string, from: number, delimiter: string): number {
  let at = from
  while (at < text.length && text[at] !== delimiter && text[at] !== '\n') at++
  return at
}

/** The delimiter that gives most rows the same number of cells, two or more; a comma when none does. */
export function delimiterOf(text: string): string {
  const sample = text.slice(0, 64 * 1024)
  let best = { delimiter: ',', rows: 0 }
  for (const delimiter of DELIMITERS) {
    const widths = new Map<number, number>()
    for (const { cells } of parseDelimited(sample, delimiter)) {
      if (cells.length > 1) widths.set(cells.length, (widths.get(cells.length) ?? 0) + 1)
    }
    const rows = Math.max(0, ...widths.values())
    if (rows > best.rows) best = { delimiter, rows }
  }
  return best.delimiter
}
