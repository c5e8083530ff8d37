/** A stretch of a text, from a character to before another. */
export interface Span {
  from: number
  to: number
}

const END_OF_LAW = /[。；！？\n]/
const END_OF_ANSWER = /[。！？!?\n]/
const OPENING = '“「『《（('
const CLOSING = '”」』》）)'
/** What belongs to a sentence behind its mark: closing quotation marks and citations. */
const TAIL = /^(?:[”’」』）)]|\s*\[[\d,，、 ]{1,20}\])+/

/** The sentences of a clause; parts between semicolons stand by themselves. Together they are all but its blanks. */
export const sentencesOfClause = (text: string): Span[] => split(text, END_OF_LAW)

/** The sentences of an answer; words in quotation marks or brackets are not cut. */
export function sentencesOfAnswer(text: string): string[] {
  return split(text, END_OF_ANSWER).map(({ from, to }) => text.slice(from, to).trim())
}

/** The sentences of an answer that is still being written, and what is not yet a whole sentence. */
export function wholeSentences(text: string): { sentences: string[]; rest: string } {
  const spans = split(text, END_OF_ANSWER)
  const last = spans.at(-1)
  // What ends the text may still get its citation.
  if (!last) return { sentences: [], rest: text }
  const sentences = spans.slice(0, -1).map(({ from, to }) => text.slice(from, to).trim())
  return { sentences, rest: text.slice(last.from) }
}

function split(text: string, end: RegExp): Span[] {
  const spans: Span[] = []
  let from = 0
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    const letter = text.charAt(at)
    if (OPENING.includes(letter)) depth++
    if (CLOSING.includes(letter)) depth = Math.max(0, depth - 1)
    if (letter === '\n') depth = 0
    if (depth > 0 || !end.test(letter)) continue
    const tail = letter === '\n' ? '' : (TAIL.exec(text.slice(at + 1, at + 60))?.[0] ?? '')
    at += tail.length
    add(spans, text, { from, to: at + 1 })
    from = at + 1
  }
  add(spans, text, { from, to: text.length })
  return spans
}

function add(spans: Span[], text: string, { from, to }: Span): void {
  const part = text.slice(from, to)
  const start = from + part.length - part.trimStart().length
  const end = from + part.trimEnd().length
  if (/[\p{L}\p{N}]/u.test(part)) spans.push({ from: start, to: end })
}
