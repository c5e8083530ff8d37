import type { Entry } from './catalogue.ts'
import { priorOf } from './association.ts'
import { Field } from './field.ts'
import { type Learned } from './learned.ts'
import type { PolicyLibrary } from './library.ts'
import { namesOf } from './name-index.ts'
import type { Shelf } from './shelf.ts'

/** The shelves of a library with everything a search needs, good until the library changes. */
export interface View {
  shelves: readonly Shelf[]
  text: Field
  headings: Field
  /** Where the article of a key stands. */
  placeOf: (key: string) => { shelf: number; passage: number } | undefined
  /** How often each document's law is asked about, by shelf and document. */
  priors: Float64Array[]
}

/** Prepares a library for searching. */
export function viewOf(library: PolicyLibrary, learned: Pick<Learned, 'laws'> | undefined): View {
  const shelves = [...library.shelves]
  const priors = new Map(learned?.laws.map(({ name, prior }) => [name, prior]))
  const priorOfLaw = (entry: Entry | null): number => {
    if (!entry || !learned) return 0
    const name = namesOf(entry).find(one => priors.has(one))
    return priors.get(name ?? '') ?? priorOf(0, entry.keys.length)
  }
  return {
    shelves,
    text: new Field(shelves.map(({ text }) => text)),
    headings: new Field(shelves.map(({ headings }) => headings)),
    placeOf: placesIn(shelves),
    priors: shelves.map(({ documents }) => Float64Array.from(documents, priorOfLaw)),
  }
}

/** Made when the first article is asked for: only a search by meaning needs it. */
function placesIn(shelves: readonly Shelf[]): View['placeOf'] {
  let places: Map<string, { shelf: number; passage: number }> | undefined
  return key => {
    places ??= new Map(
      shelves.flatMap(({ documents, firsts }, shelf) =>
        documents.flatMap((document, number) =>
          (document?.keys ?? []).map(
            (one, i) => [one, { shelf, passage: (firsts[number] ?? 0) + i }] as const,
          ),
        ),
      ),
    )
    return places.get(key)
  }
}
