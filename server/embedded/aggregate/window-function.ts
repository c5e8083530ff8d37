import type { Doc } from '../value/document.ts'
import { MongoError } from '../value/error.ts'
import { asDouble, toNumber } from '../value/number.ts'
import { valueAt } from '../value/path.ts'
import type { Accumulator } from './accumulator.ts'
import { isNothing } from './applied.ts'
import { doubleOf, isNumber } from '../value/arithmetic.ts'
import { compileExpression, type Scope } from './expression.ts'
import type { Field } from './group.ts'

/** The sorted documents of a partition. */
export interface Partition {
  docs: Doc[]
  /** The order that they are sorted by. */
  compare(a: Doc, b: Doc): number
}

type WindowFunction = (argument: never, order: Doc, scope: Scope) => (partition: Partition) => unknown[]

/** The place of each document among the different values of the order; `dense` counts values, not documents. */
const rank =
  (dense: boolean): WindowFunction =>
  () =>
  ({ docs, compare }) => {
    let current = 0
    return docs.map((doc, place) => {
      const tied = place > 0 && compare(docs[place - 1] as Doc, doc) === 0
      if (!tied) current = dense ? current + 1 : place + 1
      return current
    })
  }

const $shift: WindowFunction = ({ output, by, default: other }: Doc, _order, scope) => {
  const valueOf = compileExpression(output, scope)
  const otherwise = compileExpression(other ?? null, scope)({})
  const distance = toNumber(by)
  return ({ docs }) =>
    docs.map((_doc, place) => {
      const found = docs[place + distance]
      return found ? (valueOf(found) ?? null) : otherwise
    })
}

const $locf: WindowFunction = (expr: unknown, _order, scope) => {
  const valueOf = compileExpression(expr, scope)
  return ({ docs }) => {
    let last: unknown = null
    return docs.map(doc => {
      const value = valueOf(doc)
      if (!isNothing(value)) last = value
      return last
    })
  }
}

/** The number of the one field that a partition is sorted by; a date in units of so many milliseconds. */
function positionOf(name: string, order: Doc, unit?: unknown): (doc: Doc) => number {
  const [path = '', ...more] = Object.keys(order)
  if (!path || more.length) throw new MongoError('BadValue', `${name} needs a sortBy of one field`)
  const length = unit === undefined ? 1 : milliseconds[String(unit)]
  if (!length) throw new MongoError('BadValue', `${name} does not know the unit ${String(unit)}`)
  const steps = path.split('.')
  return doc => {
    const value = valueAt(doc, steps)
    if (!isNumber(value) && !(value instanceof Date))
      throw new MongoError('BadValue', `${name} needs numbers or dates to sort by`)
    if (name !== '$linearFill' && value instanceof Date !== (unit !== undefined))
      throw new MongoError('BadValue', `${name} has a unit where the sortBy is a date, and only there`)
    return (value instanceof Date ? Number(value) : toNumber(value)) / length
  }
}

interface Point {
  x: number
  y: number
}

/** How much a window's values rise from its first document to its last, for one step of the order. */
function slope(): Accumulator<Point> {
  let [first, last]: [Point?, Point?] = []
  return {
    add: point => {
      first ??= point
      last = point
    },
    result: () =>
      first && last && first.x !== last.x ? asDouble((last.y - first.y) / (last.x - first.x)) : null,
  }
}

/** The area under a window's values, between each two by a straight line. */
function area(): Accumulator<Point> {
  let sum = 0
  let last: Point | undefined
  return {
    add: point => {
      if (last) sum += ((point.x - last.x) * (point.y + last.y)) / 2
      last = point
    },
    result: () => asDouble(sum),
  }
}

/** The field of `$derivative` or `$integral`; of other operators there is none. */
export function fieldOverOrder(name: string, argument: unknown, order: Doc, scope: Scope): Field | undefined {
  if (name !== '$derivative' && name !== '$integral') return undefined
  const { input, unit } = argument as Doc
  const at = positionOf(name, order, unit)
  const valueOf = compileExpression(input, scope)
  return {
    make: () => (name === '$derivative' ? slope() : area()) as Accumulator,
    valueOf: (doc): Point => {
      const y = valueOf(doc)
      if (isNumber(y)) return { x: at(doc), y: doubleOf(name, y) }
      throw new MongoError('BadValue', `${name} needs numbers as its input`)
    },
  }
}

const milliseconds: Record<string, number> = {
  week: 604_800_000,
  day: 86_400_000,
  hour: 3_600_000,
  minute: 60_000,
  second: 1000,
  millisecond: 1,
}

const $linearFill: WindowFunction = (expr: unknown, order, scope) => {
  const valueOf = compileExpression(expr, scope)
  const position = positionOf('$linearFill', order)
  return ({ docs }) => {
    const at = docs.map(position)
    const values = docs.map(doc => valueOf(doc) ?? null)
    return values.map((value, place) => {
      if (value !== null) return value
      const before = values.findLastIndex((one, i) => i < place && one !== null)
      const after = values.findIndex((one, i) => i > place && one !== null)
      if (before < 0 || after < 0) return null
      const [low, high] = [doubleOf('$linearFill', values[before]), doubleOf('$linearFill', values[after])]
      const [from, to, here] = [at[before], at[after], at[place]] as [number, number, number]
      return asDouble(low + ((high - low) * (here - from)) / (to - from))
    })
  }
}

const $expMovingAvg: WindowFunction = ({ input, N, alpha }: Doc, _order, scope) => {
  const valueOf = compileExpression(input, scope)
  if ((N === undefined) === (alpha === undefined))
    throw new MongoError('FailedToParse', '$expMovingAvg needs either N or alpha')
  const weight = N === undefined ? toNumber(alpha) : 2 / (toNumber(N) + 1)
  return ({ docs }) => {
    let average: number | null = null
    return docs.map(doc => {
      const value = valueOf(doc)
      if (!isNumber(value)) return average === null ? null : asDouble(average)
      const number = doubleOf('$expMovingAvg', value)
      average = average === null ? number : number * weight + average * (1 - weight)
      return asDouble(average)
    })
  }
}

/** The functions of a whole sorted partition, by name. */
export const windowFunctions: Record<string, WindowFunction> = {
  $rank: rank(false),
  $denseRank: rank(true),
  $documentNumber:
    () =>
    ({ docs }) =>
      docs.map((_doc, place) => place + 1),
  $shift,
  $locf,
  $linearFill,
  $expMovingAvg,
}
