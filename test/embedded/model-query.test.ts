import { expect, it } from '@jest/globals'
import fc from 'fast-check'
import { Decimal128, Long, ObjectId, type Document } from 'mongodb'
import { matches, sorted } from './model-query.ts'
import { engineInMemory } from './support.ts'

const world = engineInMemory()

const oids = [1, 2].map(i => new ObjectId(String(i).repeat(24)))
const scalar = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: -2, max: 2 }) },
  fc.constantFrom<unknown>(0.5, 'a', 'ab', '北', '', null, true, false, new Date(0), new Date(1000), ...oids),
  fc.constantFrom<unknown>(Long.fromNumber(2), Decimal128.fromString('2'), Decimal128.fromString('0.5')),
)
const value = fc.oneof(
  { weight: 4, arbitrary: scalar },
  fc.array(scalar, { maxLength: 3 }),
  fc.array(fc.record({ x: scalar }), { maxLength: 3 }),
  fc.record({ x: scalar }),
  fc.record({ x: scalar, y: scalar }, { requiredKeys: [] }),
)
const documents = fc.array(
  fc.record({ a: value, b: value, n: fc.oneof(value, fc.record({ x: value })) }, { requiredKeys: [] }),
  { minLength: 10, maxLength: 30 },
)

const typeName = fc.constantFrom('number', 'string', 'object', 'array', 'null', 'bool', 'date', 'objectId')
const simple = fc.oneof(
  fc.record({ $eq: value }),
  fc.record({ $ne: value }),
  fc.record({ $gt: scalar }),
  fc.record({ $gte: scalar, $lt: scalar }),
  fc.record({ $lte: scalar }),
  fc.record({ $in: fc.array(fc.oneof(scalar, fc.constant(/^a/)), { maxLength: 3 }) }),
  fc.record({ $nin: fc.array(value, { maxLength: 3 }) }),
  fc.record({ $exists: fc.boolean() }),
  fc.record({ $type: typeName }),
  fc.record({ $size: fc.integer({ min: 0, max: 3 }) }),
  fc.record({ $all: fc.array(value, { maxLength: 3 }) }),
  fc.constant({ $regex: '^a' }),
)
const condition = fc.oneof(
  { weight: 3, arbitrary: value },
  { weight: 6, arbitrary: simple },
  fc.record({ $not: simple }),
  fc.record({ $not: fc.record({ $gte: scalar, $lt: scalar }) }),
  fc.record({ $elemMatch: simple }),
  fc.record({ $elemMatch: fc.record({ x: fc.oneof(scalar, simple) }) }),
)
const paths = fc.constantFrom('a', 'b', 'n', 'n.x', 'a.0', 'a.x', 'n.x.y')
const plain = fc.dictionary(paths, condition, { maxKeys: 2 })
const filter = fc.oneof(
  { weight: 4, arbitrary: plain },
  fc.record({ $or: fc.tuple(plain, plain) }),
  fc.record({ $and: fc.tuple(plain, plain) }),
  fc.record({ $nor: fc.tuple(plain, plain) }),
)
const query = fc.record({
  where: filter,
  by: fc.dictionary(fc.constantFrom('a', 'b', 'n.x'), fc.constantFrom(1, -1), { maxKeys: 2 }),
  skip: fc.integer({ min: 0, max: 3 }),
  limit: fc.integer({ min: 0, max: 8 }),
})

const indexes: [key: Document, options: Document][] = [
  [{ a: 1 }, {}],
  [{ b: -1, _id: 1 }, {}],
  [{ 'n.x': 1 }, { sparse: true }],
  [{ n: -1 }, {}],
  [{ 'a.x': 1 }, { partialFilterExpression: { b: { $exists: true } } }],
]

let run = 0
it('queries answer what the manual says, with indexes and without', async () => {
  await fc.assert(
    fc.asyncProperty(documents, fc.array(query, { minLength: 25, maxLength: 25 }), async (docs, queries) => {
      const bare = world.db.collection(`bare${++run}`)
      const indexed = world.db.collection(`indexed${run}`)
      for (const [key, options] of indexes) await indexed.createIndex(key as never, options)
      const held = docs.map((doc, _id) => ({ _id: _id as never, ...doc }))
      for (const collection of [bare, indexed]) await collection.insertMany(held)
      for (const { where, by, skip, limit } of queries) {
        const order = { ...by, _id: 1 }
        const all = sorted(
          held.filter(doc => matches(doc, where)),
          order,
        )
        const expected = all.slice(skip, limit ? skip + limit : undefined).map(doc => doc._id as unknown)
        for (const collection of [bare, indexed]) {
          const found = await collection.find(where, { sort: order as never, skip, limit }).toArray()
          expect(found.map(doc => doc._id as unknown)).toEqual(expected)
        }
      }
      await Promise.all([bare.drop(), indexed.drop()])
    }),
    { numRuns: Number(process.env.EMBEDDED_RUNS ?? 40) },
  )
})
