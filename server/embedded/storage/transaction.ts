import { transient } from '../value/error.ts'
import type { Collection } from './collection.ts'
import type { Slot } from './slot.ts'
import type { Store } from './store.ts'

/** Thrown where a write meets the uncommitted write of another transaction. */
export class Busy extends Error {
  readonly transaction: Transaction
  constructor(transaction: Transaction) {
    super('another transaction has written here')
    this.transaction = transaction
  }
}

/** The error of a transaction that lost a race: its driver runs it again. */
export const writeConflict = () =>
  transient(
    'WriteConflict',
    'WriteConflict error: this operation conflicted with another operation. Please retry your operation or multi-document transaction.',
  )

/** A multi-document transaction: it reads one snapshot and its own writes; nobody else sees these before the commit. */
export class Transaction {
  readonly snapshot: number
  readonly startedAt = Date.now()
  /** The slots that it has written, and the changes as the log will hold them. */
  readonly written = new Map<Slot, { collection: Collection; change: Uint8Array | undefined }>()
  private readonly made: Collection[] = []
  /** Resolves when it has been committed or taken back. */
  readonly done: Promise<void>
  ended = false
  /** Whether one of its commands stands in a queue for another transaction. */
  waiting = false
  private readonly store: Store
  private finish: () => void = () => {}

  constructor(store: Store) {
    this.store = store
    this.snapshot = store.commits
    this.done = new Promise(resolve => (this.finish = resolve))
    store.history.open(this)
  }

  /** Makes its writes everybody's, under one commit number; throws and changes nothing when they cannot be logged. */
  commit(note: Uint8Array | undefined): void {
    const made = this.made.flatMap(collection =>
      [...collection.schema()].map(change => this.store.encode(change)),
    )
    const changes = [...made, ...[...this.written.values()].map(({ change }) => change)]
    if (changes.length) this.store.journal?.append([...changes, note].filter(change => change !== undefined))
    const commit = this.store.nextCommit()
    for (const [slot, { collection }] of this.written) collection.commitPending(slot, commit)
    this.end()
  }

  /** Notes a new collection as its own. */
  make(collection: Collection): void {
    collection.madeIn = this
    this.made.push(collection)
  }

  /** Takes its writes back. */
  abort(): void {
    if (this.ended) return
    for (const collection of this.made) this.store.collections.delete(collection.namespace)
    for (const [slot, { collection }] of this.written) collection.dropPending(slot)
    this.end()
  }

  private end(): void {
    this.ended = true
    for (const collection of this.made) collection.madeIn = undefined
    this.store.history.close(this)
    this.finish()
  }
}
