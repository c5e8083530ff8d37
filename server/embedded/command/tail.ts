import { MongoError } from '../value/error.ts'
import { unpack, type Packed } from '../value/packed.ts'
import { toNumber } from '../value/number.ts'
import { compileFilter } from '../query/match.ts'
import { arrival, arrivedAfter, arrivedIn } from '../storage/capped.ts'
import type { Collection } from '../storage/collection.ts'
import type { Doc } from '../value/document.ts'
import type { Scope } from '../aggregate/expression.ts'

/** How long `getMore` waits for a document when the client does not say. */
const patience = 1000
/** How often a waiting cursor looks whether it is still wanted. */
const glance = 200

/** What comes to a capped collection after a cursor on it has reached its end. */
export class Tail {
  readonly waits: boolean
  private readonly collection: Collection
  private readonly matches: (doc: Doc) => boolean
  private seen: number

  constructor(collection: Collection, { filter, awaitData }: Doc, scope: Scope) {
    this.collection = collection
    this.matches = compileFilter(filter, scope)
    this.waits = Boolean(awaitData)
    this.seen = arrivedIn(collection)
  }

  /** The documents that have come; waits for one, as long as the client wants, if that was asked for. */
  async more(maxTimeMS: unknown, isOpen: () => boolean): Promise<Packed[]> {
    const until = this.waits ? Date.now() + toNumber(maxTimeMS ?? patience) : 0
    for (;;) {
      const found = this.fresh()
      const left = until - Date.now()
      if (found.length || left <= 0 || !isOpen()) return found
      await arrival(this.collection, Math.min(left, glance))
    }
  }

  private fresh(): Packed[] {
    const count = arrivedIn(this.collection)
    if (count === this.seen) return []
    const slots = arrivedAfter(this.collection, this.seen)
    this.seen = count
    return slots.flatMap(({ doc }) => (doc && this.matches(unpack(doc)) ? [doc] : []))
  }
}

/** Refuses what MongoDB has no tailable cursors for. */
export function refuseTail(command: Doc, collection: Collection | undefined): void {
  const { tailable, awaitData, sort = {}, singleBatch } = command
  if (awaitData && !tailable)
    throw new MongoError('FailedToParse', `Cannot set 'awaitData' without also setting 'tailable'`)
  if (!tailable) return
  if (singleBatch) throw new MongoError('FailedToParse', `Cannot set 'tailable' together with 'singleBatch'`)
  if (Object.keys(sort).length && toNumber(sort.$natural) !== 1)
    throw new MongoError('BadValue', 'cannot use tailable option with a sort other than {$natural: 1}')
  if (collection && !collection.options.capped)
    throw new MongoError(
      'BadValue',
      `error processing query: ns=${collection.namespace} tailable cursor requested on non capped collection`,
    )
}
