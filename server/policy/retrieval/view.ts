import type { Entry } from './catalogue.ts'
import { priorOf } from './association.ts'
import { Field } from './field.ts'
import { type Learned } from './learned.ts'
import type { PolicyLibrary } from './library.ts'
import { namesOf } from './name-index.ts'
import type { Shelf } from './shelf.ts'

/** What is known of a document's law. */
export interface KnownLaw {
  /** Its place among the learned laws, -1 for none. */
  number: number
  prior: number
}

/** The shelves of a library with everything a search needs, good until the library changes. */
export interface View {
  shelves: readonly Shelf[]
  text: Field
  headings: Field
  /** Where the article of a key stands. */
  placeOf: (key: string) => { shelf: number; passage: number } | undefined
  /** By shelf and document. */
  laws: KnownLaw[][]
}

/** Prepares a library for searching. */
export function viewOf(library: PolicyLibrary, learned: Pick<Learned, 'laws'> | undefined): View {
  const shelves = [...library.shelves]
  const numbers = new Map(learned?.laws.map(({ name }, number) => [name, number]))
  const lawOf = (entry: Entry | null): KnownLaw => {
    if (!entry || !learned) return { number: -1, prior: 0 }
    const number = namesOf(entry).reduce((found, name) => (found < 0 ? (numbers.get(name) ?? -1) : found), -1)
    return { number, prior: learned.laws[number]?.prior ?? priorOf(0, entry.keys.length) }
  }
  return {
    shelves,
    text: new Field(shelves.map(({ text }) => text)),
    headings: new Field(shelves.map(({ headings }) => headings)),
    placeOf: placesIn(shelves),
    laws: shelves.map(({ documents }) => documents.map(lawOf)),
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
