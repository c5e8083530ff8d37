import { foldFor } from '../value/collation.ts'
import { isDocument, type Doc } from '../value/document.ts'
import { MongoError, notSupported } from '../value/error.ts'
import { keyOf } from '../value/key.ts'
import { toNumber } from '../value/number.ts'
import { valueAt } from '../value/path.ts'
import { ordering, sortBy, sortFields } from '../query/sort.ts'
import { calculate, isNumber } from '../value/arithmetic.ts'
import { dateArguments, moved } from './date-math.ts'
import { compileExpression, type Scope } from './expression.ts'
import { compileField } from './group.ts'
import { setPath } from './set-path.ts'
import type { Stage } from './stage.ts'
import { fieldOverOrder, windowFunctions, type Partition } from './window-function.ts'

/** The first place of a window and the one after its last, for the document at a place. */
type Bounds = (place: number, partition: Partition) => [from: number, to: number]

/** The `$setWindowFields` stage. */
export function compileWindowFields({ partitionBy, sortBy: order, output }: Doc, scope: Scope): Stage {
  const partitionOf = compileExpression(partitionBy ?? null, scope)
  const fields = sortFields(order)
  const outputs = Object.entries(output as Doc).map(
    ([name, spec]) => [name.split('.'), compileOutput(name, spec, order, scope)] as const,
  )
  return docs => {
    const fold = foldFor(scope.collation)
    const partitions = new Map<string, Doc[]>()
    for (const doc of docs) {
      const key = keyOf(partitionOf(doc) ?? null, fold)
      const part = partitions.get(key)
      if (part) part.push(doc)
      else partitions.set(key, [doc])
    }
    return [...partitions.values()].flatMap(part => {
      const sorted = sortBy(part, fields, doc => doc, scope.collation)
      const partition: Partition = { docs: sorted, compare: ordering(fields, scope.collation) }
      const columns = outputs.map(([steps, values]) => [steps, values(partition)] as const)
      return sorted.map((doc, place) =>
        columns.reduce((result, [steps, values]) => setPath(result, steps, values[place]), doc),
      )
    })
  }
}

/** What an output is for every document of a partition. */
function compileOutput(
  name: string,
  spec: unknown,
  order: Doc | undefined,
  scope: Scope,
): (partition: Partition) => unknown[] {
  const { window, ...rest } = isDocument(spec) ? spec : ({} as Doc)
  const [operator = '', ...more] = Object.keys(rest)
  if (more.length) throw new MongoError('FailedToParse', `The field '${name}' must be one window function`)
  const make = Object.hasOwn(windowFunctions, operator) ? windowFunctions[operator] : undefined
  if (make) {
    if (window) throw notSupported(`a window of ${operator}`)
    if (!order && operator !== '$locf')
      throw new MongoError('BadValue', `${operator} must be specified with a sortBy`)
    return make(rest[operator] as never, order ?? {}, scope)
  }
  const bounds = compileBounds(window, order)
  const field =
    fieldOverOrder(operator, rest[operator], order ?? {}, scope) ?? compileField(name, rest, scope)
  return partition => {
    const values = partition.docs.map(doc => field.valueOf(doc))
    let gathered = field.make()
    let [from, to] = [0, 0]
    let result: unknown = gathered.result()
    return partition.docs.map((_doc, place) => {
      const [first, end] = bounds(place, partition)
      // A window that only grows at its end goes on with what has been gathered.
      const same = first === from && end === to && place > 0
      if (first !== from || end < to) {
        gathered = field.make()
        from = to = first
      }
      for (; to < end; to++) gathered.add(values[to])
      return same ? result : (result = gathered.result())
    })
  }
}

function compileBounds(window: Doc | undefined, order: Doc | undefined): Bounds {
  if (!window) return (_place, { docs }) => [0, docs.length]
  const { documents, range, unit } = window
  const ends = (documents ?? range) as unknown[]
  if (!Array.isArray(ends) || ends.length !== 2 || (documents && range))
    throw new MongoError('FailedToParse', "a window has either 'documents' or 'range', with two bounds")
  if (ends.every(end => end === 'unbounded')) return (_place, { docs }) => [0, docs.length]
  if (!order) throw new MongoError('BadValue', 'bounded windows need a sortBy')
  return documents ? byPlace(ends) : byRange(ends, unit, order)
}

function byPlace([low, high]: unknown[]): Bounds {
  const at = (end: unknown, place: number, open: number) =>
    end === 'unbounded' ? open : end === 'current' ? place : place + toNumber(end)
  return (place, { docs: { length } }) => {
    const from = Math.min(length, Math.max(0, at(low, place, 0)))
    return [from, Math.max(from, Math.min(length, at(high, place, length - 1) + 1))]
  }
}

/** The documents whose value of the one sort field lies within a distance of this one's. */
function byRange([low, high]: unknown[], unit: unknown, order: Doc): Bounds {
  const [[path = '', direction] = [], ...more] = Object.entries(order)
  if (more.length || toNumber(direction) !== 1)
    throw new MongoError('BadValue', 'a range window needs a sortBy of one ascending field')
  const valueOf = (doc: Doc | undefined) => valueAt(doc, path.split('.'))
  const shifted = (value: unknown, by: unknown): unknown => {
    if (value instanceof Date !== (unit !== undefined))
      throw new MongoError('BadValue', 'a range window has a unit where the sortBy is a date, and only there')
    if (!(value instanceof Date) && !isNumber(value))
      throw new MongoError('BadValue', 'a range window needs numbers or dates to sort by')
    if (by === 'current') return value
    if (!(value instanceof Date)) return calculate('add', value, by)
    const known = dateArguments('range', { startDate: value, unit, amount: by })
    return known && moved(known, 1)
  }
  return (place, { docs, compare }) => {
    const value = valueOf(docs[place])
    const bound = (by: unknown) => setPath({}, path.split('.'), shifted(value, by))
    let [from, to] = [low === 'unbounded' ? 0 : place, high === 'unbounded' ? docs.length : place + 1]
    if (low !== 'unbounded') {
      const least = bound(low)
      while (from > 0 && compare(docs[from - 1] as Doc, least) >= 0) from--
      while (from < docs.length && compare(docs[from] as Doc, least) < 0) from++
    }
    if (high !== 'unbounded') {
      const most = bound(high)
      while (to < docs.length && compare(docs[to] as Doc, most) <= 0) to++
      while (to > 0 && compare(docs[to - 1] as Doc, most) > 0) to--
    }
    return [from, Math.max(from, to)]
  }
}
