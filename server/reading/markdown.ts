import type { Line, Part, Row } from './part.ts'

/** No paragraph is longer; looking for pairs of marks in one that is takes too long. */
const LONGEST_INLINE = 20_000
const TABLE_RULE = /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/

/** Markdown without its marks: pipe tables become tables, everything else lines; check boxes stay as `[x]`. */
export function readMarkdown(text: string): Part[] {
  const source = text.split('\n')
  const parts: Part[] = []
  let lines: Line[] = []
  let at = 0
  while (at < source.length) {
    const line = source[at] ?? ''
    if (line.includes('|') && TABLE_RULE.test(source[at + 1] ?? '') && (source[at + 1] ?? '').includes('-')) {
      if (lines.some(each => each.text !== '')) parts.push({ kind: 'text', name: '', lines })
      lines = []
      const rows = tableFrom(source, at)
      parts.push({ kind: 'table', name: '', rows, spans: [] })
      at = (rows.at(-1)?.at ?? at + 1) + (rows.length === 1 ? 1 : 0)
      continue
    }
    lines.push({ at: at + 1, text: plainLine(line), ...headingOf(line) })
    at++
  }
  if (lines.some(each => each.text !== '')) parts.push({ kind: 'text', name: '', lines })
  return parts
}

/** Whether a text file without a name for it is written in Markdown. */
export const isMarkdown = (text: string): boolean =>
  /^#{1,6} |^\s*[-*] \[[ xX]\] |\*\*[^*\n]+\*\*/m.test(text) ||
  text.split('\n').some(line => /^\|.+\|$/.test(line))

function headingOf(line: string): { heading?: number } {
  const marks = /^\s{0,3}(#{1,6})\s/.exec(line)?.[1]
  return marks === undefined ? {} : { heading: marks.length }
}

function tableFrom(source: string[], from: number): Row[] {
  const rows: Row[] = []
  for (let at = from; at < source.length; at++) {
    const line = source[at] ?? ''
    if (!line.includes('|')) break
    if (at === from + 1) continue
    rows.push({ at: at + 1, cells: cellsOf(line) })
  }
  return rows
}

function cellsOf(line: string): string[] {
  const inner = line
    .trim()
    .replace(/^\|/, '')
    .replace(/(?<!\\)\|$/, '')
  return inner.split(/(?<!\\)\|/).map(cell =>
    plainInline(cell.replaceAll('\\|', '|'))
      .replace(/\s*<br\s*\/?>\s*/gi, '\n')
      .trim(),
  )
}

function plainLine(line: string): string {
  if (/^\s*([-*_=]\s*){3,}$/.test(line) || /^\s*(```|~~~)/.test(line)) return ''
  const text = line
    .replace(/^\s*(>\s*)+/, '')
    .replace(/^\s*#{1,6}\s+/, '')
    .replace(/\s+#+\s*$/, '')
    .replace(/^\s*[-*+]\s+(?=\S)/, '')
  return plainInline(text)
    .replace(/<br\s*\/?>/gi, ' ')
    .trim()
}

/** Takes emphasis and code marks away, but leaves underscores that stand for a gap. */
function plainInline(text: string): string {
  if (text.length > LONGEST_INLINE) return text
  return text
    .replace(/<\/?(?:details|summary|div|p|span|center|b|strong)(?:\s[^<>]*)?>/gi, '')
    .replace(/\*\*(.+?)\*\*/g, '$1')
    .replace(/(?<![_\w])__(?=[^_\s])(.+?)(?<=[^_\s])__(?![_\w])/g, '$1')
    .replace(/(?<!\*)\*(?=[^*\s])([^*]+?)(?<=[^*\s])\*(?!\*)/g, '$1')
    .replace(/`([^`]+)`/g, '$1')
    .replace(/\\([\\`*_{}[\]()#+\-.!>~])/g, '$1')
}
