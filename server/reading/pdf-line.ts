import type { Line } from './part.ts'

/** A run of glyphs on a page; y grows upwards, all in points. */
export interface Glyphs {
  text: string
  x: number
  y: number
  width: number
  height: number
}

interface Printed {
  text: string
  left: number
  right: number
  height: number
}

const PAGE_NUMBER = /^[\s\-—–－·.]*(?:\d{1,4}|\u7b2c\s*\d+\s*\u9875.*)[\s\-—–－·.]*$/
/** Lines that end this many letters before the right edge end a paragraph. */
const SHORT_BY = 2.5
const INDENT = 1.2

/** Paragraphs of a document's pages, and what stands above and below the text: page numbers and running heads. */
export function paragraphsOf(pages: Glyphs[][]): { lines: Line[]; margins: string[] } {
  const printed = pages.map(printedLines)
  const running = runningHeads(printed)
  const margins: string[] = []
  const body = printed.flatMap(lines =>
    lines.filter(({ text }, index) => {
      const edge = index === 0 || index === lines.length - 1
      if (!edge || !(PAGE_NUMBER.test(text) || running.has(withoutNumbers(text)))) return true
      margins.push(text)
      return false
    }),
  )
  return { lines: joined(body), margins }
}

/** Glyphs of one page as lines from top to bottom. */
function printedLines(glyphs: Glyphs[]): Printed[] {
  const lines: Glyphs[][] = []
  for (const each of [...glyphs].sort((a, b) => b.y - a.y || a.x - b.x)) {
    const line = lines.at(-1)
    const first = line?.[0]
    if (first && first.y - each.y < 0.5 * Math.max(first.height, each.height, 1)) line.push(each)
    else lines.push([each])
  }
  return lines.map(printedLine).filter(({ text }) => text !== '')
}

function printedLine(glyphs: Glyphs[]): Printed {
  const sorted = [...glyphs].sort((a, b) => a.x - b.x)
  let text = ''
  let right = sorted[0]?.x ?? 0
  for (const each of sorted) {
    const gap = each.x - right
    const wordy = /[!-~]$/.test(text) && /^[!-~]/.test(each.text)
    if (text !== '' && gap > each.height * (wordy ? 0.2 : 0.8)) text += ' '
    text += each.text
    right = Math.max(right, each.x + each.width)
  }
  const seen = sorted.filter(each => each.text.trim() !== '')
  return {
    text: text.trim(),
    left: seen[0]?.x ?? 0,
    right: Math.max(...seen.map(each => each.x + each.width), 0),
    height: Math.max(...seen.map(each => each.height), 1),
  }
}

/** Running heads may count the pages. */
const withoutNumbers = (text: string): string => text.replace(/\d+/g, '#')

/** What stands first or last on most pages of a document of three or more. */
function runningHeads(pages: Printed[][]): Set<string> {
  const counts = new Map<string, number>()
  for (const lines of pages) {
    const edges = [lines[0], lines.at(-1)].flatMap(line => (line ? [withoutNumbers(line.text)] : []))
    for (const text of new Set(edges)) counts.set(text, (counts.get(text) ?? 0) + 1)
  }
  const enough = Math.max(3, pages.length * 0.6)
  return new Set([...counts].filter(([, count]) => count >= enough).map(([text]) => text))
}

/** A new paragraph is indented, follows a short line, or is set in another size. */
function joined(printed: Printed[]): Line[] {
  const left = quantile(printed.map(line => line.left).sort(ascending), 0.1)
  const right = quantile(printed.map(line => line.right).sort(ascending), 0.9)
  const lines: Line[] = []
  let before: Printed | undefined
  for (const line of printed) {
    const last = lines.at(-1)
    const fresh =
      before === undefined ||
      last === undefined ||
      line.left > left + INDENT * line.height ||
      before.right < right - SHORT_BY * before.height ||
      Math.abs(line.height - before.height) > 0.15 * before.height
    if (fresh) lines.push({ at: lines.length + 1, text: line.text })
    else last.text += (/[!-~]$/.test(last.text) && /^[!-~]/.test(line.text) ? ' ' : '') + line.text
    before = line
  }
  return lines
}

const ascending = (a: number, b: number): number => a - b
const quantile = (sorted: number[], share: number): number =>
  sorted[Math.floor((sorted.length - 1) * share)] ?? 0
