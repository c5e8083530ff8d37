import type { Document } from 'mongodb'
import { isNaNumber, isPlain, order, typeOf, types } from './model-order.ts'

// What MongoDB's manual says of queries, written down as plainly as possible and without a thought for speed.

/** The values at a path, through the documents in arrays. */
function valuesAt(value: unknown, steps: string[]): unknown[] {
  const [step, ...rest] = steps
  if (step === undefined) return [value]
  if (isPlain(value)) return valuesAt(value[step], rest)
  if (!Array.isArray(value)) return [undefined]
  const placed = /^\d+$/.test(step) && Number(step) < value.length ? valuesAt(value[Number(step)], rest) : []
  return [...placed, ...value.filter(isPlain).flatMap(item => valuesAt(item, steps))]
}

/** An operator looks at each value and, if that is an array, at each of its items. */
const withItems = (values: unknown[]) =>
  values.flatMap(value => (Array.isArray(value) ? [value, ...value] : [value]))

/** What an operator says of the values at a path; those that are items themselves are not looked into. */
function holds(values: unknown[], name: string, wanted: unknown, areItems: boolean): boolean {
  const seen = areItems ? values : withItems(values)
  const some = (is: (value: unknown) => boolean) => seen.some(is)
  // NaN is neither less nor greater than anything, and only as great as itself.
  const inRange = (is: (order: number) => boolean) =>
    some(value => {
      if (typeOf(value) !== typeOf(wanted)) return false
      if (isNaNumber(value) || isNaNumber(wanted)) return is(0) && order(value, wanted) === 0
      return is(order(value, wanted))
    })
  const equals = (one: unknown) =>
    one instanceof RegExp
      ? some(value => typeof value === 'string' && one.test(value))
      : some(value => order(value, one) === 0)
  switch (name) {
    case '$eq':
      return equals(wanted)
    case '$ne':
      return !equals(wanted)
    case '$in':
      return (wanted as unknown[]).some(equals)
    case '$nin':
      return !(wanted as unknown[]).some(equals)
    case '$all':
      return (wanted as unknown[]).length > 0 && (wanted as unknown[]).every(equals)
    case '$gt':
      return inRange(found => found > 0)
    case '$gte':
      return inRange(found => found >= 0)
    case '$lt':
      return inRange(found => found < 0)
    case '$lte':
      return inRange(found => found <= 0)
    case '$exists':
      return values.some(value => value !== undefined) === wanted
    case '$size':
      return values.some(value => Array.isArray(value) && value.length === wanted)
    case '$type':
      return some(value => value !== undefined && types[typeOf(value)]?.[0] === wanted)
    case '$not':
      return !meets(values, wanted, areItems)
    case '$elemMatch':
      return values.some(value => Array.isArray(value) && value.some(item => itemMeets(item, wanted)))
    default:
      throw new Error(`the model has no ${name}`)
  }
}

const isOperators = (condition: unknown): condition is Document =>
  isPlain(condition) && Object.keys(condition).some(name => name.startsWith('$'))

function itemMeets(item: unknown, condition: unknown): boolean {
  if (isOperators(condition)) return meets([item], condition, true)
  // An array is a document whose fields are called 0, 1, 2.
  return (isPlain(item) || Array.isArray(item)) && matches({ ...item }, condition as Document)
}

function meets(values: unknown[], condition: unknown, areItems = false): boolean {
  if (!isOperators(condition)) return holds(values, '$eq', condition, areItems)
  const { $regex, $options, ...others } = condition
  const pattern =
    $regex === undefined ? undefined : new RegExp($regex as string, $options as string | undefined)
  if (pattern && !holds(values, '$eq', pattern, areItems)) return false
  return Object.entries(others).every(([name, wanted]) => holds(values, name, wanted, areItems))
}

/** Whether a value satisfies what stands beside a field. */
export const valueMeets = (value: unknown, condition: unknown) => meets([value], condition)

/** Whether a document matches a filter. */
export function matches(doc: Document, filter: Document): boolean {
  return Object.entries(filter).every(([path, condition]) => {
    if (path === '$and') return (condition as Document[]).every(part => matches(doc, part))
    if (path === '$or') return (condition as Document[]).some(part => matches(doc, part))
    if (path === '$nor') return !(condition as Document[]).some(part => matches(doc, part))
    return meets(valuesAt(doc, path.split('.')), condition)
  })
}

/** What an empty array sorts as: less than null and than a missing field. */
const empty = Symbol('empty array')

function orderKeys(a: unknown, b: unknown): number {
  if (a !== empty && b !== empty) return order(a, b)
  const [x, y] = [a, b].map(key => (key === empty ? 1 : typeOf(key) === typeOf(null) ? 2 : typeOf(key) + 2))
  return (x as number) - (y as number)
}

/** Arrays sort by their least item upward and by their greatest downward. */
function sortKey(doc: Document, path: string, direction: number): unknown {
  const values = valuesAt(doc, path.split('.'))
  const single = values.flatMap(value =>
    Array.isArray(value) ? (value.length ? value : [empty]) : [value ?? null],
  )
  return single.sort((a, b) => orderKeys(a, b) * direction)[0]
}

/** The order of two documents in a sort. */
export function orderDocuments(a: Document, b: Document, by: Document): number {
  for (const [path, direction] of Object.entries(by) as [string, number][]) {
    const found = orderKeys(sortKey(a, path, direction), sortKey(b, path, direction)) * direction
    if (found) return found
  }
  return 0
}

/** The documents in the order asked for. */
export const sorted = (docs: Document[], by: Document) => docs.toSorted((a, b) => orderDocuments(a, b, by))
