/**
 * A character unigram or bigram of Chinese text, or a word of any other script, as one 32-bit number:
 * a unigram is its code, a bigram both codes, a word a hash below the smallest bigram.
 */
export type Gram = number

const ZERO = 0x3007
const FIRST_BIGRAM = ZERO * 0x10000
const isHan = (code: number): boolean => (code >= 0x3400 && code <= 0x9fff) || code === ZERO
const LETTER = /[\p{L}\p{M}\p{N}]/u

/** Text as it is compared: full-width forms, compatibility characters and capitals are folded. */
export const fold = (text: string): string => text.normalize('NFKC').toLowerCase()

/** The grams of a text in order, repeats included. */
export function gramsOf(text: string): Gram[] {
  const folded = fold(text)
  const grams: Gram[] = []
  let before = 0
  let word = 0
  for (let i = 0; i < folded.length; i++) {
    const code = folded.charCodeAt(i)
    const han = isHan(code)
    if (word !== 0 && (han || !isLetter(folded, i))) {
      grams.push(wordGram(word))
      word = 0
    }
    if (han) {
      if (before !== 0) grams.push(before * 0x10000 + code)
      grams.push(code)
    } else if (word !== 0 || isLetter(folded, i)) word = hashed(word, code)
    before = han ? code : 0
  }
  if (word !== 0) grams.push(wordGram(word))
  return grams
}

/** Whether a gram is a pair of characters or a whole word: what carries meaning, unlike a single character. */
export const isWide = (gram: Gram): boolean => gram > 0xffff

/** The characters of a unigram or bigram; nothing for a word, which is known by its hash only. */
export function textOfGram(gram: Gram): string | undefined {
  if (gram <= 0xffff) return String.fromCharCode(gram)
  if (gram < FIRST_BIGRAM) return undefined
  return String.fromCharCode(gram >>> 16, gram & 0xffff)
}

/** How often each gram stands in a list. */
export function countGrams(grams: Gram[]): Map<Gram, number> {
  const counts = new Map<Gram, number>()
  for (const gram of grams) counts.set(gram, (counts.get(gram) ?? 0) + 1)
  return counts
}

function isLetter(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  if (code < 0x80) return (code >= 0x30 && code <= 0x39) || (code >= 0x61 && code <= 0x7a)
  if (code >= 0xdc00 && code <= 0xdfff) return at > 0 && LETTER.test(text.slice(at - 1, at + 1))
  return LETTER.test(code >= 0xd800 && code <= 0xdbff ? text.slice(at, at + 2) : text.charAt(at))
}

/** FNV-1a over the character codes of a word; 0 stands for no word. */
function hashed(hash: number, code: number): number {
  const from = hash === 0 ? 0x811c9dc5 : hash
  return Math.imul(from ^ code, 0x01000193) >>> 0 || 1
}

const wordGram = (hash: number): Gram => 0x10000 + (hash % (FIRST_BIGRAM - 0x10000))
