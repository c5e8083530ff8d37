import type { Document } from 'bson'
import { WrongCall } from '../command.ts'
import type { Place } from './place.ts'
import { wording } from './wording.ts'

/** So few that the engine answers others in between. */
const BATCH = 1_000
/** What a server says when it has ended a transaction, or no longer keeps what a snapshot needs. */
const LOST = new Set([239, 246, 251, 290])

/** Reads a collection's documents, byte for byte. */
export type Reader = (name: string) => AsyncIterable<Uint8Array>

/**
 * Reads a database as it was at one moment: at a cluster time, which servers keep for five minutes, or, where they
 * tell none, in a transaction, which may take one. Throws a `WrongCall` when that was too short.
 */
export async function* atOneMoment<T>(
  place: Place,
  work: (read: Reader) => AsyncGenerator<T>,
): AsyncGenerator<T> {
  const atClusterTime = await clusterTimeOf(place)
  try {
    if (atClusterTime === undefined) yield* inTransaction(place, work)
    else yield* work(name => documentsIn(place, name, { readConcern: { level: 'snapshot', atClusterTime } }))
  } catch (error) {
    throw LOST.has((error as { code?: number }).code ?? 0) ? new WrongCall(wording.snapshotLost) : error
  }
}

async function* inTransaction<T>(place: Place, work: (read: Reader) => AsyncGenerator<T>): AsyncGenerator<T> {
  const session = place.client.startSession()
  session.startTransaction({ readConcern: { level: 'snapshot' }, readPreference: 'primary' })
  const options = { session, raw: true, batchSize: BATCH }
  try {
    yield* work(name => place.db.collection(name).find({}, options) as AsyncIterable<Uint8Array>)
  } finally {
    await session.abortTransaction().catch(() => undefined)
    await session.endSession()
  }
}

/** Reads a collection as it is now, or as `concern` says. */
export function documentsIn({ db }: Place, name: string, concern: Document = {}): AsyncIterable<Uint8Array> {
  const command = { find: name, batchSize: BATCH, ...concern }
  const cursor = db.runCursorCommand(command, { raw: true }).setBatchSize(BATCH)
  return cursor as unknown as AsyncIterable<Uint8Array>
}

/** The time of a snapshot that may be read again; MongoDB before 5.0 has none. */
async function clusterTimeOf({ db }: Place): Promise<unknown> {
  const first = { find: 'any', limit: 1, singleBatch: true, readConcern: { level: 'snapshot' } }
  const reply = await db.command(first).catch(() => undefined)
  return (reply?.cursor as { atClusterTime?: unknown } | undefined)?.atClusterTime
}
