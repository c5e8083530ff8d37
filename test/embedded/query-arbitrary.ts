import fc from 'fast-check'
import { Binary, Decimal128, Double, Int32, Long, ObjectId, Timestamp, type Document } from 'mongodb'

// Documents and queries on them: few values, so that they meet, of every type, so that types meet too.

const oids = [1, 2].map(i => new ObjectId(String(i).repeat(24)))
const decimal = (digits: string) => Decimal128.fromString(digits)

const number = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: -2, max: 2 }) },
  fc.constantFrom<unknown>(0.5, -0, NaN, Infinity, 0.1, 2 ** 53, new Double(2), new Int32(1)),
  fc.constantFrom<unknown>(Long.fromNumber(2), Long.fromString('9007199254740993'), Long.MIN_VALUE),
  fc.constantFrom<unknown>(...['2', '0.5', '0.1', '2.00', 'NaN', '9007199254740993.5'].map(decimal)),
)
const text = fc.constantFrom<unknown>('a', 'ab', 'A', 'b\na', '北', '北京', '😀', '\uffee', '')
const other = fc.constantFrom<unknown>(
  ...[null, true, false, new Date(0), new Date(-1000), ...oids],
  ...[new Binary(Buffer.from('ab')), new Binary(Buffer.from('ab'), 5), new Timestamp({ t: 1, i: 2 })],
)
const scalar = fc.oneof(
  { weight: 3, arbitrary: number },
  { weight: 2, arbitrary: text },
  { weight: 2, arbitrary: other },
)
const value = fc.oneof(
  { weight: 4, arbitrary: scalar },
  fc.array(scalar, { maxLength: 3 }),
  fc.array(fc.array(scalar, { maxLength: 2 }), { maxLength: 2 }),
  fc.array(fc.record({ x: scalar }), { maxLength: 3 }),
  fc.record({ x: scalar }),
  fc.record({ x: scalar, y: scalar }, { requiredKeys: [] }),
)

/** An index over two fields refuses arrays in both, so `b` is an array only where the others are none. */
function indexable({ b, ...others }: Document): Document {
  if (!Array.isArray(b)) return b === undefined ? others : { ...others, b }
  return { b, ...('a' in others && !Array.isArray(others.a) ? { a: others.a as unknown } : {}) }
}

export const documents = fc.array(
  fc
    .record({ a: value, b: value, n: fc.oneof(value, fc.record({ x: value })) }, { requiredKeys: [] })
    .map(indexable),
  { minLength: 10, maxLength: 30 },
)

const typeName = fc.constantFrom(
  ...['number', 'string', 'object', 'array', 'null', 'bool', 'date', 'objectId', 'binData', 'timestamp'],
)
const regex = fc.constantFrom(/^a/, /^A/i, /^北/, /京$/, /^a$/m, /😀|b/)
const simple = fc.oneof(
  fc.record({ $eq: value }),
  fc.record({ $ne: value }),
  fc.record({ $gt: scalar }),
  fc.record({ $gte: scalar, $lt: scalar }),
  fc.record({ $lte: scalar }),
  fc.record({ $gt: number, $lte: number }),
  fc.record({ $in: fc.array(fc.oneof(scalar, regex), { maxLength: 3 }) }),
  fc.record({ $nin: fc.array(value, { maxLength: 3 }) }),
  fc.record({ $exists: fc.boolean() }),
  fc.record({ $type: typeName }),
  fc.record({ $size: fc.integer({ min: 0, max: 3 }) }),
  fc.record({ $all: fc.array(value, { maxLength: 3 }) }),
  fc.constantFrom<Document>({ $regex: '^a' }, { $regex: '^北' }, { $regex: 'A', $options: 'i' }),
)
/** Conditions that only a field satisfies that is there. */
const present = fc.oneof(
  fc.record({ $gt: number }),
  fc.record({ $gte: text, $lt: text }),
  fc.record({ $in: fc.array(fc.oneof(number, text, regex), { maxLength: 3 }) }),
  fc.record({ $exists: fc.constant(true) }),
  number,
  text,
)
const condition = fc.oneof(
  { weight: 3, arbitrary: value },
  { weight: 6, arbitrary: simple },
  regex,
  fc.record({ $not: simple }),
  fc.record({ $elemMatch: simple }),
  fc.record({ $elemMatch: fc.record({ x: present }) }),
)
const paths = fc.constantFrom('a', 'b', 'n', 'n.x', 'a.0', 'a.x', 'n.x.y')
const id = fc.integer({ min: 0, max: 30 })
const ids = fc.array(id, { maxLength: 4 })
const ofId = fc.oneof(
  id,
  fc.record({ $eq: id }),
  fc.record({ $in: ids }),
  fc.record({ $in: ids, $nin: ids }),
  fc.record({ $in: ids, $gt: id }),
  fc.record({ $gte: id }),
  fc.record({ $ne: id }),
)
const fields = fc.dictionary(paths, condition, { maxKeys: 2 })
const plain = fc.oneof(
  { weight: 5, arbitrary: fields },
  fc.record({ _id: ofId }),
  fc.tuple(fields, ofId).map(([others, _id]): Document => ({ ...others, _id })),
)
const filter = fc.oneof(
  { weight: 4, arbitrary: plain },
  fc.record({ $or: fc.tuple(plain, plain) }),
  fc.record({ $and: fc.tuple(plain, plain) }),
  fc.record({ $nor: fc.tuple(plain, plain) }),
)
const projection = fc.constantFrom<Document>(
  ...[{}, {}, { a: 1 }, { b: 1, _id: 0 }, { 'n.x': 1 }, { 'a.x': 1, 'n.x.y': 1, 'n.y': 1 }],
  ...[{ a: 0 }, { 'n.x': 0, _id: 0 }, { 'a.x': 0, b: 0 }, { _id: 0 }],
)

/** A query; `ties` leaves documents of the same sort keys in any order. */
export interface Query {
  where: Document
  by: Record<string, 1 | -1>
  skip: number
  limit: number
  projection: Document
  ties: boolean
}

export const query: fc.Arbitrary<Query> = fc.record({
  where: filter,
  by: fc.dictionary(fc.constantFrom('a', 'b', 'n.x'), fc.constantFrom(1 as const, -1 as const), {
    maxKeys: 2,
  }),
  skip: fc.integer({ min: 0, max: 3 }),
  limit: fc.integer({ min: 0, max: 8 }),
  projection,
  ties: fc.boolean(),
})

/** Some of the indexes that a collection may have. */
export const indexes = fc.subarray<[key: Document, options: Document]>(
  [
    [{ a: 1 }, {}],
    [{ b: -1, _id: 1 }, {}],
    [{ a: 1, b: -1 }, {}],
    [{ b: -1, 'n.x': 1 }, {}],
    [{ 'n.x': 1 }, { sparse: true }],
    [{ n: -1 }, {}],
    [{ b: 1 }, { partialFilterExpression: { a: { $gte: 0 } } }],
    [{ a: -1, _id: -1 }, { unique: true }],
    [{ 'a.x': 1 }, { partialFilterExpression: { b: { $exists: true } } }],
  ],
  { minLength: 1 },
)
