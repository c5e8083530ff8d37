import { Long } from 'bson'
import type { Doc } from '../value/document.ts'
import { MongoError } from '../value/error.ts'
import { toNumber } from '../value/number.ts'
import type { Packed } from '../value/packed.ts'
import { EncodedBatch } from '../wire/batch.ts'
import type { Call } from './call.ts'

/** How many documents the first batch has when the client does not say. */
const firstBatchSize = 101
const idleLimit = 10 * 60_000
/** How many documents all open cursors may hold; the longest unused cursors are closed for newer ones. */
const heldLimit = 5_000_000
const openLimit = 10_000

/** A document for a reply, at rest or as a pipeline has made it. */
export type Found = Doc | Packed

interface Cursor {
  namespace: string
  docs: readonly Found[]
  position: number
  show: ((found: Found) => Doc) | undefined
  usedAt: number
}

/** The open cursors, the longest unused first. */
export class Cursors {
  private readonly open = new Map<string, Cursor>()
  private last = 0
  private held = 0

  /** The reply with the first documents; a cursor stays open when there are more. */
  first(
    namespace: string,
    docs: readonly Found[],
    options: { size?: unknown; single?: boolean; show?: Cursor['show'] } = {},
  ): Doc {
    const cursor: Cursor = { namespace, docs, position: 0, show: options.show, usedAt: Date.now() }
    const firstBatch = this.take(cursor, options.size === undefined ? firstBatchSize : toNumber(options.size))
    if (options.single || cursor.position >= docs.length)
      return { cursor: { firstBatch, id: Long.ZERO, ns: namespace } }
    const id = Long.fromNumber(++this.last)
    this.open.set(id.toString(), cursor)
    this.held += docs.length
    this.closeLongestUnused()
    return { cursor: { firstBatch, id, ns: namespace } }
  }

  /** The reply with the next documents of an open cursor. */
  next(id: unknown, size: unknown): Doc {
    const key = String(id)
    const cursor = this.open.get(key)
    if (!cursor) throw new MongoError('CursorNotFound', `cursor id ${key} not found`)
    const nextBatch = this.take(cursor, size ? toNumber(size) : Infinity)
    const finished = cursor.position >= cursor.docs.length
    if (finished) this.kill(key)
    else {
      this.open.delete(key)
      this.open.set(key, Object.assign(cursor, { usedAt: Date.now() }))
    }
    return { cursor: { nextBatch, id: finished ? Long.ZERO : Long.fromString(key), ns: cursor.namespace } }
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

  private take(cursor: Cursor, count: number): EncodedBatch {
    const batch = new EncodedBatch()
    for (; batch.length < count && cursor.position < cursor.docs.length; cursor.position++) {
      const doc = cursor.docs[cursor.position] as Found
      if (!batch.add(cursor.show ? cursor.show(doc) : doc)) break
    }
    return batch
  }
}

/** The commands on cursors. */
export const cursorCommands = {
  getMore: ({ server, command }: Call): Doc => server.cursors.next(command.getMore, command.batchSize),

  killCursors: ({ server, command }: Call): Doc => {
    const [cursorsKilled, cursorsNotFound]: [unknown[], unknown[]] = [[], []]
    for (const id of command.cursors as unknown[])
      (server.cursors.kill(id) ? cursorsKilled : cursorsNotFound).push(id)
    return { cursorsKilled, cursorsNotFound, cursorsAlive: [], cursorsUnknown: [] }
  },
}
