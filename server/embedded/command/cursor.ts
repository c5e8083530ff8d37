import { Long } from 'bson'
import type { Doc } from '../value/document.ts'
import { identical } from '../value/identical.ts'
import { MongoError } from '../value/error.ts'
import { toNumber } from '../value/number.ts'
import type { Packed } from '../value/packed.ts'
import { EncodedBatch } from '../wire/batch.ts'
import type { Collection } from '../storage/collection.ts'
import type { Call } from './call.ts'
import type { Tail } from './tail.ts'

/** How many documents the first batch has when the client does not say. */
const firstBatchSize = 101
const idleLimit = 10 * 60_000
/** How many documents all open cursors may hold; the longest unused cursors are closed for newer ones. */
const heldLimit = 5_000_000
const openLimit = 10_000

/** A document for a reply, at rest or as a pipeline has made it. */
export type Found = Doc | Packed

/** How a cursor is opened. */
interface Opening {
  /** How many documents the first batch may have. */
  size?: unknown
  /** Whether there is only one batch. */
  single?: boolean
  show?: ((found: Found) => Doc) | undefined
  /** Whether only the next `getMore` finds out that the last batch was full. */
  lingers?: boolean
  /** The collection that is read: when it is gone, so is the cursor. */
  collection?: Collection | undefined
  tail?: Tail | undefined
}

/** What is read on, and how far it has been read. */
interface Reading {
  docs: readonly Found[]
  position: number
  show: Opening['show']
  lingers: boolean | undefined
  tail: Tail | undefined
}

interface Cursor extends Reading {
  namespace: string
  collection: Collection | undefined
  lsid: Doc | undefined
  usedAt: number
}

/** The open cursors, the longest unused first. */
export class Cursors {
  private readonly open = new Map<string, Cursor>()
  private last = 0
  private held = 0

  /** The reply with the first documents; a cursor stays open when there may be more. */
  first({ command }: Call, namespace: string, docs: readonly Found[], opening: Opening = {}): Doc {
    const { single, show, lingers, collection, tail } = opening
    const reading: Reading = { docs, position: 0, show, lingers, tail }
    const size = opening.size === undefined ? firstBatchSize : toNumber(opening.size)
    const firstBatch = take(reading, size)
    if (single || isFinished(reading, firstBatch, size))
      return { cursor: { firstBatch, id: Long.ZERO, ns: namespace } }
    const id = Long.fromNumber(++this.last)
    const lsid: Doc | undefined = command.lsid
    this.open.set(id.toString(), { ...reading, namespace, collection, lsid, usedAt: Date.now() })
    this.held += docs.length
    this.closeLongestUnused()
    return { cursor: { firstBatch, id, ns: namespace } }
  }

  /** The reply with the next documents of an open cursor. */
  async next(call: Call): Promise<Doc> {
    const { getMore, batchSize, maxTimeMS } = call.command
    const key = String(getMore)
    const cursor = this.open.get(key)
    if (!cursor) throw new MongoError('CursorNotFound', `cursor id ${key} not found`)
    refuseStranger(key, cursor, call)
    if (maxTimeMS && !cursor.tail?.waits)
      throw new MongoError('BadValue', 'cannot set maxTimeMS on getMore command for a non-awaitData cursor')
    if (cursor.tail && cursor.position >= cursor.docs.length) await this.follow(key, cursor, maxTimeMS)
    this.refuseGone(key, cursor)
    const size = batchSize ? toNumber(batchSize) : Infinity
    const nextBatch = take(cursor, size)
    const finished = isFinished(cursor, nextBatch, size)
    if (finished) this.kill(key)
    else {
      this.open.delete(key)
      this.open.set(key, Object.assign(cursor, { usedAt: Date.now() }))
    }
    return { cursor: { nextBatch, id: finished ? Long.ZERO : Long.fromString(key), ns: cursor.namespace } }
  }

  /** Puts what has come since in the place of what has been read. */
  private async follow(key: string, cursor: Cursor, maxTimeMS: unknown): Promise<void> {
    const isOpen = () => this.open.has(key) && !cursor.collection?.dropped
    const docs = (await cursor.tail?.more(maxTimeMS, isOpen)) ?? []
    if (!isOpen()) return
    this.held += docs.length - cursor.docs.length
    Object.assign(cursor, { docs, position: 0 })
  }

  private refuseGone(key: string, { collection, namespace }: Cursor): void {
    if (!this.open.has(key)) throw new MongoError('CursorKilled', `cursor id ${key} was killed`)
    if (!collection?.dropped) return
    this.kill(key)
    throw new MongoError('QueryPlanKilled', `collection dropped between getMore calls: ${namespace}`)
  }

  kill(id: unknown): boolean {
    this.held -= this.open.get(String(id))?.docs.length ?? 0
    return this.open.delete(String(id))
  }

  /** The last one opened stays, however much it holds. */
  private closeLongestUnused(): void {
    for (const id of this.open.keys()) {
      const tooMany = this.held > heldLimit || this.open.size > openLimit
      if (!tooMany || this.open.size === 1) return
      this.kill(id)
    }
  }

  /** Closes the cursors that nobody has used for long. */
  expire(now: number): void {
    for (const [id, cursor] of this.open) {
      if (now - cursor.usedAt < idleLimit) return
      this.kill(id)
    }
  }
}

function take(reading: Reading, count: number): EncodedBatch {
  const batch = new EncodedBatch()
  for (; batch.length < count && reading.position < reading.docs.length; reading.position++) {
    const doc = reading.docs[reading.position] as Found
    if (!batch.add(reading.show ? reading.show(doc) : doc)) break
  }
  return batch
}

const isFinished = ({ docs, position, lingers, tail }: Reading, batch: EncodedBatch, size: number) =>
  position >= docs.length && !tail && !(lingers && batch.length >= size)

/** A cursor is read on under its own name and by the session that has opened it. */
function refuseStranger(key: string, { namespace, lsid }: Cursor, { command, database }: Call): void {
  const asked = `${database}.${command.collection}`
  if (asked !== namespace)
    throw new MongoError(
      'Unauthorized',
      `Requested getMore on namespace '${asked}', but cursor belongs to a different namespace ${namespace}`,
    )
  if (!lsid && command.lsid)
    throw new MongoError(
      'Location50736',
      `Cannot run getMore on cursor ${key}, which was not created in a session`,
    )
  if (lsid && !command.lsid)
    throw new MongoError(
      'Location50737',
      `Cannot run getMore on cursor ${key} without the session of its making`,
    )
  if (lsid && !identical(lsid.id, command.lsid.id))
    throw new MongoError('Location50738', `Cannot run getMore on cursor ${key} of another session`)
}

/** The commands on cursors. */
export const cursorCommands = {
  getMore: (call: Call): Promise<Doc> => call.server.cursors.next(call),

  killCursors: ({ server, command }: Call): Doc => {
    const [cursorsKilled, cursorsNotFound]: [unknown[], unknown[]] = [[], []]
    for (const id of command.cursors as unknown[])
      (server.cursors.kill(id) ? cursorsKilled : cursorsNotFound).push(id)
    return { cursorsKilled, cursorsNotFound, cursorsAlive: [], cursorsUnknown: [] }
  },
}
