import { isClassified } from '../../base/classified.ts'
import { masked } from '../../base/masking.ts'
import { withoutNames } from './name-masking.ts'

/** Identity numbers of the first generation: 15 digits with a date of birth. */
const OLD_IDENTITY = /(?<!\d)([1-6]\d{2})\d{3}\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(\d{3})(?!\d)/g
/** Fixed lines with an area code: 0743-7222222. */
const LANDLINE = /(?<!\d)(0\d{2,3})[ -]\d{4,5}(\d{3})(?!\d)/g
/** Bank cards: 16 to 19 digits, also in groups of four. */
const CARD = /(?<!\d)([3-6]\d{3})(?:[ -]?\d{4}){2}[ -]?(?:\d{4}[ -]?\d{0,3})(?!\d)/g
const MAIL = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g

/** A text as it may be stored and leave for a model, or that it may do neither. */
export type PrivateText = { classified: true } | { classified: false; text: string }

/** Makes a question fit to be kept: nothing with a classification mark, no personal numbers, no names. */
export function privateText(text: string): PrivateText {
  if (isClassified(text)) return { classified: true }
  const numbers = masked(text)
    .replace(MAIL, '***@***')
    .replace(OLD_IDENTITY, '$1*********$2')
    .replace(LANDLINE, '$1-****$2')
    .replace(CARD, '$1 **** ****')
  return { classified: false, text: withoutNames(numbers) }
}
