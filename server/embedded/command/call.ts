import type { Doc } from '../value/document.ts'
import { collationOf } from '../value/collation.ts'
import { MongoError, transient } from '../value/error.ts'
import type { Collection, CollectionOptions } from '../storage/collection.ts'
import type { Snapshot } from '../storage/history.ts'
import type { Store } from '../storage/store.ts'
import { Busy, writeConflict, type Transaction } from '../storage/transaction.ts'
import type { Log } from '../log/log.ts'
import type { Cursors } from './cursor.ts'
import type { Sessions } from './session.ts'
import type { Snapshots } from './snapshot.ts'

/** What the commands work on. */
export interface Server {
  store: Store
  cursors: Cursors
  sessions: Sessions
  snapshots: Snapshots
  /** The log on the disk; a database in memory has none. */
  log: Log | undefined
  /** Where the engine listens. */
  address: string
  startedAt: number
}

/** One command on its way. */
export interface Call {
  server: Server
  command: Doc
  database: string
  transaction: Transaction | undefined
  /** What it reads, if not what was committed last: its transaction's snapshot or the one it asks for. */
  reader: Snapshot | undefined
}

/** Answers a command; what it throws becomes the error that the client sees. */
export type Handler = (call: Call) => Doc | Promise<Doc>

/** How long a transaction waits for another one's lock before it gives up; the other may be idle for long. */
const lockPatience = 100

/** The collation that a part of a command asks for, or else the collection's own. */
export const collationIn = (collection: Collection | undefined, given: unknown) =>
  collationOf(given ?? collection?.options.collation)

/** The collection that a command writes to, if it is there; a view takes no writes. */
export function writtenCollection(call: Call): Collection | undefined {
  const collection = collectionOf(call)
  if (collection) refuseView(collection)
  return collection
}

/** The collection that a command names, which must be there. */
export function existing(call: Call): Collection {
  const collection = collectionOf(call)
  if (collection) return collection
  const [name] = Object.values(call.command)
  throw new MongoError('NamespaceNotFound', `ns does not exist: ${call.database}.${String(name)}`)
}

/** Refuses what only a collection with documents of its own can do. */
export function refuseView({ namespace, options }: Collection): void {
  if (options.viewOn !== undefined)
    throw new MongoError('CommandNotSupportedOnView', `Namespace ${namespace} is a view, not a collection`)
}

/** The collection that a command names, if it is there. */
export function collectionOf({ server, command, database, reader }: Call): Collection | undefined {
  return server.store.collection(database, nameIn(command), reader)
}

/** The collection that a command names, made if it is not there. */
export async function madeCollection(call: Call, options?: CollectionOptions): Promise<Collection> {
  const { server, command, database, transaction } = call
  return (
    writtenCollection(call) ??
    whenFree(transaction, () =>
      server.store.madeCollection(database, nameIn(command), { transaction, options }),
    )
  )
}

function nameIn(command: Doc): string {
  const [name] = Object.values(command)
  if (typeof name !== 'string')
    throw new MongoError('InvalidNamespace', `collection name has invalid type ${typeof name}`)
  return name
}

/** Does what may meet another transaction's lock, as often as it takes until the way is free. */
export async function whenFree<T>(transaction: Transaction | undefined, attempt: () => T): Promise<T> {
  for (;;) {
    if (transaction?.ended) throw transient('NoSuchTransaction', 'Transaction has been aborted.')
    try {
      return attempt()
    } catch (error) {
      if (!(error instanceof Busy)) throw error
      await waitFor(error.transaction, transaction)
    }
  }
}

/**
 * A write outside a transaction waits as long as the other one takes. One inside waits a little, since a retry would
 * only meet the same lock; never for one that waits itself, so that no two wait for each other.
 */
async function waitFor(other: Transaction, own: Transaction | undefined): Promise<void> {
  if (!own) return other.done
  if (other.waiting) throw writeConflict()
  own.waiting = true
  let timer: NodeJS.Timeout | undefined
  await Promise.race([other.done, new Promise(resolve => (timer = setTimeout(resolve, lockPatience)))])
  clearTimeout(timer)
  own.waiting = false
  if (!other.ended) throw writeConflict()
}

/** Waits until no transaction has uncommitted writes in a collection that is to be changed as a whole. */
export async function whenUnwritten(
  collection: Collection,
  transaction: Transaction | undefined,
): Promise<void> {
  if (transaction && collection.madeIn !== transaction)
    throw new MongoError(
      'OperationNotSupportedInTransaction',
      `Cannot change the existing collection ${collection.namespace} in a multi-document transaction.`,
    )
  if (transaction) return
  // While one is waited for another may begin, so each look is at all of them.
  for (let writer = writerIn(collection); writer; writer = writerIn(collection)) await writer.done
}

function writerIn({ slots, madeIn }: Collection): Transaction | undefined {
  if (madeIn) return madeIn
  for (const { writer } of slots.values()) if (writer) return writer
  return undefined
}
