import { Long } from 'bson'
import type { Doc } from '../value/document.ts'
import { MongoError } from '../value/error.ts'
import { toNumber } from '../value/number.ts'
import { EncodedBatch } from '../wire/batch.ts'
import type { Call } from './call.ts'

/** How many documents the first batch has when the client does not say. */
const firstBatchSize = 101
const idleLimit = 10 * 60_000

interface Cursor {
  namespace: string
  docs: Doc[]
  position: number
  show: ((doc: Doc) => Doc) | undefined
  usedAt: number
}

/** The open cursors, the longest unused first. */
export class Cursors {
  private readonly open = new Map<string, Cursor>()
  private last = 0

  /** The reply with the first documents; a cursor stays open when there are more. */
  first(
    namespace: string,
    docs: Doc[],
    options: { size?: unknown; single?: boolean; show?: Cursor['show'] } = {},
  ): Doc {
    const cursor: Cursor = { namespace, docs, position: 0, show: options.show, usedAt: Date.now() }
    const firstBatch = this.take(cursor, options.size === undefined ? firstBatchSize : toNumber(options.size))
    if (options.single || cursor.position >= docs.length)
      return { cursor: { firstBatch, id: Long.ZERO, ns: namespace } }
    const id = Long.fromNumber(++this.last)
    this.open.set(id.toString(), cursor)
    return { cursor: { firstBatch, id, ns: namespace } }
  }

  /** The reply with the next documents of an open cursor. */
  next(id: unknown, size: unknown): Doc {
    const key = String(id)
    const cursor = this.open.get(key)
    if (!cursor) throw new MongoError('CursorNotFound', `cursor id ${key} not found`)
    const nextBatch = this.take(cursor, size ? toNumber(size) : Infinity)
    this.open.delete(key)
    const finished = cursor.position >= cursor.docs.length
    if (!finished) this.open.set(key, Object.assign(cursor, { usedAt: Date.now() }))
    return { cursor: { nextBatch, id: finished ? Long.ZERO : Long.fromString(key), ns: cursor.namespace } }
  }

  kill(id: unknown): boolean {
    return this.open.delete(String(id))
  }

  /** Closes the cursors that nobody has used for long. */
  expire(now: number): void {
    for (const [id, cursor] of this.open) {
      if (now - cursor.usedAt < idleLimit) return
      this.open.delete(id)
    }
  }

  private take(cursor: Cursor, count: number): EncodedBatch {
    const batch = new EncodedBatch()
    for (; batch.length < count && cursor.position < cursor.docs.length; cursor.position++) {
      const doc = cursor.docs[cursor.position] as Doc
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
