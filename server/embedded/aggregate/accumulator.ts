import type { Collation } from '../value/collation.ts'
import { foldFor } from '../value/collation.ts'
import { putField, type Doc } from '../value/document.ts'
import { MongoError } from '../value/error.ts'
import { keyOf } from '../value/key.ts'
import { asDouble, toNumber } from '../value/number.ts'
import { compare } from '../value/order.ts'
import { calculate, doubleOf, intOf, isDouble, isNumber, unwrapped } from '../value/arithmetic.ts'

/** Gathers one field of one group; the result may be asked for again when more has been added. */
export interface Accumulator<T = unknown> {
  add(value: T): void
  result(): unknown
}

/** Ints and doubles are summed as JavaScript's numbers, each apart, so that the sum has the widest type of all. */
function sum(): Accumulator {
  let [ints, doubles, anyDouble] = [0, 0, false]
  let wide: unknown = 0
  return {
    add: value => {
      if (!isNumber(value)) return
      const plain = unwrapped(value)
      if (typeof plain !== 'number') wide = calculate('add', wide, plain)
      else if (isDouble(value)) {
        doubles += plain
        anyDouble = true
      } else ints += plain
    },
    result: () => {
      const whole = calculate('add', wide, intOf(ints))
      return anyDouble ? calculate('add', whole, asDouble(doubles)) : whole
    },
  }
}

function average(): Accumulator {
  const total = sum()
  let count = 0
  return {
    add: value => {
      if (!isNumber(value)) return
      total.add(value)
      count++
    },
    result: () => (count ? calculate('divide', total.result(), count) : null),
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
    result: () => items.slice(),
  }
}

function merged(): Accumulator {
  const all: Doc = {}
  const add = (value: unknown) => {
    for (const [name, held] of Object.entries(value ?? {})) putField(all, name, held)
  }
  return { add, result: () => ({ ...all }) }
}

/** The deviation of all values (0) or of a sample (1), by Welford's method. */
function deviation(less: 0 | 1): Accumulator {
  let [count, mean, squares] = [0, 0, 0]
  return {
    add: value => {
      if (!isNumber(value)) return
      const from = toNumber(value) - mean
      mean += from / ++count
      squares += from * (toNumber(value) - mean)
    },
    result: () => (count > less ? asDouble(Math.sqrt(squares / (count - less))) : null),
  }
}

/** How two rows of numbers vary together: all (0) or as a sample (1). */
function covariance(name: string, less: 0 | 1): Accumulator {
  let [count, meanX, meanY, together] = [0, 0, 0, 0]
  return {
    add: pair => {
      const values: unknown[] = Array.isArray(pair) ? pair : []
      if (values.length !== 2 || !values.every(isNumber)) return
      const [x, y] = values.map(value => doubleOf(name, value)) as [number, number]
      const from = x - meanX
      meanX += from / ++count
      meanY += (y - meanY) / count
      together += from * (y - meanY)
    },
    result: () => (count > less ? asDouble(together / (count - less)) : null),
  }
}

/** The least numbers that these parts of all numbers do not exceed; null when there are none. */
export function percentileOf(values: unknown[], parts: unknown[]): unknown[] {
  const numbers = values
    .filter(isNumber)
    .map(toNumber)
    .sort((a, b) => a - b)
  return parts.map(part => {
    const found = numbers[Math.max(0, Math.ceil(toNumber(part) * numbers.length) - 1)]
    return found === undefined ? null : asDouble(found)
  })
}

/** The accumulators of one value each, by name. */
export const accumulators: Record<string, (collation?: Collation) => Accumulator> = {
  $sum: sum,
  $avg: average,
  $min: collation => extreme(-1, collation),
  $max: collation => extreme(1, collation),
  $first: () => chosen('first'),
  $last: () => chosen('last'),
  $push: () => list(false),
  $addToSet: collation => list(true, collation),
  $mergeObjects: merged,
  $covariancePop: () => covariance('$covariancePop', 0),
  $covarianceSamp: () => covariance('$covarianceSamp', 1),
  $stdDevPop: () => deviation(0),
  $stdDevSamp: () => deviation(1),
  $count: () => {
    let count = 0
    return { add: () => void count++, result: () => count }
  },
}

/** A value and what it is ordered by. */
export interface Ranked {
  value: unknown
  order: Doc | undefined
}

/** The accumulators that keep the first or last of some order. */
export type RankedName = '$firstN' | '$lastN' | '$maxN' | '$minN' | '$top' | '$topN' | '$bottom' | '$bottomN'

/** Keeps so many values: the first or last as they come, by their own order, or by that of documents. */
export function ranked(
  name: RankedName,
  count: number,
  byOrder: ((a: Doc, b: Doc) => number) | undefined,
  collation?: Collation,
): Accumulator<Ranked> {
  const items: Ranked[] = []
  const byValue = name === '$maxN' || name === '$minN'
  const sorted = () => {
    if (byOrder) return items.slice().sort((a, b) => byOrder(a.order ?? {}, b.order ?? {}))
    if (!byValue) return items
    const direction = name === '$maxN' ? -1 : 1
    return items.slice().sort((a, b) => compare(a.value, b.value, collation) * direction)
  }
  return {
    add: item => {
      if (!byValue || (item.value !== undefined && item.value !== null)) items.push(item)
    },
    result: () => {
      const values = sorted().map(({ value }) => value ?? null)
      if (name === '$top') return values[0] ?? null
      if (name === '$bottom') return values.at(-1) ?? null
      return name === '$lastN' || name === '$bottomN' ? values.slice(-count) : values.slice(0, count)
    },
  }
}

/** A count of at least one. */
export function whole(name: string, value: unknown): number {
  const count = isNumber(value) ? toNumber(value) : NaN
  if (Number.isInteger(count) && count > 0) return count
  throw new MongoError(
    'BadValue',
    `${name} needs a whole number greater than 0 as its 'n', found: ${String(value)}`,
  )
}
