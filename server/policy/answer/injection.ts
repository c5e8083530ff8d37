import { SPEAKS_TO_MODEL } from './injection-vocabulary.ts'

/** Marks without width and marks that turn the direction of writing: nobody sees them, a model reads them. */
const INVISIBLE =
  /[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufe00-\ufe0f]|[\u{e0000}-\u{e0fff}]/gu

/** The text without what cannot be seen. */
export const visible = (text: string): string => text.replace(INVISIBLE, '')

/** Whether a sentence speaks to a model instead of to people. */
export function speaksToModel(sentence: string): boolean {
  const plain = visible(sentence).normalize('NFKC')
  const joined = plain.replace(/(?<=\p{Script=Han})[\s.·・*_-]+(?=\p{Script=Han})/gu, '')
  return SPEAKS_TO_MODEL.some(pattern => pattern.test(plain) || pattern.test(joined))
}

/** A clause as a model is given it: without sentences that speak to it; how many were left out is told to the editors. */
export function withoutInstructions(text: string): { text: string; left: number } {
  const sentences = visible(text).split(/(?<=[。！？\n]|[.!?](?=\s|$))/)
  const kept = sentences.filter(sentence => !speaksToModel(sentence))
  return { text: kept.join(''), left: sentences.length - kept.length }
}
