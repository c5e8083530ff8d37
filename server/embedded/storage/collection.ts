import { BSON, ObjectId } from 'bson'
import { isTooDeep, type Doc } from '../value/document.ts'
import { MongoError } from '../value/error.ts'
import { keyOf } from '../value/key.ts'
import { bytesOf, refuseUncapped, removeOldest } from './capped.ts'
import { duplicateKey } from './duplicate.ts'
import { Index, type IndexSpec } from './index.ts'
import { Slot, type Version } from './slot.ts'
import type { Store } from './store.ts'
import { Busy, writeConflict, type Transaction } from './transaction.ts'

const maxDocumentBytes = 16 * 1024 * 1024

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
  dropped = false
  options: CollectionOptions
  /** How many bytes the documents have, known where the collection is capped. */
  cappedBytes = 0
  private readonly store: Store

  constructor(store: Store, database: string, name: string, options: CollectionOptions = {}) {
    this.store = store
    this.options = options
    this.database = database
    this.name = name
    this.indexes.set('_id_', new Index(idSpec(options)))
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
    this.write(slot, doc, transaction)
    if (this.options.capped) removeOldest(this, slot)
    return doc
  }

  /** Puts another document, or none, in the place of the one that the writer sees. */
  replace(slot: Slot, doc: Doc | undefined, transaction: Transaction | undefined): void {
    this.refuseConflict(slot, transaction)
    this.write(slot, doc, transaction)
  }

  private refuseConflict(slot: Slot, transaction: Transaction | undefined): void {
    if (slot.writer && slot.writer !== transaction) throw new Busy(slot.writer)
    if (transaction && (slot.commit > transaction.snapshot || this.dropped)) throw writeConflict()
  }

  private write(slot: Slot, doc: Doc | undefined, transaction: Transaction | undefined): void {
    const old = slot.visible(transaction)
    const keys = doc ? this.newKeys(slot, old, doc, transaction) : []
    const change = this.store.encode(
      doc ? { put: this.namespace, doc } : { delete: this.namespace, id: old?._id as unknown },
    )
    if (change && change.length > maxDocumentBytes + 1024)
      throw new MongoError(
        'BSONObjectTooLarge',
        `BSONObj size: ${change.length} is invalid, it must be at most 16793600`,
      )
    if (change && doc && isTooDeep(doc, change.length))
      throw new MongoError('Overflow', 'a document is nested too deep to be stored')
    if (!transaction) this.store.record(change)
    // From here on nothing can fail.
    this.slots.set(slot.id, slot)
    for (const [index, own] of keys) index.add(slot, own)
    if (transaction) return this.writePending(slot, doc, transaction, change)
    this.publish(slot, doc, this.store.nextCommit())
  }

  /** The keys that the document has and the old one may not have; refuses those that others hold. */
  private newKeys(
    slot: Slot,
    old: Doc | undefined,
    doc: Doc,
    transaction: Transaction | undefined,
  ): [Index, string[]][] {
    const found: [Index, string[]][] = []
    for (const index of this.indexes.values()) {
      if (old && index.sameKeys(old, doc)) continue
      const keys = index.keys(doc)
      found.push([index, keys])
      if (!index.unique || index.name === '_id_') continue
      for (const key of keys)
        for (const other of index.slotsAt(key))
          if (other !== slot) this.refuseHolder(other, index, key, doc, transaction)
    }
    return found
  }

  private writePending(
    slot: Slot,
    doc: Doc | undefined,
    transaction: Transaction,
    change?: Uint8Array,
  ): void {
    const before = slot.pending
    slot.writer = transaction
    slot.pending = doc
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

  private publish(slot: Slot, doc: Doc | undefined, commit: number): void {
    const before = slot.doc
    if (before || slot.older) slot.older = { doc: before, commit: slot.commit, older: slot.older }
    slot.doc = doc
    slot.commit = commit
    this.size += Number(Boolean(doc)) - Number(Boolean(before))
    if (this.options.capped) this.cappedBytes += bytesOf(doc) - bytesOf(before)
    if (slot.older || !doc) this.store.history.superseded(slot, this, commit)
  }

  /** Drops the versions that a reader of this commit, or a later one, cannot see. */
  forget(slot: Slot, oldest: number): void {
    let kept: Version = slot
    while (kept.commit > oldest && kept.older) kept = kept.older
    const gone = kept.older
    kept.older = undefined
    for (let version = gone; version; version = version.older)
      if (version.doc) this.unindex(slot, version.doc)
    this.forgetEmpty(slot)
  }

  private forgetEmpty(slot: Slot): void {
    if (!slot.doc && !slot.hasSeveral) this.slots.delete(slot.id)
  }

  private unindex(slot: Slot, gone: Doc): void {
    const live = slot.live()
    for (const index of this.indexes.values()) index.remove(slot, gone, live)
  }

  /** Refuses a key in a unique index that another document has, may get, or had in the writer's snapshot. */
  private refuseHolder(
    other: Slot,
    index: Index,
    key: string,
    doc: Doc,
    transaction: Transaction | undefined,
  ): void {
    const has = (held: Doc | undefined) => held !== undefined && index.keys(held).includes(key)
    if (other.writer && other.writer !== transaction) {
      if (has(other.pending) || has(other.doc)) throw new Busy(other.writer)
      return
    }
    const current = other.writer ? other.pending : other.doc
    if (transaction && other.commit > transaction.snapshot) {
      if (has(current) || has(other.asOf(transaction.snapshot))) throw writeConflict()
    } else if (has(current)) throw duplicateKey(this, index, doc)
  }

  /** An index over all documents, not yet in use; throws when they break its uniqueness. */
  builtIndex(spec: IndexSpec): Index {
    const index = new Index(spec)
    index.build(this.slots.values())
    const duplicate = index.unique && index.duplicate()
    if (duplicate) throw duplicateKey(this, index, duplicate)
    return index
  }

  /** Builds the indexes over the documents that were restored. */
  rebuild(specs: Iterable<IndexSpec>): void {
    if (this.options.capped) for (const { doc } of this.slots.values()) this.cappedBytes += bytesOf(doc)
    for (const index of this.indexes.values()) index.build(this.slots.values())
    for (const spec of specs) this.indexes.set(spec.name, new Index(spec).build(this.slots.values()))
  }

  /** Puts a document that the log or a snapshot file holds; the indexes are built when all are there. */
  restore(doc: Doc): void {
    const id = this.idKey(doc._id)
    const slot = this.slots.get(id) ?? new Slot(id)
    if (!slot.doc) this.size++
    slot.doc = doc
    this.slots.set(id, slot)
  }

  /** Takes a document away that the log says was deleted. */
  restoreDeletion(_id: unknown): void {
    if (this.slots.delete(this.idKey(_id))) this.size--
  }
}

const idSpec = ({ collation }: CollectionOptions): IndexSpec => ({
  v: 2,
  key: { _id: 1 },
  name: '_id_',
  ...(collation ? { collation } : {}),
})

function withId(doc: Doc): Doc {
  if (doc._id === undefined) return { _id: new ObjectId(), ...doc }
  if (Array.isArray(doc._id)) throw new MongoError('BadValue', `The '_id' value cannot be of type array`)
  if (Object.keys(doc)[0] === '_id') return doc
  const { _id, ...rest } = doc
  return { _id, ...rest }
}
