import { plainText } from './plain-text.ts'
import { ALLOWED_PHRASES, DISGUISES, SENSITIVE_WORDS, type Severity } from './sensitive-vocabulary.ts'

/** Where a text was looked at. */
export type SensitivePlace = 'import' | 'question' | 'answer' | 'name'

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

/** A word as it is looked for. */
interface Sought {
  plain: string
  hit: SensitiveHit
}

const soughtOf = (hits: readonly SensitiveHit[]): Sought[] =>
  hits.map(hit => ({ plain: plain(hit.word), hit })).filter(sought => sought.plain !== '')
const phrasesOf = (phrases: readonly string[]): string[] => phrases.map(plain).filter(phrase => phrase !== '')

const builtIn = soughtOf(
  SENSITIVE_WORDS.flatMap(({ kind, severity, words }) => words.map(word => ({ word, kind, severity }))),
)
const builtInPhrases = phrasesOf(ALLOWED_PHRASES)

/** The words of the lists in a text, blanks, marks and disguises aside, but for those inside of an allowed phrase. */
export const sensitiveIn = (text: string, own: OwnLists = {}): SensitiveHit[] => finderOf(own)(text)

/** The same for many texts: what is made of the lists is made once. */
export function finderOf({ words = [], allowed = [] }: OwnLists): (text: string) => SensitiveHit[] {
  const sought = [...builtIn, ...soughtOf(words)]
  const phrases = [...builtInPhrases, ...phrasesOf(allowed)]
  return text => {
    const there = plain(text)
    const found = sought.filter(word => there.includes(word.plain))
    if (found.length === 0) return []
    const free = phrases.filter(phrase => there.includes(phrase))
    return found.filter(word => stands(word.plain, there, free)).map(({ hit }) => hit)
  }
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
