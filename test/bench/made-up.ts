import type { PolicyDocument } from '#server/policy/retrieval/catalogue'
import { writeNumeral } from '#server/policy/split/numeral'

export const ARTICLES_A_LAW = 50
const ARTICLE_LENGTH = 120
/** Characters of the made-up language; a few are frequent and most are rare, as in real text. */
const CHARACTERS = 3_000

/** A law of a language that does not exist, as long as laws are. */
export function madeUpLaw(number: number, random: () => number): PolicyDocument {
  const key = `law-${number}`
  const articles = Array.from({ length: ARTICLES_A_LAW }, (_, i) => ({
    key: `${key}#${i}`,
    label: `第${writeNumeral(i + 1)}条`,
    heading: `第${writeNumeral(Math.floor(i / 10) + 1)}章`,
    text: madeUpText(ARTICLE_LENGTH, random),
  }))
  const name = `${madeUpText(6, random)}${number}号条例`
  return { key, name, otherNames: [], from: null, until: null, weight: 0, articles }
}

/** A text whose characters are as unevenly frequent as those of a language: the n-th about 1/n times. */
export const madeUpText = (length: number, random: () => number): string =>
  String.fromCharCode(
    ...Array.from(
      { length },
      () => 0x4e00 + Math.floor(CHARACTERS ** random()) - 1 + Math.floor(random() * 40),
    ),
  )

/** The same numbers from 0 to 1 at every run (a linear congruential generator). */
export function numbers(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
