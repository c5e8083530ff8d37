import { ABSOLUTES, SLOGANS } from './prose-vocabulary.ts'

/** Longest sentence in characters, punctuation included (rule 8 of “Content that convinces”). */
export const SENTENCE_MAX = 40

/** The number of Chinese characters in a text; punctuation, digits and letters are not counted. */
export function countHan(text: string): number {
  return text.match(/\p{Script=Han}/gu)?.length ?? 0
}

/** The length of a text as an editor counts it: characters without white space. */
export function textLength(text: string): number {
  return [...text.replace(/\s/g, '')].length
}

/** The sentences of a text, without their closing marks; line breaks end a sentence too. */
export function sentences(text: string): string[] {
  return text
    .split(/[。！？；…\n]+|[!?;](?=\s|$)/)
    .map(sentence => sentence.trim().replace(/^[”’」』）]+/, ''))
    .filter(sentence => sentence !== '')
}

/** The sentences that are longer than SENTENCE_MAX. */
export function longSentences(text: string): string[] {
  return sentences(text).filter(sentence => textLength(sentence) > SENTENCE_MAX)
}

/** Slogans in a text; what stands in quotation marks is somebody's speech and passes. */
export function slogans(text: string): string[] {
  return wordsIn(unquoted(text), SLOGANS)
}

/** Words that promise more than any rule does; quoted speech passes. */
export function absolutes(text: string): string[] {
  return wordsIn(unquoted(text), ABSOLUTES)
}

function wordsIn(text: string, words: readonly string[]): string[] {
  return words.filter(word => text.includes(word))
}

function unquoted(text: string): string {
  return text.replace(/“[^”]*”|「[^」]*」|《[^》]*》/g, '')
}
