import { foldFor, type Collation } from '../value/collation.ts'
import { isDocument, type Doc } from '../value/document.ts'
import { MongoError } from '../value/error.ts'
import { keyOf } from '../value/key.ts'
import { toNumber } from '../value/number.ts'
import { compare, equal } from '../value/order.ts'
import { sortBy, sortFields } from '../query/sort.ts'
import { accumulators, percentileOf, ranked, whole } from './accumulator.ts'
import { isNumber } from '../value/arithmetic.ts'
import { applied, isNothing, operatorsOf, withNames, type Operator } from './applied.ts'

function listOf(name: string, value: unknown): unknown[] {
  if (Array.isArray(value)) return value
  throw new MongoError('BadValue', `${name} requires an array as an argument`)
}

function indexOf([list, wanted, from = 0, to]: unknown[], collation?: Collation): unknown {
  if (isNothing(list)) return null
  const items = listOf('$indexOfArray', list)
  const [start, end] = [from, to ?? items.length].map(toNumber) as [number, number]
  if (!Number.isInteger(start) || !Number.isInteger(end) || start < 0 || end < 0)
    throw new MongoError('BadValue', '$indexOfArray requires whole numbers of at least 0 as its bounds')
  for (let i = start; i < Math.min(end, items.length); i++) if (equal(items[i], wanted, collation)) return i
  return -1
}

type SetOperation = (lists: unknown[][], keys: Set<string>[], key: (value: unknown) => string) => unknown

const setOperator = (name: string, [least, most]: [number, number], of: SetOperation, nullable: boolean) =>
  applied(name, least, most, (values, collation) => {
    if (nullable && values.some(isNothing)) return null
    const fold = foldFor(collation)
    const key = (value: unknown) => keyOf(value, fold)
    const lists = values.map(value => listOf(name, value))
    const keys = lists.map(list => new Set(list.map(key)))
    return of(lists, keys, key)
  })

function distinct(items: unknown[], key: (value: unknown) => string): unknown[] {
  const seen = new Set<string>()
  return items.filter(item => seen.size < seen.add(key(item)).size)
}

const isSubset = (a: Set<string>, b: Set<string>) => [...a].every(key => b.has(key))

function sortArray({ input, sortBy: order }: Doc, collation?: Collation): unknown {
  if (isNothing(input)) return null
  const list = listOf('$sortArray', input)
  if (!isDocument(order)) {
    const direction = toNumber(order)
    if (Math.abs(direction) !== 1) throw new MongoError('BadValue', '$sortArray must sort by 1 or -1')
    return list.slice().sort((a, b) => compare(a, b, collation) * direction)
  }
  return sortBy(list, sortFields(order), item => (isDocument(item) ? item : {}), collation)
}

/** An accumulator in the place of an expression: over the items of its one array, or over its arguments. */
const accumulated = (name: string) =>
  applied(name, 0, Infinity, (values, collation) => {
    const make = accumulators[name]
    const [only] = values
    const gathered = make?.(collation)
    for (const value of values.length === 1 && Array.isArray(only) ? only : values) gathered?.add(value)
    return gathered?.result()
  })

function ofMany(
  name: '$maxN' | '$minN' | '$firstN' | '$lastN',
  { input, n }: Doc,
  collation?: Collation,
): unknown {
  const list = listOf(name, input)
  const gathered = ranked(name, whole(name, n), undefined, collation)
  for (const value of list) gathered.add({ value, order: undefined })
  return gathered.result()
}

function elementAt([list, at]: unknown[]): unknown {
  if (isNothing(list) || isNothing(at)) return null
  return listOf('$arrayElemAt', list).at(wholeNumber('$arrayElemAt', at))
}

function wholeNumber(name: string, value: unknown): number {
  const number = isNumber(value) ? toNumber(value) : NaN
  if (Number.isInteger(number)) return number
  throw new MongoError('BadValue', `${name} requires a whole number, found: ${String(value)}`)
}

function range(values: unknown[]): unknown {
  const [from = 0, to = 0, step = 1] = values.map(value => wholeNumber('$range', value))
  if (step === 0) throw new MongoError('BadValue', '$range requires a non-zero step value')
  const count = Math.max(0, Math.ceil((to - from) / step))
  return Array.from({ length: count }, (_, place) => from + place * step)
}

