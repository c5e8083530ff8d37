import { Binary, ObjectId, Timestamp, type Document } from 'mongodb'

// BSON's order, written down as plainly as possible and without a thought for speed.

const bsonType = (value: unknown) => (value as { _bsontype?: string } | null | undefined)?._bsontype

export const isPlain = (value: unknown): value is Document =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  !(value instanceof Date) &&
  !(value instanceof RegExp) &&
  !('_bsontype' in value)

const numberTypes = ['Int32', 'Long', 'Double', 'Decimal128']
export const isNumber = (value: unknown) =>
  typeof value === 'number' || numberTypes.includes(bsonType(value) ?? '')

const asDouble = (value: unknown) => (typeof value === 'number' ? value : Number(String(value)))
export const isNaNumber = (value: unknown) => isNumber(value) && Number.isNaN(asDouble(value))

/** All of MongoDB's types in their order; those in one line are compared with each other. */
export const types: [name: string, is: (value: unknown) => boolean][] = [
  ['minKey', value => bsonType(value) === 'MinKey'],
  ['null', value => value === undefined || value === null],
  ['number', isNumber],
  ['string', value => typeof value === 'string'],
  ['object', isPlain],
  ['array', Array.isArray],
  ['binData', value => value instanceof Binary],
  ['objectId', value => value instanceof ObjectId],
  ['bool', value => typeof value === 'boolean'],
  ['date', value => value instanceof Date],
  ['timestamp', value => value instanceof Timestamp],
  ['regex', value => value instanceof RegExp],
  ['maxKey', value => bsonType(value) === 'MaxKey'],
]
export const typeOf = (value: unknown) => types.findIndex(([, is]) => is(value))

const simply = <T extends number | string | boolean | bigint>(a: T, b: T) => (a < b ? -1 : a > b ? 1 : 0)
const places = 60

/** A finite number in units of ten to the minus sixty: every double and decimal of these tests is whole in them. */
function exactly(value: unknown): bigint {
  const isDouble = typeof value === 'number' || bsonType(value) === 'Double'
  const text = isDouble ? asDouble(value).toFixed(places) : String(value)
  const [whole = '', fraction = ''] = text.split('.')
  return BigInt(whole + fraction.padEnd(places, '0'))
}

/** NaN comes before every other number, and the infinities stand at the ends. */
function compareNumbers(a: unknown, b: unknown): number {
  const [x, y] = [asDouble(a), asDouble(b)]
  if (Number.isNaN(x) || Number.isNaN(y)) return simply(Number(!Number.isNaN(x)), Number(!Number.isNaN(y)))
  if (!Number.isFinite(x) || !Number.isFinite(y) || x !== y) return simply(x, y)
  return simply(exactly(a), exactly(b))
}

function compareBinaries(a: Binary, b: Binary): number {
  return a.length() - b.length() || a.sub_type - b.sub_type || Buffer.compare(a.value(), b.value())
}

/** BSON's order. */
export function order(a: unknown, b: unknown): number {
  const type = typeOf(a)
  if (type !== typeOf(b)) return type - typeOf(b)
  if (types[type]?.[0] === 'number') return compareNumbers(a, b)
  if (a instanceof ObjectId) return simply(a.toHexString(), (b as ObjectId).toHexString())
  if (a instanceof Binary) return compareBinaries(a, b as Binary)
  if (a instanceof Timestamp) return simply(a.toBigInt(), (b as Timestamp).toBigInt())
  if (a instanceof Date) return simply(Number(a), Number(b))
  if (Array.isArray(a)) return inTurn(a, b as unknown[], order)
  if (isPlain(a)) return inTurn(Object.entries(a), Object.entries(b as Document), orderFields)
  if (typeof a === 'string') return Buffer.compare(Buffer.from(a), Buffer.from(b as string))
  return typeof a === 'boolean' ? simply(a, b as boolean) : 0
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
