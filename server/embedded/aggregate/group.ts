import { Aggregator } from 'mingo/aggregator'
import * as mingo from 'mingo/operators/accumulator'
import { isDocument, putField, type Doc } from '../value/document.ts'
import { MongoError, notSupported } from '../value/error.ts'
import { keyOf } from '../value/key.ts'
import { asDouble, combine, decimalQuotient, toNumber } from '../value/number.ts'
import { compare, rank, rankOf } from '../value/order.ts'
import { compileExpression, mingoOptions, withMongoErrors, type Variables } from './expression.ts'
import { plain, plainDocument } from './plain.ts'
import type { Stage } from './stage.ts'

/** Gathers one field of one group. */
interface Accumulator {
  add(value: unknown): void
  result(): unknown
}

/** A sum that 64 bits do not hold goes on as a double. */
function added(total: unknown, value: unknown): unknown {
  try {
    return combine(total, value, 'add')
  } catch {
    return toNumber(total) + toNumber(value)
  }
}

const isNumber = (value: unknown) => rankOf(value) === rank.number

function sum(): Accumulator {
  let total: unknown = 0
  return {
    add: value => {
      if (isNumber(value)) total = added(total, value)
    },
    result: () => total,
  }
}

const averageOf = (total: unknown, count: number) =>
  (total as Doc)._bsontype === 'Decimal128'
    ? decimalQuotient(total, count)
    : asDouble(toNumber(total) / count)

function average(): Accumulator {
  const total = sum()
  let count = 0
  return {
    add: value => {
      total.add(value)
      if (isNumber(value)) count++
    },
    result: () => (count ? averageOf(total.result(), count) : null),
  }
}

/** Keeps the least (-1) or the greatest (1) value that is not null. */
function extreme(direction: -1 | 1): Accumulator {
  let best: unknown = null
  return {
    add: value => {
      if (value === undefined || value === null) return
      if (best === null || compare(value, best) * direction > 0) best = value
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

function list(unique: boolean): Accumulator {
  const items: unknown[] = []
  const known = new Set<string>()
  return {
    add: value => {
      if (value === undefined || (unique && known.size === known.add(keyOf(value)).size)) return
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

const accumulators: Record<string, () => Accumulator> = {
  $sum: sum,
  $avg: average,
  $min: () => extreme(-1),
  $max: () => extreme(1),
  $first: () => chosen('first'),
  $last: () => chosen('last'),
  $push: () => list(false),
  $addToSet: () => list(true),
  $mergeObjects: merged,
  $count: () => {
    let count = 0
    return { add: () => void count++, result: () => count }
  },
}

/** mingo's accumulators for what is rarer; they take all documents of the group at once. */
function byMingo(name: string, argument: unknown, variables: Variables | undefined): Field {
  if (!Object.hasOwn(mingo, name) || name === '$accumulator') throw notSupported(name)
  const stage = { $group: { _id: null, value: { [name]: plain(argument) } } }
  const options = mingoOptions(variables)
  const run = (docs: Doc[]): unknown =>
    withMongoErrors(() => new Aggregator([stage], options).run(docs)[0] as Doc).value
  // mingo 7.2 answers an array of one for these two.
  const single = name === '$top' || name === '$bottom'
  const make = (): Accumulator => {
    const docs: Doc[] = []
    return {
      add: doc => void docs.push(plainDocument(doc as Doc)),
      result: () => (single ? [run(docs)].flat()[0] : run(docs)),
    }
  }
  return { make, valueOf: doc => doc }
}

interface Field {
  make(): Accumulator
  valueOf(doc: Doc): unknown
}

function fieldOf(name: string, spec: unknown, variables: Variables | undefined): Field {
  const [operator, ...more] = isDocument(spec) ? Object.keys(spec) : []
  if (!operator?.startsWith('$') || more.length)
    throw new MongoError('BadValue', `The field '${name}' must be an accumulator object`)
  const argument = (spec as Doc)[operator] as unknown
  const make = Object.hasOwn(accumulators, operator) ? accumulators[operator] : undefined
  if (!make) return byMingo(operator, argument, variables)
  return { make, valueOf: compileExpression(argument, variables) }
}

/** The `$group` stage. */
export function compileGroup(spec: Doc, variables: Variables | undefined): Stage {
  const { _id, ...outputs } = spec
  if (!('_id' in spec)) throw new MongoError('BadValue', 'a group specification must include an _id')
  return grouping(compileExpression(_id, variables), outputs, variables)
}

/** Groups documents by any value, in the order of the groups' first documents. */
export function grouping(idOf: (doc: Doc) => unknown, outputs: Doc, variables: Variables | undefined): Stage {
  const names = Object.keys(outputs)
  const fields = names.map(name => fieldOf(name, outputs[name], variables))
  return docs => {
    const groups = new Map<string, { id: unknown; gathered: Accumulator[] }>()
    for (const doc of docs) {
      const id = idOf(doc) ?? null
      const key = keyOf(id)
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
