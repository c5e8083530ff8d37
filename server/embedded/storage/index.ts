import BTree from 'sorted-btree'
import { bulkLoad } from 'sorted-btree/extended/bulkLoad.js'
import { collationOf, Texts, type Collation } from '../value/collation.ts'
import { fieldOf, isDocument, type Doc } from '../value/document.ts'
import { MongoError, notSupported } from '../value/error.ts'
import { inverted, keyOf } from '../value/key.ts'
import { toNumber } from '../value/number.ts'
import { indexed } from '../value/path.ts'
import { compileFilter, type Matcher } from '../query/match.ts'
import { unpack, type Packed } from '../value/packed.ts'
import type { Slot } from './slot.ts'

/** The description of an index, as `createIndexes` gets it and `listIndexes` gives it. */
export type IndexSpec = Doc & { name: string; key: Doc }

/** The description of the index that every collection has. */
export const idSpec = (collation: Doc | undefined): IndexSpec => ({
  v: 2,
  key: { _id: 1 },
  name: '_id_',
  ...(collation ? { collation } : {}),
})

/** One field of an index; inverted fields are stored downward. */
export interface IndexField {
  path: string
  steps: string[]
  direction: 1 | -1
  inverted: boolean
}

/** A string after all keys that begin with the string it is put after. */
export const after = '\uffff'

const compareKeys = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
const nodeSize = 64

/** The places of keys in ascending order. */
const orderOf = (keys: string[]) =>
  Uint32Array.from(keys.keys()).sort((a, b) => compareKeys(keys[a] as string, keys[b] as string))

const taken = <T>(items: T[], order: Uint32Array) => Array.from(order, place => items[place] as T)

/**
 * An ordered index. An entry's key is the keys of its fields and of `_id`; it stands as long as any version of the
 * document that some reader may see has that key.
 */
export class Index {
  spec: IndexSpec
  readonly fields: IndexField[]
  readonly unique: boolean
  readonly sparse: boolean
  readonly partial: Matcher | undefined
  /** How many queries have read it. */
  uses = 0
  /** Whether some document has several keys here. */
  multikey = false
  readonly collation: Collation | undefined
  /** What text stands for text equal to it under the collation. */
  readonly texts: Texts | undefined
  entries = new BTree<string, Slot>(undefined, compareKeys, nodeSize)
  /** The top-level fields that decide a document's keys. */
  readonly concerns: string[]

  constructor(spec: IndexSpec) {
    this.spec = spec
    this.fields = fieldsOf(spec.key)
    this.collation = collationOf(spec.collation)
    this.texts = this.collation && new Texts(this.collation)
    this.unique = Boolean(spec.unique) || spec.name === '_id_'
    this.sparse = Boolean(spec.sparse)
    const only: Doc | undefined = spec.partialFilterExpression
    this.partial = only && compileFilter(only, { collation: this.collation })
    this.concerns = [
      ...new Set(
        [...this.fields.map(field => field.path), ...pathsOf(only)].map(path => path.split('.')[0] ?? ''),
      ),
    ]
  }

  get name(): string {
    return this.spec.name
  }

  /** Whether two documents certainly have the same keys, seen by the identity of the fields that matter. */
  sameKeys(a: Doc, b: Doc): boolean {
    return this.concerns.every(name => fieldOf(a, name) === fieldOf(b, name))
  }

  /** The keys of a document at rest. */
  keysOf(packed: Packed): string[] {
    return this.keys(unpack(packed, this.concerns))
  }

  /** The document's keys, without that of `_id`. */
  keys(doc: Doc): string[] {
    if (this.partial && !this.partial(doc)) return []
    let keys = ['']
    let present = false
    let arrays = 0
    for (const field of this.fields) {
      const { values, many } = fieldValues(doc, field)
      if (many) arrays++
      if (values.some(value => value !== undefined)) present = true
      const found = values.map(value => keyOf(value, this.texts?.put))
      const parts = found.length === 1 ? found : [...new Set(found)]
      const stored = field.inverted ? parts.map(inverted) : parts
      keys =
        stored.length === 1
          ? keys.map(key => key + stored[0])
          : keys.flatMap(key => stored.map(part => key + part))
    }
    if (arrays) this.multikey = true
    if (arrays > 1) this.refuseParallelArrays(doc)
    return this.sparse && !present ? [] : keys
  }

