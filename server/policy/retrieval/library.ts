import { codeOfLabel } from './article-number.ts'
import { type Entry, entryOf, type PolicyDocument } from './catalogue.ts'
import { mergeSegments } from './merge.ts'
import { NameIndex } from './name-index.ts'
import { buildSegment } from './segment.ts'
import { type Shelf, shelve, sizeOf } from './shelf.ts'

/** Shelves that are merged into one when there are more: each costs a search a little. */
const MOST_SHELVES = 6
/** The large first shelf is rebuilt once removed documents hold this share of its passages. */
const MOST_GAPS = 0.2

/**
 * The documents that can be searched: a large shelf and a few small ones that came later. Adding a document indexes
 * only that document, removing one leaves a gap; merging tidies up now and then.
 */
export class PolicyLibrary {
  #shelves: Shelf[]
  #names: NameIndex | undefined

  constructor(shelves: Shelf[] = []) {
    this.#shelves = shelves
  }

  get shelves(): readonly Shelf[] {
    return this.#shelves
  }

  /** The names of every document, made when first asked for after a change. */
  get names(): NameIndex {
    this.#names ??= new NameIndex(this.#shelves)
    return this.#names
  }

  /** The number of articles that can be found. */
  get articles(): number {
    return this.documents.reduce((sum, { keys }) => sum + keys.length, 0)
  }

  get documents(): Entry[] {
    return this.#shelves.flatMap(({ documents }) => documents.filter(document => document !== null))
  }

  /** Adds documents; one that is there already under the same key is replaced. */
  add(documents: readonly PolicyDocument[]): void {
    if (documents.length === 0) return
    this.remove(documents.map(({ key }) => key))
    const latest = [...new Map(documents.map(document => [document.key, document])).values()]
    const texts = latest.flatMap(({ articles }) => articles.map(({ text }) => text))
    const entries = latest.map(document => entryOf(document, codeOfLabel))
    this.#shelves.push(shelve(entries, buildSegment(texts)))
    this.#tidy()
  }

  /** Removes documents by key; unknown keys are none. */
  remove(keys: readonly string[]): void {
    const gone = new Set(keys)
    this.#names = undefined
    for (const { documents } of this.#shelves) {
      documents.forEach((document, i) => {
        if (document && gone.has(document.key)) documents[i] = null
      })
    }
    this.#tidy()
  }

  /** Makes one shelf of all, without gaps: before the index is saved. */
  settle(): void {
    if (this.#shelves.length > 1 || this.#shelves.some(shelf => gapsOf(shelf) > 0))
      this.#shelves = [merge(this.#shelves)]
    this.#names = undefined
  }

  #tidy(): void {
    const [first, ...later] = this.#shelves
    if (!first) return
    if (gapsOf(first) > MOST_GAPS * sizeOf(first)) this.#shelves = [merge([first]), ...later]
    const smaller = this.#shelves.slice(1)
    if (smaller.length < MOST_SHELVES) return
    const small = merge(smaller)
    const base = this.#shelves[0]
    const whole = base && sizeOf(small) * 4 > sizeOf(base)
    this.#shelves = whole ? [merge([base, small])] : base ? [base, small] : [small]
  }
}

const gapsOf = (shelf: Shelf): number =>
  shelf.owners.reduce((gaps, owner) => gaps + Number(shelf.documents[owner] === null), 0)

function merge(shelves: Shelf[]): Shelf {
  const parts = shelves.map(({ text, owners, documents }) => ({
    segment: text,
    kept: (passage: number) => documents[owners[passage] ?? 0] !== null,
  }))
  const kept = shelves.flatMap(({ documents }) => documents.filter(document => document !== null))
  return shelve(kept, mergeSegments(parts))
}
