import { isDocument, type Doc } from '../value/document.ts'
import { foldFor, type Collation } from '../value/collation.ts'
import { MongoError } from '../value/error.ts'
import { keyOf } from '../value/key.ts'
import { toNumber } from '../value/number.ts'
import { compare, equal } from '../value/order.ts'
import { compileValue } from '../query/match.ts'
import { sortBy, sortFields } from '../query/sort.ts'
import type { Change } from './change.ts'
import type { Operator } from './operator.ts'

function listAt(value: unknown, name: string, path: string): unknown[] | undefined {
  if (value === undefined || Array.isArray(value)) return value
  throw new MongoError(
    'BadValue',
    `Cannot apply ${name} to a non-array value. The field '${path}' must be an array`,
  )
}

function push(argument: unknown, path: string, collation?: Collation): Change {
  const modified = isDocument(argument) && '$each' in argument
  const { $each, $position, $slice, $sort, ...unknown } = modified ? argument : ({ $each: [argument] } as Doc)
  const [name] = Object.keys(unknown)
  if (name) throw new MongoError('BadValue', `Unrecognized clause in $push: ${name}`)
  if (!Array.isArray($each))
    throw new MongoError('BadValue', 'The argument to $each in $push must be an array')
  return old => {
    const list = (listAt(old, '$push', path) ?? []).slice()
    list.splice($position === undefined ? list.length : toNumber($position), 0, ...$each)
    const sorted = $sort === undefined ? list : sortItems(list, $sort, collation)
    return $slice === undefined ? sorted : firstOrLast(sorted, toNumber($slice))
  }
}

function sortItems(list: unknown[], order: unknown, collation?: Collation): unknown[] {
  if (!isDocument(order)) return list.sort((a, b) => compare(a, b, collation) * toNumber(order))
  return sortBy(list, sortFields(order), item => (isDocument(item) ? item : {}), collation)
}

/** The first items for a positive number, the last ones for a negative number. */
export const firstOrLast = (list: unknown[], count: number) =>
  count < 0 ? list.slice(count) : list.slice(0, count)

function addToSet(argument: unknown, path: string, collation?: Collation): Change {
  const items: unknown = isDocument(argument) && '$each' in argument ? argument.$each : [argument]
  if (!Array.isArray(items))
    throw new MongoError('TypeMismatch', 'The argument to $each in $addToSet must be an array')
  return old => {
    const list = listAt(old, '$addToSet', path) ?? []
    const fold = foldFor(collation)
    const known = new Set(list.map(item => keyOf(item, fold)))
    const fresh = items.filter(item => known.size < known.add(keyOf(item, fold)).size)
    return fresh.length || old === undefined ? [...list, ...fresh] : old
  }
}

const keep =
  (name: string, path: string, stays: (item: unknown) => boolean): Change =>
  old => {
    const list = listAt(old, name, path)
    const kept = list?.filter(stays)
    return kept?.length === list?.length ? old : kept
  }

function pull(argument: unknown, path: string, collation?: Collation): Change {
  const matches = compileValue(argument, { collation })
  return keep('$pull', path, item => !matches(item))
}

function pullAll(argument: unknown, path: string, collation?: Collation): Change {
  if (!Array.isArray(argument)) throw new MongoError('BadValue', '$pullAll requires an array argument')
  return keep('$pullAll', path, item => !argument.some(gone => equal(gone, item, collation)))
}

function pop(argument: unknown, path: string): Change {
  return old => {
    const list = listAt(old, '$pop', path)
    if (!list?.length) return old
    return toNumber(argument) < 0 ? list.slice(1) : list.slice(0, -1)
  }
}

/** The update operators on arrays. */
export const arrayOperators: Record<string, Operator> = {
  $push: { change: push, creates: true },
  $addToSet: { change: addToSet, creates: true },
  $pull: { change: pull, creates: false },
  $pullAll: { change: pullAll, creates: false },
  $pop: { change: pop, creates: false },
}
