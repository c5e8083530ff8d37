import { encode } from '../value/encode.ts'
import { MongoError } from '../value/error.ts'
import type { Change } from './change.ts'
import { Collection, type CollectionOptions } from './collection.ts'
import { History, type Snapshot } from './history.ts'
import type { Index, IndexSpec } from './index.ts'
import { Busy, type Transaction } from './transaction.ts'

/** Where changes are written down, in their order; it throws when it has no room for them. */
export interface Journal {
  append(changes: Uint8Array[], spare?: number): void
}

/** How a collection comes about. */
interface Making {
  options?: CollectionOptions | undefined
  /** The transaction that makes it, if it is to be there for others only after the commit. */
  transaction?: Transaction | undefined
}

/** All collections of all databases in memory; every change goes through it, to the journal if there is one. */
export class Store {
  readonly collections = new Map<string, Collection>()
  readonly history = new History()
  /** How many commits there have been. */
  commits = 0
  journal: Journal | undefined

  nextCommit(): number {
    return ++this.commits
  }

  /** A change's bytes for the journal; without a journal there are none. */
  encode(change: Change): Uint8Array | undefined {
    return this.journal && encode(change)
  }

  /** Writes changes down before they are made, all or none; throws when that cannot be. */
  record(...changes: (Uint8Array | undefined)[]): void {
    const written = changes.filter(change => change !== undefined)
    if (written.length) this.journal?.append(written)
  }

  /** The collection, if it is there for others than the transaction that may be making it. */
  collection(database: string, name: string, reader?: Snapshot): Collection | undefined {
    const collection = this.collections.get(`${database}.${name}`)
    return collection?.madeIn && collection.madeIn !== reader ? undefined : collection
  }

  /** The collection, made if it is not there; throws Busy when a transaction is making it. */
  madeCollection(database: string, name: string, making: Making): Collection {
    const collection = this.collections.get(`${database}.${name}`)
    if (collection?.madeIn && collection.madeIn !== making.transaction) throw new Busy(collection.madeIn)
    return collection ?? this.create(database, name, making)
  }

  create(database: string, name: string, { options = {}, transaction }: Making = {}): Collection {
    if (!name || name.includes('\0') || name.includes('$'))
      throw new MongoError('InvalidNamespace', `Invalid namespace specified '${database}.${name}'`)
    const collection = new Collection(this, database, name, options)
    if (transaction) transaction.make(collection)
    else this.record(this.encode({ create: collection.namespace, options }))
    this.collections.set(collection.namespace, collection)
    return collection
  }

  /** Gives a collection other options. */
  modify(collection: Collection, options: CollectionOptions): void {
    this.record(this.encode({ modify: collection.namespace, options }))
    collection.options = options
  }

  drop(collection: Collection): void {
    this.record(this.encode({ drop: collection.namespace }))
    collection.dropped = true
    this.collections.delete(collection.namespace)
  }

  /** Gives a collection another name, in the place of the one that has it. */
  rename(collection: Collection, database: string, name: string): void {
    const from = collection.namespace
    const target = this.collection(database, name)
    const rename = this.encode({ rename: from, to: `${database}.${name}` })
    this.record(target && this.encode({ drop: target.namespace }), rename)
    if (target) target.dropped = true
    this.collections.delete(from)
    Object.assign(collection, { database, name })
    this.collections.set(collection.namespace, collection)
  }

  createIndex(collection: Collection, spec: IndexSpec): void {
    const index = collection.builtIndex(spec)
    if (!collection.madeIn) this.record(this.encode({ index: collection.namespace, spec }))
    collection.indexes.set(index.name, index)
  }

  /** Changes what an index's description says without changing its entries. */
  modifyIndex(collection: Collection, spec: IndexSpec): void {
    this.record(this.encode({ index: collection.namespace, spec }))
    ;(collection.indexes.get(spec.name) as Index).spec = spec
  }

  dropIndex(collection: Collection, name: string): void {
    this.record(this.encode({ unindex: collection.namespace, name }))
    collection.indexes.delete(name)
  }
}

/** A namespace's two parts; only the collection's name may hold dots. */
export function splitNamespace(namespace: string): [database: string, name: string] {
  const dot = namespace.indexOf('.')
  return [namespace.slice(0, dot), namespace.slice(dot + 1)]
}
