import type { Citation } from './citation.ts'
import { type Learned, linkedGrams } from './learned.ts'
import { askedGrams, type ReadingStep } from './question.ts'
import type { View } from './view.ts'

/** How much the words of articles count that the question's words lead to, beside its own. */
const LINK_WEIGHT = 4

/** What a question scores in one shelf. */
export interface Match {
  /** By passage. */
  text: Float32Array
  coverage: Float32Array
  links: Float32Array
  /** By document: the law's best articles together, and what is known of the law. */
  law: Float64Array
  prior: Float64Array
  named: Uint8Array
  /** By heading. */
  heading: Float32Array
}

export interface Matches {
  byShelf: Match[]
  /** The rarity of all words of the question together. */
  wholeRarity: number
}

/** A question with what it cites. */
export interface ReadQuestion {
  question: string
  citations: readonly Citation[]
  leftOut?: ReadonlySet<ReadingStep>
}

/** Everything a question matches. */
export function matchQuestion(
  { question, citations, leftOut }: ReadQuestion,
  view: View,
  learned: Omit<Learned, 'ranking'> | undefined,
): Matches {
  const rarity = (gram: number) => view.text.rarity(gram)
  const names = [...new Set(citations.map(({ name }) => name))]
  const { grams, wide } = askedGrams(question, rarity, names, leftOut)
  const { scores, coverage } = view.text.score(grams)
  const linked = learned ? view.text.score(linkedGrams(wide, learned, rarity)).scores : undefined
  const headings = view.headings.score(grams).scores
  const named = namedDocuments(view, citations)
  const byShelf = view.shelves.map((shelf, i): Match => {
    const text = scores[i] ?? new Float32Array()
    const links = linked?.[i] ?? new Float32Array(text.length)
    return {
      text,
      links,
      coverage: coverage[i] ?? new Float32Array(),
      law: bestTogether(shelf.owners, shelf.documents.length, text, links),
      prior: view.priors[i] ?? new Float64Array(),
      named: named[i] ?? new Uint8Array(),
      heading: headings[i] ?? new Float32Array(),
    }
  })
  return { byShelf, wholeRarity: wide.reduce((sum, gram) => sum + rarity(gram), 0) }
}

/** The score of a passage's text with what the question's words lead to. */
export const ownScore = ({ text, links }: Match, passage: number): number =>
  (text[passage] ?? 0) + LINK_WEIGHT * (links[passage] ?? 0)

/** The cubic mean of a law's articles without the division: a few good ones count, many weak ones hardly. */
function bestTogether(
  owners: Uint32Array,
  documents: number,
  text: Float32Array,
  links: Float32Array,
): Float64Array {
  const cubes = new Float64Array(documents)
  for (let i = 0; i < owners.length; i++) {
    const score = (text[i] ?? 0) + LINK_WEIGHT * (links[i] ?? 0)
    if (score === 0) continue
    const owner = owners[i] ?? 0
    cubes[owner] = (cubes[owner] ?? 0) + score * score * score
  }
  return cubes.map(Math.cbrt)
}

function namedDocuments({ shelves }: View, citations: readonly Citation[]): Uint8Array[] {
  const named = shelves.map(({ documents }) => new Uint8Array(documents.length))
  for (const { places } of citations)
    for (const { shelf, document } of places) named[shelf]?.fill(1, document, document + 1)
  return named
}
