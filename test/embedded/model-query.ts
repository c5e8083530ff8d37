import { ObjectId, type Document } from 'mongodb'

// What MongoDB's manual says of queries, written down as plainly as possible and without a thought for speed.

const isPlain = (value: unknown): value is Document =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  !(value instanceof Date) &&
  !(value instanceof RegExp) &&
  !('_bsontype' in value)

/** Long and Decimal128 hold small numbers only in these tests. */
const asNumber = (value: unknown): number | undefined => {
  if (typeof value === 'number') return value
  const type = (value as { _bsontype?: string } | null | undefined)?._bsontype
  return type === 'Long' || type === 'Decimal128' ? Number(String(value)) : undefined
}

const types: [name: string, is: (value: unknown) => boolean][] = [
  ['null', value => value === undefined || value === null],
  ['number', value => asNumber(value) !== undefined],
  ['string', value => typeof value === 'string'],
  ['object', isPlain],
  ['array', Array.isArray],
  ['objectId', value => value instanceof ObjectId],
  ['bool', value => typeof value === 'boolean'],
  ['date', value => value instanceof Date],
]
const typeOf = (value: unknown) => types.findIndex(([, is]) => is(value))

const simply = (a: number | string | boolean, b: number | string | boolean) => (a < b ? -1 : a > b ? 1 : 0)

/** BSON's order. */
export function order(a: unknown, b: unknown): number {
  const type = typeOf(a)
  if (type !== typeOf(b)) return type - typeOf(b)
  if (type === 0) return 0
  if (type === 1) return simply(asNumber(a) as number, asNumber(b) as number)
  if (a instanceof ObjectId) return simply(a.toHexString(), (b as ObjectId).toHexString())
  if (a instanceof Date) return simply(Number(a), Number(b))
  if (Array.isArray(a)) return inTurn(a, b as unknown[], order)
  if (isPlain(a)) return inTurn(Object.entries(a), Object.entries(b as Document), orderFields)
  if (typeof a === 'string') return Buffer.compare(Buffer.from(a), Buffer.from(b as string))
  return simply(a as boolean, b as boolean)
}

const orderFields = ([name, a]: [string, unknown], [other, b]: [string, unknown]) =>
  typeOf(a) - typeOf(b) || simply(name, other) || order(a, b)

function inTurn<T>(a: T[], b: T[], compare: (a: T, b: T) => number): number {
  for (const [i, item] of a.entries()) {
    if (i >= b.length) return 1
    const found = compare(item, b[i] as T)
    if (found) return found
  }
  return a.length - b.length
}

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

function holds(values: unknown[], name: string, wanted: unknown): boolean {
  const some = (is: (value: unknown) => boolean) => withItems(values).some(is)
  const inRange = (is: (order: number) => boolean) =>
    some(value => typeOf(value) === typeOf(wanted) && is(order(value, wanted)))
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
    case '$regex':
      return some(value => typeof value === 'string' && new RegExp(wanted as string).test(value))
    case '$size':
      return values.some(value => Array.isArray(value) && value.length === wanted)
    case '$type':
      return some(value => value !== undefined && types[typeOf(value)]?.[0] === wanted)
    case '$not':
      return !meets(values, wanted)
    case '$elemMatch':
      return values.some(value => Array.isArray(value) && value.some(item => itemMeets(item, wanted)))
    default:
      throw new Error(`the model has no ${name}`)
  }
}

const isOperators = (condition: unknown): condition is Document =>
  isPlain(condition) && Object.keys(condition).some(name => name.startsWith('$'))

function itemMeets(item: unknown, condition: unknown): boolean {
  if (isOperators(condition)) return Object.entries(condition).every(([name, to]) => holds([item], name, to))
  return isPlain(item) && matches(item, condition as Document)
}

function meets(values: unknown[], condition: unknown): boolean {
  if (!isOperators(condition)) return holds(values, '$eq', condition)
  return Object.entries(condition).every(([name, wanted]) => holds(values, name, wanted))
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

/** Arrays sort by their least item upward and by their greatest downward; an empty one before null. */
function sortKey(doc: Document, path: string, direction: number): unknown {
  const values = valuesAt(doc, path.split('.'))
  const single = values.flatMap(value =>
    Array.isArray(value) ? (value.length ? value : [undefined]) : [value],
  )
  return single.sort((a, b) => order(a, b) * direction)[0]
}

/** The documents in the order asked for. */
export function sorted(docs: Document[], by: Document): Document[] {
  return docs.toSorted((a, b) => {
    for (const [path, direction] of Object.entries(by) as [string, number][]) {
      const found = order(sortKey(a, path, direction), sortKey(b, path, direction)) * direction
      if (found) return found
    }
    return 0
  })
}
