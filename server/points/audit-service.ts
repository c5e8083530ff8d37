import type { Types } from 'mongoose'
import type { PointCause } from '#shared/points'
import { idText, type Session, transaction } from '../base/mongo.ts'
import { type LedgerSum, type Mismatch, mismatches } from './ledger-check.ts'
import { PointEntry, Standing } from './model.ts'
import type { MonthTally } from './tally.ts'

/** Cadres compared in one step. */
const BATCH = 200

interface Step {
  cadres: number
  entries: number
  found: Mismatch[]
  /** Where the next step begins; undefined after the last. */
  next: Types.ObjectId | undefined
}

/**
 * Proves that every standing is the sum of its ledger: the total, and every month by cause that the standing keeps.
 * Each step reads one snapshot, so payments going on meanwhile are no mismatch. `onProgress` hears how many cadres
 * were compared so far.
 */
export async function audit(
  onMismatch: (mismatch: Mismatch) => void,
  onProgress: (cadres: number) => void = () => {},
): Promise<{ cadres: number; entries: number; mismatches: number }> {
  const sum = { cadres: 0, entries: 0, mismatches: 0 }
  let after: Types.ObjectId | undefined
  do {
    const step = await transaction(session => compareFrom(after, session))
    sum.cadres += step.cadres
    sum.entries += step.entries
    sum.mismatches += step.found.length
    step.found.forEach(onMismatch)
    onProgress(sum.cadres)
    after = step.next
  } while (after)
  return sum
}

/** Compares the next standings after `after`, and any entries between them whose cadre has no standing. */
async function compareFrom(after: Types.ObjectId | undefined, session: Session): Promise<Step> {
  const standings = await Standing.find(after ? { cadre: { $gt: after } } : {}, {
    cadre: 1,
    total: 1,
    months: 1,
  })
    .sort({ cadre: 1 })
    .limit(BATCH)
    .session(session)
    .lean<{ cadre: Types.ObjectId; total: number; months: MonthTally[] }[]>()
  const next = standings.length === BATCH ? standings.at(-1)?.cadre : undefined
  const sums = await sumsBetween(after, next, session)
  const ledger = new Map<string, LedgerSum[]>()
  for (const { _id, points } of sums) {
    const cadreId = idText(_id.cadre)
    ledger.set(cadreId, [...(ledger.get(cadreId) ?? []), { month: _id.month, cause: _id.cause, points }])
  }
  const kept = new Map(standings.map(standing => [idText(standing.cadre), standing]))
  const cadreIds = [...new Set([...kept.keys(), ...ledger.keys()])]
  return {
    cadres: cadreIds.length,
    entries: sums.reduce((count, { entries }) => count + entries, 0),
    found: cadreIds.flatMap(id => mismatches(id, kept.get(id), ledger.get(id) ?? [])),
    next,
  }
}

interface Sum {
  _id: { cadre: Types.ObjectId; month: string; cause: PointCause }
  points: number
  entries: number
}

const sumsBetween = (after: Types.ObjectId | undefined, last: Types.ObjectId | undefined, session: Session) =>
  PointEntry.aggregate<Sum>([
    ...((after ?? last)
      ? [{ $match: { cadre: { ...(after && { $gt: after }), ...(last && { $lte: last }) } } }]
      : []),
    {
      $group: {
        _id: { cadre: '$cadre', month: { $substrBytes: ['$day', 0, 7] }, cause: '$cause' },
        points: { $sum: '$points' },
        entries: { $sum: 1 },
      },
    },
  ]).session(session)
