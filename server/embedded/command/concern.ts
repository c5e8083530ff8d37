import type { Doc } from '../value/document.ts'
import { MongoError } from '../value/error.ts'
import { toNumber } from '../value/number.ts'
import { rank, rankOf } from '../value/order.ts'

/** Refuses a write concern that is none; what this set of one cannot give is told after the write. */
export function refuseConcern({ w = 1 }: Doc): void {
  if (typeof w === 'string') return
  if (rankOf(w) !== rank.number || !(toNumber(w) >= 0 && toNumber(w) <= 50))
    throw new MongoError('FailedToParse', 'w has to be a non-negative number and not greater than 50')
}

const levels = ['local', 'majority', 'linearizable', 'available', 'snapshot']

/** Refuses a read concern that is none. */
export function refuseReadConcern({ level = 'local' }: Doc): void {
  if (!levels.includes(level))
    throw new MongoError('FailedToParse', `readConcern.level must be one of ${levels.join(', ')}`)
}

/** What a reply tells of a write that is done, but not by as many members as the client wants. */
export function unsatisfied(writeConcern: Doc | undefined): Doc {
  const { w = 1, wtimeout = 0 } = writeConcern ?? {}
  if (w === 'majority' || (typeof w !== 'string' && toNumber(w) <= 1)) return {}
  const [code, codeName, errmsg] =
    typeof w === 'string'
      ? [
          79,
          'UnknownReplWriteConcern',
          `No write concern mode named '${w}' found in replica set configuration`,
        ]
      : [100, 'UnsatisfiableWriteConcern', 'Not enough data-bearing nodes']
  const errInfo = {
    writeConcern: { w: w as unknown, wtimeout: wtimeout as unknown, provenance: 'clientSupplied' },
  }
  return { writeConcernError: { code, codeName, errmsg, errInfo } }
}
