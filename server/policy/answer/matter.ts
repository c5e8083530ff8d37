import { ASKING_WORDS } from './asking-words-vocabulary.ts'
import { pairsOf } from './plain-text.ts'

/** Characters of a question that are read. */
const LONGEST = 2_000

/** The pairs of characters that tell what a question is about; all of its pairs where it only asks. */
export function matterPairs(question: string): string[] {
  const text = question.slice(0, LONGEST)
  const pairs = pairsOf(text.replace(ASKING_WORDS, ' '))
  return pairs.length > 0 ? pairs : pairsOf(text)
}
