import { type Match, type Matches, ownScore } from './match.ts'
import { FEATURES } from './ranking.ts'
import type { View } from './view.ts'

/** An article that may answer, with what is known of it for the question. */
export interface Candidate {
  shelf: number
  passage: number
  coverage: number
  /** In the order of `FEATURES`. */
  features: Float64Array
}

/** Which documents may be answered from. */
export type Allowed = (shelf: number, document: number) => boolean

/** What the first sieve gives for the law beside the text. */
const SIEVE = { law: 0.2, prior: 1, heading: 0.3, named: 10 }

interface Sieved {
  shelf: number
  passage: number
  score: number
}

/** The articles that fit best at first sight, with their features. */
export function candidatesOf(matches: Matches, view: View, allowed: Allowed, most: number): Candidate[] {
  const sieved = sieve(matches, view, allowed, most)
  const best = { text: 1e-9, law: 1e-9, coverage: 0 }
  for (const { shelf, passage } of sieved) {
    const match = matches.byShelf[shelf]
    best.text = Math.max(best.text, match?.text[passage] ?? 0)
    best.coverage = Math.max(
      best.coverage,
      (match?.coverage[passage] ?? 0) / Math.max(matches.wholeRarity, 1e-9),
    )
    best.law = Math.max(best.law, match?.law[view.shelves[shelf]?.owners[passage] ?? 0] ?? 0)
  }
  return sieved.map(({ shelf, passage }) => describe(shelf, passage, matches, view, best))
}

function sieve({ byShelf }: Matches, { shelves }: View, allowed: Allowed, most: number): Sieved[] {
  let found: Sieved[] = []
  let least = -Infinity
  shelves.forEach(({ owners, headingOf, documents }, shelf) => {
    const match = byShelf[shelf]
    if (!match) return
    const bonus = documents.map((document, i) =>
      document && allowed(shelf, i) ? document.weight + lawBonus(match, i) : -Infinity,
    )
    for (let passage = 0; passage < owners.length; passage++) {
      const own = ownScore(match, passage)
      const heading = match.heading[headingOf[passage] ?? 0] ?? 0
      if (own === 0 && heading === 0) continue
      const score = own + (bonus[owners[passage] ?? 0] ?? 0) + SIEVE.heading * heading
      if (score <= least || score === -Infinity) continue
      found.push({ shelf, passage, score })
      if (found.length < most * 4) continue
      found = best(found, most)
      least = found.at(-1)?.score ?? least
    }
  })
  return best(found, most)
}

function lawBonus({ law, prior, named }: Match, document: number): number {
  return (
    SIEVE.law * (law[document] ?? 0) +
    SIEVE.prior * (prior[document] ?? 0) +
    SIEVE.named * (named[document] ?? 0)
  )
}

const best = (found: Sieved[], most: number): Sieved[] =>
  found.sort((a, b) => b.score - a.score || a.shelf - b.shelf || a.passage - b.passage).slice(0, most)

/** Features are scaled to be about one, so that weights can be compared. */
function describe(
  shelf: number,
  passage: number,
  { byShelf, wholeRarity }: Matches,
  { shelves }: View,
  best: { text: number; law: number; coverage: number },
): Candidate {
  const [match, place] = [byShelf[shelf], shelves[shelf]]
  if (!match || !place) return { shelf, passage, coverage: 0, features: new Float64Array(FEATURES.length) }
  const { owners, headingOf, text, firsts } = place
  const owner = owners[passage] ?? 0
  const own = match.text[passage] ?? 0
  const law = match.law[owner] ?? 0
  const coverage = (match.coverage[passage] ?? 0) / Math.max(wholeRarity, 1e-9)
  // What was learned counts the less, the better the question's own words are found.
  const open = (1 - Math.min(best.coverage, 1)) ** 2
  const features = Float64Array.of(
    own / 10,
    (own / best.text) * 3,
    (law / best.law) * 3,
    coverage * 3,
    (match.links[passage] ?? 0) * open,
    (match.prior[owner] ?? 0) * open,
    Math.log(1 + (text.lengths[passage] ?? 0)) - 5,
    Number(firsts[owner] === passage),
    (match.heading[headingOf[passage] ?? 0] ?? 0) / 10,
    match.named[owner] ?? 0,
  )
  return { shelf, passage, coverage, features }
}
