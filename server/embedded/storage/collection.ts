import { BSON } from 'bson'
import type { Doc } from '../value/document.ts'
import { decode } from '../value/decode.ts'
import { encode } from '../value/encode.ts'
import { keyOf } from '../value/key.ts'
import { packBytes, unpack, type Packed } from '../value/packed.ts'
import { refuseUncapped, removeOldest } from './capped.ts'
import { putChange, type Change } from './change.ts'
import { duplicateKey, refuseHolder } from './duplicate.ts'
import { idSpec, Index, type IndexSpec } from './index.ts'
import { Slot, type Version } from './slot.ts'
import type { Store } from './store.ts'
import { packedToStore, withId } from './stored.ts'
import { Busy, writeConflict, type Transaction } from './transaction.ts'

const idOnly = ['_id']

/** What a collection was made with, as `listCollections` gives it; a view has no documents of its own. */
export interface CollectionOptions {
  validator?: Doc
  validationLevel?: 'strict' | 'moderate' | 'off'
  validationAction?: 'error' | 'warn'
  capped?: boolean
  size?: number
  max?: number
  collation?: Doc
  viewOn?: string
  pipeline?: Doc[]
}

/** A collection: slots by `_id`, in the order of their making, and indexes. */
export class Collection {
  readonly database: string
  readonly name: string
  readonly uuid = new BSON.UUID()
  readonly slots = new Map<string, Slot>()
  readonly indexes = new Map<string, Index>()
  /** How many documents are committed. */
  size = 0
  /** How many bytes of BSON they have. */
  bytes = 0
  dropped = false
  options: CollectionOptions
  /** The open transaction that has made it; nobody else sees it yet. */
  madeIn: Transaction | undefined
  private readonly store: Store

  constructor(store: Store, database: string, name: string, options: CollectionOptions = {}) {
    this.store = store
    this.options = options
    this.database = database
    this.name = name
    this.indexes.set('_id_', new Index(idSpec(options.collation)))
  }

  get namespace(): string {
    return `${this.database}.${this.name}`
  }

  /** The key of the slot of an `_id`. */
  private idKey(_id: unknown): string {
    return keyOf(_id, this.indexes.get('_id_')?.texts?.put)
  }

  /** Adds a document, with an `_id` in the first place if it has none; answers it. */
  insert(given: Doc, transaction: Transaction | undefined): Doc {
    const doc = withId(given)
    if (this.options.capped) refuseUncapped(this, doc, transaction)
    const id = this.idKey(doc._id)
    const slot = this.slots.get(id) ?? new Slot(id)
    this.refuseConflict(slot, transaction)
    if (slot.visible(transaction)) throw duplicateKey(this, this.indexes.get('_id_') as Index, doc)
    this.write(slot, undefined, doc, transaction)
    if (this.options.capped) removeOldest(this, slot)
    return doc
  }

  /** Puts another document, or none, in the place of the one that the writer sees, which is `before`. */
  replace(slot: Slot, before: Doc, doc: Doc | undefined, transaction: Transaction | undefined): void {
    this.refuseConflict(slot, transaction)
    this.write(slot, before, doc, transaction)
  }

  private refuseConflict(slot: Slot, transaction: Transaction | undefined): void {
    if (slot.writer && slot.writer !== transaction) throw new Busy(slot.writer)
    if (transaction && (slot.commit > transaction.snapshot || this.dropped)) throw writeConflict()
  }

  private write(
    slot: Slot,
    before: Doc | undefined,
    doc: Doc | undefined,
    transaction: Transaction | undefined,
  ): void {
    const packed = doc && packedToStore(doc)
    const touched = this.touchedIndexes(slot, before, doc, transaction)
    const change = this.store.journal && this.changeTo(packed, before)
    if (!transaction) this.store.record(change)
    // From here on nothing can fail.
    this.slots.set(slot.id, slot)
    for (const { index, keys } of touched) index.add(slot, keys)
    if (transaction) return this.writePending(slot, packed, transaction, change)
    const commit = this.store.nextCommit()
    if (slot.older || this.store.history.isWatched) return this.publish(slot, packed, commit)
    this.put(slot, packed, commit)
    if (before) for (const { index, keys } of touched) index.remove(slot, index.keys(before), keys)
    if (!packed) this.slots.delete(slot.id)
  }

  private changeTo(packed: Packed | undefined, before: Doc | undefined): Uint8Array {
    if (packed) return putChange(this.namespace, packed)
    return encode({ delete: this.namespace, id: before?._id as unknown } satisfies Change)
  }

