import { ASKING, BLANK } from './asking-vocabulary.ts'
import { EVERYDAY_WORDS } from './everyday-vocabulary.ts'
import { countGrams, fold, type Gram, gramsOf, isWide } from './gram.ts'

/** A question as it is looked for. */
export interface AskedGrams {
  /** Its own grams and, for less, those of the terms that its everyday words stand for. */
  grams: Map<Gram, number>
  /** Its distinct wide grams. */
  wide: Gram[]
}

/** What is done with a question that a measurement can leave out, to see what it brings. */
export type ReadingStep = 'citations' | 'asking-words' | 'everyday-words'

/** The rarest grams that are looked for; a long story has no more to tell. */
const MOST_GRAMS = 200
/** A term that stands for an everyday word counts this much of a word of the question. */
const TERM_WEIGHT = 0.5
/** A gram of the name of a law that is known to be meant. */
const NAME_WEIGHT = 0.2
/** Characters of a question that are read. */
const LONGEST = 2_000

/** What to look for. */
export function askedGrams(
  question: string,
  rarity: (gram: Gram) => number,
  lawNames: readonly string[] = [],
  leftOut: ReadonlySet<ReadingStep> = new Set(),
): AskedGrams {
  const text = question.slice(0, LONGEST)
  const matter = leftOut.has('asking-words') ? text : matterOf(text)
  const grams = rarest(withoutNames(countGrams(gramsOf(matter)), lawNames), rarity)
  const wide = [...grams.keys()].filter(isWide)
  for (const term of leftOut.has('everyday-words') ? [] : termsFor(fold(text))) {
    for (const gram of gramsOf(term)) if (!grams.has(gram)) grams.set(gram, TERM_WEIGHT)
  }
  return { grams, wide }
}

/** A question without the words that only ask; the whole of it where nothing else is left. */
export function matterOf(text: string): string {
  const matter = text.replace(BLANK, ' ').replace(ASKING, ' ')
  return /[\p{L}\p{N}]{2}/u.test(matter) ? matter : text
}

/** The terms of law that the everyday words of a folded text stand for. */
export function termsFor(text: string): string[] {
  return EVERYDAY_WORDS.filter(([word]) => text.includes(word)).flatMap(([, terms]) => terms)
}

/** The name of a law that is known to be meant finds its article on purpose and scope, not the one that answers. */
function withoutNames(counts: Map<Gram, number>, lawNames: readonly string[]): Map<Gram, number> {
  for (const gram of lawNames.flatMap(name => gramsOf(name))) {
    const count = counts.get(gram)
    if (count !== undefined) counts.set(gram, Math.max(count - 1, Math.min(count, NAME_WEIGHT)))
  }
  return counts
}

function rarest(counts: Map<Gram, number>, rarity: (gram: Gram) => number): Map<Gram, number> {
  if (counts.size <= MOST_GRAMS) return counts
  const byGain = [...counts].map(([gram, count]) => ({ gram, count, gain: count * rarity(gram) }))
  byGain.sort((a, b) => b.gain - a.gain)
  return new Map(byGain.slice(0, MOST_GRAMS).map(({ gram, count }) => [gram, count]))
}
