import {
  CLAIMLESS,
  FORBIDDEN,
  FORBIDDING,
  FREED,
  FREEING,
  IN_FORCE,
  LABELS,
  UNTOLD,
} from './claim-vocabulary.ts'
import { figuresIn } from './figure.ts'
import { type Passage, wordsOf } from './passage.ts'
import { pairsOf, plainText, shareIn } from './plain-text.ts'
import { sentencesOfAnswer } from './sentence.ts'

/** Why a sentence of a model's answer is not shown. */
export type Fault =
  | 'uncited'
  | 'no-such-passage'
  | 'words-not-there'
  | 'figures-not-there'
  | 'not-supported'
  | 'frees-or-forbids'
  | 'not-to-be-told'
  | 'not-confirmed'

export interface CheckedSentence {
  sentence: string
  /** The passages it cites, each once. */
  cites: number[]
  fault: Fault | null
}

/** What becomes of a model's answer. */
export type CheckedAnswer =
  | { outcome: 'kept'; text: string; cites: number[]; dropped: CheckedSentence[] }
  /** The excerpts are shown instead. */
  | { outcome: 'replaced'; dropped: CheckedSentence[] }

const CITATION = /\[([\d,，、 ]{1,20})\]/g
const QUOTED = /[“"「『]([^“”"「」『』]{2,})[”"」』]/g
const NAMED = /《([^《》]{2,})》/g
/** So much of a sentence's own words has to stand in what it cites. */
const LEAST_SUPPORT = 0.4
/** No sentence of an answer is longer; one that is was not written for people. */
const LONGEST_SENTENCE = 300
/** With more than this share of sentences gone, what is left may mislead. */
const MOST_DROPPED = 0.5

/** Checks an answer sentence by sentence. Without its first sentence, which answers the question, nothing is kept. */
export function checkAnswer(answer: string, passages: readonly Passage[]): CheckedAnswer {
  const checked = sentencesOfAnswer(answer).map(sentence => checkSentence(sentence, passages))
  const kept = checked.filter(({ fault }) => fault === null)
  const dropped = checked.filter(({ fault }) => fault !== null)
  const first = checked[0]?.fault === null
  if (!first || dropped.length > checked.length * MOST_DROPPED) return { outcome: 'replaced', dropped }
  const cites = [...new Set(kept.flatMap(one => one.cites))].sort((a, b) => a - b)
  return { outcome: 'kept', text: kept.map(({ sentence }) => sentence).join(''), cites, dropped }
}

/** Checks one sentence against the passages it cites. */
export function checkSentence(sentence: string, passages: readonly Passage[]): CheckedSentence {
  const cites = citesIn(sentence)
  const cited = cites.flatMap(number => passages[number - 1] ?? [])
  const faultFound = (fault: Fault | null): CheckedSentence => ({ sentence, cites, fault })
  if (sentence.length > LONGEST_SENTENCE) return faultFound('not-supported')
  if (UNTOLD.test(sentence.normalize('NFKC'))) return faultFound('not-to-be-told')
  if (cites.length === 0) return faultFound('uncited')
  if (cited.length < cites.length) return faultFound('no-such-passage')
  const claim = sentence.replace(CITATION, '')
  if (IN_FORCE.test(claim) && !cited.every(({ confirmed }) => confirmed)) return faultFound('not-confirmed')
  const there = cited.map(wordsOf).join('\n')
  if ((claim.match(LABELS) ?? []).some(label => !there.includes(label))) return faultFound('not-to-be-told')
  if (!hasWords(claim, there)) return faultFound('words-not-there')
  const figures = new Set(figuresIn(there))
  if (!figuresIn(claim).every(figure => figures.has(figure))) return faultFound('figures-not-there')
  if (turnsRound(claim, there)) return faultFound('frees-or-forbids')
  return faultFound(isSupported(claim, there) ? null : 'not-supported')
}

/** The numbers in square brackets, each once. */
export function citesIn(sentence: string): number[] {
  const numbers = [...sentence.matchAll(CITATION)].flatMap(([, list = '']) => list.match(/\d+/g) ?? [])
  return [...new Set(numbers.map(Number))]
}

/** Quoted words and the names of laws stand there; an ellipsis parts a quotation. */
function hasWords(claim: string, there: string): boolean {
  const plain = plainText(there)
  const quoted = [...claim.matchAll(QUOTED), ...claim.matchAll(NAMED)].map(([, words = '']) => words)
  return quoted
    .flatMap(words => words.split(/…+|\.{3,}/))
    .every(words => plain.includes(plainText(bareName(words))))
}

const bareName = (name: string): string => name.replace(/^中华人民共和国(?=.)/, '')

/** The sentence frees from a duty or forbids where no clause it cites does. */
const turnsRound = (claim: string, there: string): boolean =>
  (FREEING.test(claim) && !FREED.test(there)) || (FORBIDDING.test(claim) && !FORBIDDEN.test(there))

function isSupported(claim: string, there: string): boolean {
  const own = pairsOf(claim.replace(CLAIMLESS, ' '))
  return own.length === 0
    ? pairsOf(claim).every(pair => there.includes(pair))
    : shareIn(own, there) >= LEAST_SUPPORT
}
