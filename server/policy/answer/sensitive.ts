import { plainText } from './plain-text.ts'
import { ALLOWED_PHRASES, DISGUISES, SENSITIVE_WORDS, type Severity } from './sensitive-vocabulary.ts'

/** Where a text was looked at. */
export type SensitivePlace = 'import' | 'question' | 'answer'

export interface SensitiveHit {
  word: string
  kind: string
  severity: Severity
}

/** What becomes of the text: it goes on, a person looks at it while it goes on, or it goes no further. */
export type SensitiveOutcome = 'pass' | 'review' | 'refuse'

/** What is kept for the audit: which words, where and when; neither the text nor who wrote it. */
export interface SensitiveRecord {
  at: Date
  place: SensitivePlace
  outcome: Exclude<SensitiveOutcome, 'pass'>
  hits: SensitiveHit[]
  /** The document, message or answer it is about. */
  subject: string
}

/** What editors add to the lists that come with the product. */
export interface OwnLists {
  words?: readonly SensitiveHit[]
  allowed?: readonly string[]
}

const plain = (text: string): string =>
  DISGUISES.reduce((all, [disguise, meant]) => all.replaceAll(disguise, meant), plainText(text))

const builtIn: SensitiveHit[] = SENSITIVE_WORDS.flatMap(({ kind, severity, words }) =>
  words.map(word => ({ word, kind, severity })),
)

/** The words of the lists in a text, blanks, marks and disguises aside, but for those inside of an allowed phrase. */
export function sensitiveIn(text: string, { words = [], allowed = [] }: OwnLists = {}): SensitiveHit[] {
  const there = plain(text)
  const free = [...ALLOWED_PHRASES, ...allowed]
    .map(plain)
    .filter(phrase => phrase !== '' && there.includes(phrase))
  return [...builtIn, ...words].filter(({ word }) => {
    const sought = plain(word)
    return sought !== '' && stands(sought, there, free)
  })
}

/** Some occurrence of the word is in no allowed phrase. */
function stands(word: string, text: string, phrases: readonly string[]): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const covered = phrases.some(phrase => {
      const inside = phrase.indexOf(word)
      return inside >= 0 && text.startsWith(phrase, at - inside)
    })
    if (!covered) return true
  }
  return false
}

/** The outcome for a text with these words. */
export function outcomeOf(hits: readonly SensitiveHit[]): SensitiveOutcome {
  if (hits.some(({ severity }) => severity === 'refuse')) return 'refuse'
  return hits.length > 0 ? 'review' : 'pass'
}

/** The record for the audit; null where there is nothing to record. */
export function sensitiveRecord(
  hits: readonly SensitiveHit[],
  about: Pick<SensitiveRecord, 'at' | 'place' | 'subject'>,
): SensitiveRecord | null {
  const outcome = outcomeOf(hits)
  return outcome === 'pass' ? null : { ...about, outcome, hits: [...hits] }
}
