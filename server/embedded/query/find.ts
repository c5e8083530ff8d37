import type { Doc } from '../value/document.ts'
import type { Collation } from '../value/collation.ts'
import { unpack, type Packed } from '../value/packed.ts'
import type { Variables } from '../aggregate/expression.ts'
import type { Collection } from '../storage/collection.ts'
import type { Slot } from '../storage/slot.ts'
import type { Snapshot } from '../storage/history.ts'
import { filterFields } from './fields.ts'
import { compileFilter } from './match.ts'
import { planFor, type Plan } from './plan.ts'
import { sortBy, sortFields } from './sort.ts'

/** What to look for. A limit of 0 is none. */
export interface Query {
  filter?: Doc | undefined
  sort?: Doc | undefined
  skip?: number
  limit?: number
  hint?: unknown
  variables?: Variables | undefined
  collation?: Collation | undefined
}

/** A document that was found, at rest, and its place. */
export interface Hit {
  slot: Slot
  packed: Packed
}

/** How much work a query was. */
export class Effort {
  keysExamined = 0
  docsExamined = 0
  plan: Plan = { kind: 'collection', sorted: false, backward: false }
}

/** The documents that match, in order. It stops reading as soon as the limit is reached and the order is known. */
export function find(
  collection: Collection | undefined,
  query: Query,
  reader: Snapshot | undefined,
  effort = new Effort(),
): Hit[] {
  const { filter = {}, skip = 0, limit = 0 } = query
  const order = sortFields(query.sort)
  const compiled = compileFilter(filter, query)
  if (!collection) return []
  const fields = filterFields(filter)
  const all = Object.keys(filter).length === 0
  const matches = (packed: Packed) => all || compiled(unpack(packed, fields))
  const plan = planFor(collection, query, order)
  effort.plan = plan
  const exact = plan.kind === 'ids' && plan.exact
  const mustSort = order.length > 0 && !plan.sorted
  const enough = limit && !mustSort ? skip + limit : Infinity
  const hits: Hit[] = []
  for (const slot of scan(collection, plan, reader, effort)) {
    const packed = slot.visible(reader)
    if (!packed) continue
    effort.docsExamined++
    if (!exact && !matches(packed)) continue
    hits.push({ slot, packed })
    if (hits.length >= enough) break
  }
  const sortedBy = order.map(({ steps }) => steps[0] as string)
  const docOf = ({ packed }: Hit) => unpack(packed, sortedBy)
  const sorted = mustSort ? sortBy(hits, order, docOf, query.collation) : hits
  return skip || limit ? sorted.slice(skip, limit ? skip + limit : undefined) : sorted
}

function* scan(
  collection: Collection,
  plan: Plan,
  reader: Snapshot | undefined,
  effort: Effort,
): Generator<Slot, void> {
  if (plan.kind === 'collection')
    yield* plan.backward ? [...collection.slots.values()].reverse() : collection.slots.values()
  else if (plan.kind === 'ids') yield* scanIds(collection, plan.ids, effort)
  else if (plan.kind === 'index') yield* scanIndex(plan, reader, effort)
  else {
    const seen = new Set<Slot>()
    for (const part of plan.plans)
      for (const slot of scan(collection, part, reader, effort))
        if (seen.size < seen.add(slot).size) yield slot
  }
}

function* scanIds(collection: Collection, ids: string[], effort: Effort): Generator<Slot, void> {
  for (const id of ids) {
    effort.keysExamined++
    const slot = collection.slots.get(id)
    if (slot) yield slot
  }
}

function* scanIndex(
  { index, ranges, backward }: Extract<Plan, { kind: 'index' }>,
  reader: Snapshot | undefined,
  effort: Effort,
): Generator<Slot, void> {
  const seen = index.multikey ? new Set<Slot>() : undefined
  const pair: [string, Slot] = ['', undefined as never]
  for (const [low, high] of backward ? ranges.toReversed() : ranges) {
    const entries = backward ? index.entries.entriesReversed(high, pair) : index.entries.entries(low, pair)
    for (const [key, slot] of entries) {
      if (backward ? key < low : key > high) break
      effort.keysExamined++
      if (slot.hasSeveral && !hasKey(slot, key)) continue
      if (seen && seen.size === seen.add(slot).size) continue
      yield slot
    }
  }

  /** Whether the version that this reader sees has the key; other versions may have put it there. */
  function hasKey(slot: Slot, key: string): boolean {
    const packed = slot.visible(reader)
    return packed !== undefined && index.keysOf(packed).some(own => index.entry(own, slot) === key)
  }
}
