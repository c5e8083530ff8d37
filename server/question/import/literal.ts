/**
 * Reads a list written as JSON or as a Python literal, `['甲', "乙", 3]` or `('甲',)`; null when the text is none.
 */
export function parseList(text: string): (string | number | boolean)[] | null {
  const source = text.trim()
  const close = { '[': ']', '(': ')' }[source[0] ?? '']
  if (close === undefined || !source.endsWith(close)) return null
  const items: (string | number | boolean)[] = []
  let at = skipSpace(source, 1)
  while (at < source.length - 1) {
    const item = readItem(source, at)
    if (item === null) return null
    items.push(item.value)
    at = skipSpace(source, item.end)
    if (source[at] === ',') at = skipSpace(source, at + 1)
    else if (at !== source.length - 1) return null
  }
  // A bracketed phrase such as (一) is no list: a Python tuple of one has a comma.
  return close === ')' && items.length < 2 && !source.includes(',') ? null : items
}

function skipSpace(source: string, from: number): number {
  let at = from
  while (/\s/.test(source[at] ?? '')) at++
  return at
}

const WORDS: Record<string, boolean> = { True: true, False: false, true: true, false: false }

function readItem(source: string, from: number) {
  const quote = source[from] ?? ''
  if (quote === "'" || quote === '"') return readQuoted(source, from + 1, quote)
  const word = /^(?:True|False|true|false|-?\d+(?:\.\d+)?)(?=\s*[,\])])/.exec(
    source.slice(from, from + 40),
  )?.[0]
  if (word === undefined) return null
  return { value: WORDS[word] ?? Number(word), end: from + word.length }
}

function readQuoted(source: string, from: number, quote: string) {
  let value = ''
  for (let at = from; at < source.length; at++) {
    const letter = source[at] ?? ''
    if (letter === quote) return { value, end: at + 1 }
    if (letter !== '\\') {
      value += letter
      continue
    }
    at++
    const escaped = source[at] ?? ''
    value += { n: '\n', t: '\t', r: '\r' }[escaped] ?? escaped
  }
  return null
}
