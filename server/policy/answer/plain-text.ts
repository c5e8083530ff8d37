/** A text as it is compared: full-width forms and capitals folded; blanks, marks and invisible characters taken out. */
export const plainText = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]/gu, '')

/** The pairs of neighbouring characters of a text, each once, in order; pairs over a mark or a blank do not count. */
export function pairsOf(text: string): string[] {
  const pairs = new Set<string>()
  for (const piece of text
    .normalize('NFKC')
    .toLowerCase()
    .split(/[^\p{L}\p{M}\p{N}]+/u)) {
    const letters = [...piece]
    for (let at = 0; at + 1 < letters.length; at++) pairs.add(`${letters[at]}${letters[at + 1]}`)
  }
  return [...pairs]
}

/** The share of `pairs` that a text has; 0 for none. */
export function shareIn(pairs: readonly string[], text: string): number {
  const there = text.normalize('NFKC').toLowerCase()
  return pairs.length === 0 ? 0 : pairs.filter(pair => there.includes(pair)).length / pairs.length
}
