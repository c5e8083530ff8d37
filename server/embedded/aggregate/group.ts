import { Decimal128, Long } from 'bson'
import { Aggregator } from 'mingo/aggregator'
import * as mingo from 'mingo/operators/accumulator'
import { isDocument, putField, type Doc } from '../value/document.ts'
import { foldFor, type Collation } from '../value/collation.ts'
import { MongoError, notSupported } from '../value/error.ts'
import { keyOf } from '../value/key.ts'
import { combine, toNumber } from '../value/number.ts'
import { compare, rank, rankOf } from '../value/order.ts'
import { compileExpression, mingoOptions, withMongoErrors, type Scope } from './expression.ts'
import type { Stage } from './stage.ts'

/** Gathers one field of one group. */
interface Accumulator {
  add(value: unknown): void
  result(): unknown
}

const makers = {
  decimal: (digits: string) => Decimal128.fromStringWithRounding(digits),
  long: (value: bigint) => (BigInt.asIntN(64, value) === value ? Long.fromBigInt(value) : Number(value)),
}

const isNumber = (value: unknown) => rankOf(value) === rank.number

function sum(): Accumulator {
  let total: unknown = 0
  return {
    add: value => {
      if (typeof value === 'number' && typeof total === 'number') total += value
      else if (isNumber(value)) total = combine(total, value, 'add', makers)
    },
    result: () => total,
  }
}

function average(): Accumulator {
  const total = sum()
  let count = 0
  return {
    add: value => {
      total.add(value)
      if (isNumber(value)) count++
    },
    result: () => (count ? toNumber(total.result()) / count : null),
  }
}

/** Keeps the least (-1) or the greatest (1) value that is not null. */
function extreme(direction: -1 | 1, collation?: Collation): Accumulator {
  let best: unknown = null
  return {
    add: value => {
      if (value === undefined || value === null) return
      if (best === null || compare(value, best, collation) * direction > 0) best = value
    },
    result: () => best,
  }
}

function chosen(which: 'first' | 'last'): Accumulator {
  let value: unknown
  let any = false
  return {
    add: next => {
      if (which === 'last' || !any) value = next
      any = true
    },
    result: () => value ?? null,
  }
}

function list(unique: boolean, collation?: Collation): Accumulator {
  const fold = foldFor(collation)
  const items: unknown[] = []
  const known = new Set<string>()
  return {
    add: value => {
      if (value === undefined || (unique && known.size === known.add(keyOf(value, fold)).size)) return
      items.push(value)
    },
    result: () => items,
  }
}

function merged(): Accumulator {
  const all: Doc = {}
  const add = (value: unknown) => {
    for (const [name, held] of Object.entries(value ?? {})) putField(all, name, held)
  }
  return { add, result: () => all }
}

const accumulators: Record<string, (collation?: Collation) => Accumulator> = {
  $sum: sum,
  $avg: average,
  $min: collation => extreme(-1, collation),
  $max: collation => extreme(1, collation),
  $first: () => chosen('first'),
  $last: () => chosen('last'),
  $push: () => list(false),
  $addToSet: collation => list(true, collation),
  $mergeObjects: merged,
  $count: () => {
    let count = 0
    return { add: () => void count++, result: () => count }
  },
}

/** mingo's accumulators for what is rarer; they take all documents of the group at once. */
function byMingo(name: string, argument: unknown, scope: Scope): Field {
  if (!Object.hasOwn(mingo, name) || name === '$accumulator') throw notSupported(name)
  const stage = { $group: { _id: null, value: { [name]: argument } } }
  const options = mingoOptions(scope)
  const run = (docs: Doc[]): unknown =>
    withMongoErrors(() => new Aggregator([stage], options).run(docs)[0] as Doc).value
  // mingo 7.2 answers an array of one for these two.
  const single = name === '$top' || name === '$bottom'
  const make = (): Accumulator => {
    const docs: Doc[] = []
    return {
      add: doc => void docs.push(doc as Doc),
      result: () => (single ? [run(docs)].flat()[0] : run(docs)),
    }
  }
  return { make, valueOf: doc => doc }
}

interface Field {
  make(): Accumulator
  valueOf(doc: Doc): unknown
}

function fieldOf(name: string, spec: unknown, scope: Scope): Field {
  const [operator, ...more] = isDocument(spec) ? Object.keys(spec) : []
  if (!operator?.startsWith('$') || more.length)
    throw new MongoError('BadValue', `The field '${name}' must be an accumulator object`)
  const argument = (spec as Doc)[operator] as unknown
  const make = Object.hasOwn(accumulators, operator) ? accumulators[operator] : undefined
  if (!make) return byMingo(operator, argument, scope)
  return { make: () => make(scope.collation), valueOf: compileExpression(argument, scope) }
}

/** The `$group` stage. */
export function compileGroup(spec: Doc, scope: Scope): Stage {
  const { _id, ...outputs } = spec
  if (!('_id' in spec)) throw new MongoError('BadValue', 'a group specification must include an _id')
  return grouping(compileExpression(_id, scope), outputs, scope)
}

/** Groups documents by any value, in the order of the groups' first documents. */
export function grouping(idOf: (doc: Doc) => unknown, outputs: Doc, scope: Scope): Stage {
  const names = Object.keys(outputs)
  const fields = names.map(name => fieldOf(name, outputs[name], scope))
  return docs => {
    const fold = foldFor(scope.collation)
    const groups = new Map<string, { id: unknown; gathered: Accumulator[] }>()
    for (const doc of docs) {
      const id = idOf(doc) ?? null
      const key = keyOf(id, fold)
      let group = groups.get(key)
      if (!group) groups.set(key, (group = { id, gathered: fields.map(field => field.make()) }))
      for (let i = 0; i < fields.length; i++) group.gathered[i]?.add(fields[i]?.valueOf(doc))
    }
    return [...groups.values()].map(({ id, gathered }) => {
      const row: Doc = { _id: id }
      for (const [place, name] of names.entries()) putField(row, name, gathered[place]?.result())
      return row
    })
  }
}
