import type { Collation } from './collation.ts'
import type { Doc } from './document.ts'
import { compareNumbers } from './number.ts'

/** The places of BSON's types in its order of comparison. */
export const rank = {
  minKey: 1,
  emptyArray: 3,
  null: 5,
  number: 10,
  string: 15,
  object: 20,
  array: 25,
  binary: 30,
  objectId: 35,
  boolean: 40,
  date: 45,
  timestamp: 47,
  regex: 50,
  code: 60,
  scopedCode: 65,
  maxKey: 127,
} as const

const rankOfBsonType: Record<string, number> = {
  MinKey: rank.minKey,
  Long: rank.number,
  Int32: rank.number,
  Double: rank.number,
  Decimal128: rank.number,
  BSONSymbol: rank.string,
  Binary: rank.binary,
  UUID: rank.binary,
  ObjectId: rank.objectId,
  Timestamp: rank.timestamp,
  BSONRegExp: rank.regex,
  MaxKey: rank.maxKey,
  EmptyArray: rank.emptyArray,
}

/** The place of the value's type in BSON's order; a missing value ranks as null. */
export function rankOf(value: unknown): number {
  if (typeof value === 'string') return rank.string
  if (typeof value === 'number') return rank.number
  if (typeof value === 'boolean') return rank.boolean
  return value === undefined || value === null ? rank.null : rankOfObject(value as Doc)
}

function rankOfObject(value: Doc): number {
  const type = value._bsontype as unknown
  if (typeof type === 'string') return rankOfBsonType[type] ?? (value.scope ? rank.scopedCode : rank.code)
  if (Array.isArray(value)) return rank.array
  if (value instanceof Date) return rank.date
  if (value instanceof RegExp) return rank.regex
  return value instanceof Uint8Array ? rank.binary : rank.object
}

/** BSON's order of any two values: negative, zero or positive; text by the collation if there is one. */
export function compare(a: unknown, b: unknown, collation?: Collation): number {
  if (a === b) return 0
  const kind = rankOf(a)
  const other = rankOf(b)
  if (kind !== other) return kind - other
  switch (kind) {
    case rank.number:
      return compareNumbers(a, b)
    case rank.string:
      return collation ? collation.compare(String(a), String(b)) : compareStrings(String(a), String(b))
    case rank.object:
      return compareDocuments(a as Doc, b as Doc, collation)
    case rank.array:
      return compareArrays(a as unknown[], b as unknown[], collation)
    case rank.binary:
      return compareBinaries(a as Doc, b as Doc)
    case rank.objectId:
      return Buffer.compare((a as Doc).id, (b as Doc).id)
    case rank.boolean:
    case rank.date:
      return Number(a) - Number(b)
    case rank.timestamp:
      return (a as Doc).t - (b as Doc).t || (a as Doc).i - (b as Doc).i
    case rank.regex:
      return compareStrings(pattern(a), pattern(b)) || compareStrings(flags(a), flags(b))
    case rank.code:
    case rank.scopedCode:
      return compareStrings(JSON.stringify(a), JSON.stringify(b))
    default:
      return 0
  }
}

/** Whether BSON holds the two values to be equal. */
export const equal = (a: unknown, b: unknown, collation?: Collation) => compare(a, b, collation) === 0

/** The order of strings by their UTF-8 bytes, which differs from UTF-16's only beyond the basic plane. */
export function compareStrings(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i)
    const y = b.charCodeAt(i)
    if (x === y) continue
    const [high, low] = [isSurrogate(x), isSurrogate(y)]
    if (high !== low && x >= 0xd800 && y >= 0xd800) return high ? 1 : -1
    return x - y
  }
  return a.length - b.length
}

const isSurrogate = (unit: number) => unit >= 0xd800 && unit < 0xe000

function compareDocuments(a: Doc, b: Doc, collation?: Collation): number {
  const left = Object.keys(a)
  const right = Object.keys(b)
  const length = Math.min(left.length, right.length)
  for (let i = 0; i < length; i++) {
    const x = left[i] as string
    const y = right[i] as string
    const order = rankOf(a[x]) - rankOf(b[y]) || compareStrings(x, y) || compare(a[x], b[y], collation)
    if (order) return order
  }
  return left.length - right.length
}

function compareArrays(a: unknown[], b: unknown[], collation?: Collation): number {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    const order = compare(a[i], b[i], collation)
    if (order) return order
  }
  return a.length - b.length
}

/** The bytes of a binary value, and BSON's subtype. */
export function binaryOf(value: Doc): { bytes: Uint8Array; subtype: number } {
  if (value instanceof Uint8Array) return { bytes: value, subtype: 0 }
  return { bytes: value.buffer.subarray(0, value.position), subtype: value.sub_type }
}

function compareBinaries(a: Doc, b: Doc): number {
  const x = binaryOf(a)
  const y = binaryOf(b)
  return x.bytes.length - y.bytes.length || x.subtype - y.subtype || Buffer.compare(x.bytes, y.bytes)
}

/** The source of a regular expression of either kind. */
export const pattern = (regex: unknown): string => (regex as Doc).source ?? (regex as Doc).pattern

/** The options of a regular expression of either kind; the driver maps BSON's `s` to JavaScript's `g`. */
export const flags = (regex: unknown): string =>
  (regex as Doc).flags?.replace('g', 's') ?? (regex as Doc).options