  /** The entry of a slot under one of its keys; that of `_id` is the slot's own. */
  entry(key: string, slot: Slot): string {
    return this.name === '_id_' ? slot.id : key + slot.id
  }

  /** The slots that have an entry under exactly this key. */
  *slotsAt(key: string): Generator<Slot> {
    for (const [entry, slot] of this.entries.entries(key)) {
      if (!entry.startsWith(key)) return
      yield slot
    }
  }

  /** Fills the empty index, all at once. */
  build(slots: Iterable<Slot>): this {
    const keys: string[] = []
    const holders: Slot[] = []
    let isSorted = true
    let last = ''
    for (const slot of slots)
      for (const key of this.entriesOf(slot)) {
        // To be compared makes a key one piece at once, so that the pieces are given back early.
        isSorted = last < key && isSorted
        keys.push((last = key))
        holders.push(slot)
      }
    const order = isSorted ? undefined : orderOf(keys)
    this.entries = order
      ? bulkLoad(taken(keys, order), taken(holders, order), nodeSize, compareKeys)
      : bulkLoad(keys, holders, nodeSize, compareKeys)
    return this
  }

  private entriesOf(slot: Slot): string[] {
    if (this.name === '_id_') return slot.doc || slot.hasSeveral ? [slot.id] : []
    if (!slot.hasSeveral) return slot.doc ? this.keysOf(slot.doc).map(key => key + slot.id) : []
    return [...new Set(slot.live().flatMap(packed => this.keysOf(packed)))].map(key => key + slot.id)
  }

  /** A document that has a key which another one has too; of a transaction's own collection what it has written. */
  duplicate(): Packed | undefined {
    let last: { key: string; slot: Slot } | undefined
    for (const [entry, slot] of this.entries.entries()) {
      const key = entry.slice(0, entry.length - slot.id.length)
      const doc = slot.writer ? slot.pending : slot.doc
      if (!doc || (slot.hasSeveral && !this.keysOf(doc).includes(key))) continue
      if (last?.key === key && last.slot !== slot) return doc
      last = { key, slot }
    }
    return undefined
  }

  add(slot: Slot, keys: string[]): void {
    for (const key of keys) this.entries.set(this.entry(key, slot), slot)
  }

  /** Removes the entries of a version that nobody can see any more, but those that the versions left share. */
  remove(slot: Slot, gone: string[], left: string[]): void {
    const kept = new Set(left)
    for (const key of gone) if (!kept.has(key)) this.entries.delete(this.entry(key, slot))
  }

  private refuseParallelArrays(doc: Doc): void {
    const roots = this.fields.filter(field => fieldValues(doc, field).many).map(field => field.steps[0])
    if (new Set(roots).size > 1)
      throw new MongoError('CannotIndexParallelArrays', `cannot index parallel arrays [${roots.join('] [')}]`)
  }
}

function fieldValues(doc: Doc, { steps }: IndexField): { values: unknown[]; many: boolean } {
  if (steps.length === 1) {
    const value = fieldOf(doc, steps[0] as string)
    if (!Array.isArray(value)) return { values: [value], many: false }
  }
  return indexed(doc, steps)
}

/** A whole index can be read backward, so only fields that run against the first one are inverted. */
function fieldsOf(key: Doc): IndexField[] {
  const entries = Object.entries(key)
  const leading = Math.sign(toNumber(entries[0]?.[1] ?? 1))
  return entries.map(([path, given]) => {
    if (typeof given === 'string') throw notSupported(`an index of type ${given}`)
    if (path.includes('$')) throw notSupported('a wildcard index')
    const direction = toNumber(given) < 0 ? -1 : 1
    return { path, steps: path.split('.'), direction, inverted: direction !== leading }
  })
}

function pathsOf(filter: Doc | undefined): string[] {
  return Object.entries(filter ?? {}).flatMap(([name, value]) => {
    if (!name.startsWith('$')) return [name]
    return [value].flat().flatMap(part => (isDocument(part) ? pathsOf(part) : []))
  })
}
