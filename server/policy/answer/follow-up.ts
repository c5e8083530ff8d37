import { GOES_ON, LINK, POINTS_BACK } from './follow-up-vocabulary.ts'
import { matterPairs } from './matter.ts'
import { pairsOf, shareIn } from './plain-text.ts'

/** Longer questions stand by themselves. */
const LONGEST_LINKED = 60
const LONGEST_BARE = 20
/** Pairs of characters that tell what a short question is about; with more it needs nothing from before. */
const FEW_PAIRS = 12
/** Questions that were joined already grow no further. */
const LONGEST_BEFORE = 200

const NAMED = /《[^《》]+》/

/** How a question hangs on the one before: by its words, perhaps by being so short, or not at all. */
export type Hanging = 'linked' | 'perhaps' | 'alone'

/** Whether a question goes on from the one before it. One that names its law stands alone. */
export function hangingOf(question: string): Hanging {
  const text = question.trim()
  if (NAMED.test(text)) return 'alone'
  if (text.length <= LONGEST_LINKED && (GOES_ON.test(text) || POINTS_BACK.test(text))) return 'linked'
  return text.length <= LONGEST_BARE && matterPairs(text).length <= FEW_PAIRS ? 'perhaps' : 'alone'
}

/** Both questions as one, for searching: without a model nothing can put them better. */
export const joined = (before: string, question: string): string =>
  `${before.slice(-LONGEST_BEFORE).trim()} ${question.trim().replace(LINK, '')}`

/** Whether clauses found for both questions have a word of the second: else they answer the first one again. */
export const touches = (question: string, texts: readonly string[]): boolean =>
  shareIn(matterPairs(question), texts.join('\n')) > 0

const LONGEST_REWRITTEN = 150
/** So much of a rewritten question has to come from what was asked. */
const LEAST_ASKED = 0.6

/** Whether a rewritten question is one line and made of what was asked: a model adds nothing of its own. */
export function isFaithful(rewritten: string, asked: readonly string[]): boolean {
  if (rewritten.length < 2 || rewritten.length > LONGEST_REWRITTEN || rewritten.includes('\n')) return false
  return shareIn(pairsOf(rewritten), asked.join('\n')) >= LEAST_ASKED
}
