import { BSON } from 'bson'
import type { Doc } from '../value/document.ts'
import { MongoError } from '../value/error.ts'
import { unpack } from '../value/packed.ts'
import type { Collection } from './collection.ts'
import type { Slot } from './slot.ts'
import type { Transaction } from './transaction.ts'

/** Refuses what no capped collection takes: a document larger than all it may hold, and writes in a transaction. */
export function refuseUncapped(
  { namespace, options }: Collection,
  doc: Doc,
  transaction: Transaction | undefined,
): void {
  if (transaction)
    throw new MongoError(
      'OperationNotSupportedInTransaction',
      `Collection '${namespace}' is a capped collection. Writes in transactions are not allowed on capped collections.`,
    )
  if (BSON.calculateObjectSize(doc) > (options.size ?? Infinity))
    throw new MongoError('BadValue', 'object to insert exceeds cappedMaxSize')
}

/** Makes the document that has just come the newest; the oldest ones go until the collection is within its bounds. */
export function removeOldest(collection: Collection, newest: Slot): void {
  const { size = Infinity, max = 0 } = collection.options
  // An _id that was deleted may still have its place, which an open snapshot reads.
  collection.slots.delete(newest.id)
  collection.slots.set(newest.id, newest)
  for (const slot of collection.slots.values()) {
    const within = collection.bytes <= size && (!max || collection.size <= max)
    if (within || slot === newest) return
    if (slot.doc && !slot.writer) collection.replace(slot, unpack(slot.doc), undefined, undefined)
  }
}
