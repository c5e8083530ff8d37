import type { Line } from './part.ts'

/** Lines that were broken at a width: between these many letters. */
const NARROWEST = 18
const WIDEST = 90
/** A line this much shorter than the width ends its paragraph. */
const SHORT_BY = 4
const LEAST_LINES = 8
/** The share of lines that fill the width in a text that was broken at one. */
const LEAST_SHARE = 0.35

/**
 * The paragraphs of a plain text. One whose lines were broken at a width, as copied from a PDF or an old terminal, has
 * them joined; any other has a paragraph a line.
 */
export function unwrapped(lines: Line[]): Line[] {
  const width = widthOf(lines)
  if (width === null) return lines
  const paragraphs: Line[] = []
  let open: Line | undefined
  for (const { at, text } of lines) {
    const words = text.trim()
    const indented = /^(?:[\u3000\u00a0]|\s{2,}|\t)/.test(text)
    if (words === '') open = undefined
    else if (open && !indented) open.text += words
    else paragraphs.push((open = { at, text: words }))
    if (words.length <= width - SHORT_BY) open = undefined
  }
  return paragraphs
}

/** The width at which the lines were broken; null where they are paragraphs. */
function widthOf(lines: Line[]): number | null {
  const lengths = lines.map(({ text }) => text.trim().length).filter(length => length > 0)
  if (lengths.length < LEAST_LINES) return null
  const width = Math.max(...lengths.slice(0, 10_000))
  if (width < NARROWEST || width > WIDEST) return null
  const full = lines.filter(({ text }) => {
    const words = text.trim()
    return words.length > width - SHORT_BY && !/[。；：！？]$/.test(words)
  })
  return full.length / lengths.length >= LEAST_SHARE ? width : null
}