function slice([list, first, count]: unknown[]): unknown {
  if (isNothing(list) || isNothing(first) || count === null) return null
  const items = listOf('$slice', list)
  const at = wholeNumber('$slice', first)
  if (count === undefined) return at < 0 ? items.slice(at) : items.slice(0, at)
  const start = at < 0 ? Math.max(0, items.length + at) : at
  return items.slice(start, start + whole('$slice', count))
}

function zip({ inputs, useLongestLength, defaults }: Doc): unknown {
  if ((inputs as unknown[]).some(isNothing)) return null
  const lists = (inputs as unknown[]).map(list => listOf('$zip', list))
  const lengths = lists.map(list => list.length)
  const length = useLongestLength ? Math.max(...lengths) : Math.min(...lengths)
  return Array.from({ length }, (_, row) =>
    lists.map((list, column) => (row < list.length ? list[row] : ((defaults?.[column] as unknown) ?? null))),
  )
}

const end = (name: string, place: 0 | -1) =>
  applied(name, 1, 1, ([list]) => (isNothing(list) ? null : (listOf(name, list).at(place) as unknown)))

/** The operators on arrays and sets, by BSON's order and equality. */
export const arrayOperators: Record<string, Operator> = {
  $in: applied('$in', 2, 2, ([value, list], collation) =>
    listOf('$in', list).some(item => equal(item, value, collation)),
  ),
  $indexOfArray: applied('$indexOfArray', 2, 4, indexOf),
  $setUnion: setOperator(
    '$setUnion',
    [0, Infinity],
    (lists, _keys, key) => distinct(lists.flat(), key),
    true,
  ),
  $setIntersection: setOperator(
    '$setIntersection',
    [0, Infinity],
    ([first = [], ...others], [, ...keys], key) =>
      distinct(first, key).filter(item => others.every((_, i) => keys[i]?.has(key(item)))),
    true,
  ),
  $setDifference: setOperator(
    '$setDifference',
    [2, 2],
    ([a = []], [, b], key) => distinct(a, key).filter(item => !b?.has(key(item))),
    true,
  ),
  $setEquals: setOperator(
    '$setEquals',
    [2, Infinity],
    (_lists, [first = new Set(), ...others]) =>
      others.every(one => isSubset(first, one) && isSubset(one, first)),
    false,
  ),
  $setIsSubset: setOperator(
    '$setIsSubset',
    [2, 2],
    (_lists, [a = new Set(), b = new Set()]) => isSubset(a, b),
    false,
  ),
  $median: withNames('$median', ['input', 'method'], ({ input }) => percentileOf([input].flat(), [0.5])[0]),
  $percentile: withNames('$percentile', ['input', 'p', 'method'], ({ input, p }) =>
    percentileOf([input].flat(), p as unknown[]),
  ),
  $sortArray: withNames('$sortArray', ['input', 'sortBy'], sortArray, ['sortBy']),
  ...operatorsOf(
    { $maxN: '$maxN', $minN: '$minN', $firstN: '$firstN', $lastN: '$lastN' } as const,
    (name, own) => withNames(name, ['input', 'n'], (given, collation) => ofMany(own, given, collation)),
  ),
  ...Object.fromEntries(
    ['$min', '$max', '$sum', '$avg', '$stdDevPop', '$stdDevSamp'].map(name => [name, accumulated(name)]),
  ),
  $arrayElemAt: applied('$arrayElemAt', 2, 2, elementAt),
  $concatArrays: applied('$concatArrays', 0, Infinity, values =>
    values.some(isNothing) ? null : values.flatMap(value => listOf('$concatArrays', value)),
  ),
  $isArray: applied('$isArray', 1, 1, ([value]) => Array.isArray(value)),
  $range: applied('$range', 2, 3, range),
  $reverseArray: applied('$reverseArray', 1, 1, ([list]) =>
    isNothing(list) ? null : listOf('$reverseArray', list).toReversed(),
  ),
  $size: applied('$size', 1, 1, ([list]) => listOf('$size', list).length),
  $slice: applied('$slice', 2, 3, slice),
  $zip: withNames('$zip', ['inputs', 'useLongestLength', 'defaults'], zip),
  $first: end('$first', 0),
  $last: end('$last', -1),
}
