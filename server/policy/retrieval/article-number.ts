import { ARTICLE_LABEL } from './citation-vocabulary.ts'
import { DIGITS, UNITS } from './numeral-vocabulary.ts'

/** The value of 二百七十五, 二七五 or 275; NaN for anything else. */
export function readNumeral(text: string): number {
  if (/^\d+$/.test(text)) return Number(text)
  const letters = [...text]
  if (letters.length === 0 || letters.some(letter => !DIGITS.has(letter) && !UNITS.has(letter))) return NaN
  if (!letters.some(letter => UNITS.has(letter)))
    return letters.reduce((value, letter) => value * 10 + (DIGITS.get(letter) ?? 0), 0)
  let value = 0
  let digit = 0
  for (const letter of letters) {
    const unit = UNITS.get(letter)
    if (unit === undefined) digit = DIGITS.get(letter) ?? 0
    else {
      value += (digit || 1) * unit
      digit = 0
    }
  }
  return value + digit
}

/** One number for an article and what follows 之: 第十七条之一 is 1701, 第十七条 1700. */
export const articleCode = (article: number, insertion: number): number => article * 100 + insertion

/** The code of a label, 0 where it does not begin with 第…条. */
export function codeOfLabel(label: string): number {
  const match = ARTICLE_LABEL.exec(label.normalize('NFKC').replace(/\s/g, ''))
  if (!match) return 0
  const article = readNumeral(match[1] ?? '')
  const insertion = match[2] === undefined ? 0 : readNumeral(match[2])
  return Number.isNaN(article + insertion) ? 0 : articleCode(article, insertion)
}