  /** The indexes in which the two documents may have other keys, with the new ones; refuses those that others hold. */
  private touchedIndexes(
    slot: Slot,
    before: Doc | undefined,
    doc: Doc | undefined,
    transaction: Transaction | undefined,
  ): { index: Index; keys: string[] }[] {
    const touched: { index: Index; keys: string[] }[] = []
    for (const index of this.indexes.values()) {
      if (before && doc && index.sameKeys(before, doc)) continue
      const keys = doc ? index.keys(doc) : []
      touched.push({ index, keys })
      if (!doc || !index.unique || index.name === '_id_') continue
      for (const key of keys)
        for (const other of index.slotsAt(key))
          if (other !== slot) refuseHolder(this, { index, key, other, doc, transaction })
    }
    return touched
  }

  private writePending(
    slot: Slot,
    packed: Packed | undefined,
    transaction: Transaction,
    change: Uint8Array | undefined,
  ): void {
    const before = slot.pending
    slot.writer = transaction
    slot.pending = packed
    transaction.written.set(slot, { collection: this, change })
    if (before) this.unindex(slot, before)
  }

  /** What a transaction has written here becomes the newest version. */
  commitPending(slot: Slot, commit: number): void {
    const { pending } = slot
    slot.writer = slot.pending = undefined
    this.publish(slot, pending, commit)
  }

  /** What a transaction has written here goes away. */
  dropPending(slot: Slot): void {
    const { pending } = slot
    slot.writer = slot.pending = undefined
    if (pending) this.unindex(slot, pending)
    this.forgetEmpty(slot)
  }

  private publish(slot: Slot, packed: Packed | undefined, commit: number): void {
    const { history } = this.store
    if (slot.commit > history.newest) return this.overwrite(slot, packed, commit)
    if (slot.doc || slot.older) {
      slot.older = { doc: slot.doc, commit: slot.commit, older: slot.older }
      history.bytes += slot.doc?.length ?? 0
    }
    this.put(slot, packed, commit)
    if (slot.older || !packed) history.superseded(slot, this, commit)
  }

  /** Puts a version in the place of one that no snapshot sees. */
  private overwrite(slot: Slot, packed: Packed | undefined, commit: number): void {
    const before = slot.doc
    this.put(slot, packed, commit)
    if (before) this.unindex(slot, before)
    this.forgetEmpty(slot)
  }

  private put(slot: Slot, packed: Packed | undefined, commit: number): void {
    this.size += Number(packed !== undefined) - Number(slot.doc !== undefined)
    this.bytes += (packed?.length ?? 0) - (slot.doc?.length ?? 0)
    slot.doc = packed
    slot.commit = commit
  }

  /** Drops the versions that a reader of this commit, or a later one, cannot see. */
  forget(slot: Slot, oldest: number): void {
    let kept: Version = slot
    while (kept.commit > oldest && kept.older) kept = kept.older
    const gone = kept.older
    kept.older = undefined
    for (let version = gone; version; version = version.older)
      if (version.doc) {
        this.store.history.bytes -= version.doc.length
        this.unindex(slot, version.doc)
      }
    this.forgetEmpty(slot)
  }

  private forgetEmpty(slot: Slot): void {
    if (!slot.doc && !slot.hasSeveral) this.slots.delete(slot.id)
  }

  private unindex(slot: Slot, gone: Packed): void {
    const live = slot.live()
    for (const index of this.indexes.values()) {
      const left = live.flatMap(packed => index.keysOf(packed))
      index.remove(slot, index.keysOf(gone), left)
    }
  }

  /** The changes that make it, without documents, for the log. */
  *schema(): Generator<Change> {
    yield { create: this.namespace, options: this.options }
    for (const { spec, name } of this.indexes.values())
      if (name !== '_id_') yield { index: this.namespace, spec }
  }

  /** An index over all documents, not yet in use; throws when they break its uniqueness. */
  builtIndex(spec: IndexSpec): Index {
    const index = new Index(spec)
    index.build(this.slots.values())
    const duplicate = index.unique && index.duplicate()
    if (duplicate) throw duplicateKey(this, index, unpack(duplicate))
    return index
  }

  /** Builds the indexes over the documents that were restored. */
  rebuild(specs: Iterable<IndexSpec>): void {
    for (const index of this.indexes.values()) index.build(this.slots.values())
    for (const spec of specs) this.indexes.set(spec.name, new Index(spec).build(this.slots.values()))
  }

  /** Puts a document that the log or a snapshot file holds; the indexes are built when all are there. */
  restore(document: Buffer): void {
    const id = this.idKey(decode(document, 0, idOnly)._id)
    const slot = this.slots.get(id) ?? new Slot(id)
    this.put(slot, packBytes(document), 0)
    this.slots.set(id, slot)
  }

  /** Takes a document away that the log says was deleted. */
  restoreDeletion(_id: unknown): void {
    const slot = this.slots.get(this.idKey(_id))
    if (!slot) return
    this.put(slot, undefined, 0)
    this.slots.delete(slot.id)
  }
}
