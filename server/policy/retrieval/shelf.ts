import type { Entry } from './catalogue.ts'
import { buildSegment, type Segment } from './segment.ts'

/** Documents that were indexed together; a removed one leaves a gap until shelves are merged. */
export interface Shelf {
  text: Segment
  /** One passage a heading. */
  headings: Segment
  /** The document of each passage. */
  owners: Uint32Array
  /** The heading of each passage. */
  headingOf: Uint32Array
  /** The first passage of each document. */
  firsts: Uint32Array
  documents: (Entry | null)[]
}

/** A shelf of documents whose articles stand in `text` one after another. */
export function shelve(documents: Entry[], text: Segment): Shelf {
  const owners = new Uint32Array(text.lengths.length)
  const headingOf = new Uint32Array(text.lengths.length)
  const firsts = new Uint32Array(documents.length)
  const headings: string[] = []
  let passage = 0
  documents.forEach((document, number) => {
    firsts[number] = passage
    owners.fill(number, passage, passage + document.keys.length)
    for (const [heading, articles] of document.headings) {
      headingOf.fill(headings.length, passage, passage + articles)
      headings.push(heading)
      passage += articles
    }
  })
  return {
    text,
    headings: buildSegment(headings),
    owners,
    headingOf,
    firsts,
    documents,
  }
}

/** The number of passages a shelf has room for, removed ones included. */
export const sizeOf = ({ owners }: Shelf): number => owners.length

/** The key of a passage; nothing for one that was removed. */
export function keyOf({ documents, owners, firsts }: Shelf, passage: number): string | undefined {
  const owner = owners[passage] ?? 0
  return documents[owner]?.keys[passage - (firsts[owner] ?? 0)]
}
