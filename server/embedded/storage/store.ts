import { encode, type Doc } from '../value/document.ts'
import { MongoError } from '../value/error.ts'
import { Collection } from './collection.ts'
import { History } from './history.ts'
import type { IndexSpec } from './index.ts'

/** Where changes are written down, in their order. */
export interface Journal {
  append(change: Uint8Array): void
}

/** One change, as the log holds it. */
export type Change =
  | { put: string; doc: Doc }
  | { delete: string; id: unknown }
  | { create: string }
  | { drop: string }
  | { rename: string; to: string }
  | { index: string; spec: IndexSpec }
  | { unindex: string; name: string }
  | { applied: string; number: unknown; reply: Doc }

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

  record(change: Uint8Array | undefined): void {
    if (change) this.journal?.append(change)
  }

  collection(database: string, name: string): Collection | undefined {
    return this.collections.get(`${database}.${name}`)
  }

  /** The collection, made if it is not there. */
  madeCollection(database: string, name: string): Collection {
    return this.collection(database, name) ?? this.create(database, name)
  }

  create(database: string, name: string): Collection {
    if (!name || name.includes('\0') || name.includes('$'))
      throw new MongoError('InvalidNamespace', `Invalid namespace specified '${database}.${name}'`)
    const collection = new Collection(this, database, name)
    this.collections.set(collection.namespace, collection)
    this.record(this.encode({ create: collection.namespace }))
    return collection
  }

  drop(collection: Collection): void {
    collection.dropped = true
    this.collections.delete(collection.namespace)
    this.record(this.encode({ drop: collection.namespace }))
  }

  rename(collection: Collection, database: string, name: string): void {
    const from = collection.namespace
    this.collections.delete(from)
    Object.assign(collection, { database, name })
    this.collections.set(collection.namespace, collection)
    this.record(this.encode({ rename: from, to: collection.namespace }))
  }

  createIndex(collection: Collection, spec: IndexSpec): void {
    collection.createIndex(spec)
    this.record(this.encode({ index: collection.namespace, spec }))
  }

  dropIndex(collection: Collection, name: string): void {
    collection.indexes.delete(name)
    this.record(this.encode({ unindex: collection.namespace, name }))
  }
}

/** A namespace's two parts; only the collection's name may hold dots. */
export function splitNamespace(namespace: string): [database: string, name: string] {
  const dot = namespace.indexOf('.')
  return [namespace.slice(0, dot), namespace.slice(dot + 1)]
}
