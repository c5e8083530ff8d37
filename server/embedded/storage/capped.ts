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

/** How many documents have come to a capped collection since its start, and which each of them was. */
const arrivals = new WeakMap<Collection, { count: number; wake: Set<() => void> }>()
const places = new WeakMap<Slot, number>()

function arrivalsOf(collection: Collection) {
  let known = arrivals.get(collection)
  if (!known) arrivals.set(collection, (known = { count: 0, wake: new Set() }))
  return known
}

/** How many documents have come. */
export const arrivedIn = (collection: Collection) => arrivalsOf(collection).count

/** The places of the documents that came after so many others, in their order. */
export const arrivedAfter = (collection: Collection, count: number) =>
  [...collection.slots.values()].filter(slot => (places.get(slot) ?? 0) > count)

/** Waits until a document comes, but not longer than so many milliseconds. */
export async function arrival(collection: Collection, patience: number): Promise<void> {
  const { wake } = arrivalsOf(collection)
  let stop = () => {}
  await new Promise<void>(resolve => {
    const timer = setTimeout(resolve, patience)
    stop = () => {
      clearTimeout(timer)
      resolve()
    }
    wake.add(stop)
  })
  wake.delete(stop)
}

/** Makes the document that has just come the newest; the oldest ones go until the collection is within its bounds. */
export function removeOldest(collection: Collection, newest: Slot): void {
  const { size = Infinity, max = 0 } = collection.options
  // An _id that was deleted may still have its place, which an open snapshot reads.
  collection.slots.delete(newest.id)
  collection.slots.set(newest.id, newest)
  const known = arrivalsOf(collection)
  places.set(newest, ++known.count)
  for (const wake of known.wake) wake()
  for (const slot of collection.slots.values()) {
    const within = collection.bytes <= size && (!max || collection.size <= max)
    if (within || slot === newest) return
    if (slot.doc && !slot.writer) collection.replace(slot, unpack(slot.doc), undefined, undefined)
  }
}
