import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { Decimal128, Long, ObjectId, type Document } from 'mongodb'
import { engineInMemory } from './support.ts'

const world = engineInMemory()

describe('a query reads only what it must', () => {
  const examined = async (filter: Document, sort: Document = {}, limit = 0) => {
    const { executionStats } = await world.db
      .collection('seen')
      .find(filter)
      .sort(sort as never)
      .limit(limit)
      .explain('executionStats')
    return executionStats.totalDocsExamined as number
  }

  it('by _id, by a unique key, by a prefix, in a range, in a list, by the beginning of a text', async () => {
    const seen = world.db.collection('seen')
    await seen.insertMany(
      Array.from({ length: 1000 }, (_, i) => ({ _id: i as never, k: `k${i}`, g: i % 10, n: i })),
    )
    await seen.createIndex({ k: 1 }, { unique: true })
    await seen.createIndex({ g: 1, n: -1 })
    await seen.createIndex({ n: 1 }, { partialFilterExpression: { g: 3 }, name: 'partial' })
    expect(await examined({ _id: 5 })).toBe(1)
    expect(await examined({ k: 'k5' })).toBe(1)
    expect(await examined({ g: 3 })).toBe(100)
    expect(await examined({ g: 3, n: { $gte: 500, $lt: 600 } })).toBe(10)
    expect(await examined({ k: { $in: ['k1', 'k2', 'none'] } })).toBe(2)
    expect(await examined({ k: /^k99/ })).toBe(11)
    expect(await examined({ $or: [{ k: 'k1' }, { _id: 2 }] })).toBe(2)
    expect(await examined({ h: 1 })).toBe(1000)
  })

  it('in the order of an index, forward and backward, and stops at the limit', async () => {
    expect(await examined({ g: 3 }, { n: -1 }, 5)).toBe(5)
    expect(await examined({ g: 3 }, { n: 1 }, 5)).toBe(5)
    expect(await examined({}, { k: -1 }, 5)).toBe(5)
    expect(await examined({}, { _id: 1 }, 7)).toBe(7)
    const last = await world.db.collection('seen').find({ g: 3 }).sort({ n: -1 }).limit(2).toArray()
    expect(last.map(doc => doc.n)).toEqual([993, 983])
  })
})

const oids = [1, 2, 3].map(i => new ObjectId(String(i).repeat(24)))
const scalar = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.constantFrom(0.5, -1.5, 'a', 'ab', '北', '', null, true, false, ...oids),
  fc.constantFrom(
    new Date(0),
    new Date(1000),
    Long.fromNumber(2),
    Decimal128.fromString('2'),
    Decimal128.fromString('0.5'),
  ),
)
const value = fc.oneof(
  { weight: 5, arbitrary: scalar },
  fc.array(scalar, { maxLength: 3 }),
  fc.record({ x: scalar }),
)
const field = fc.option(value, { nil: undefined, freq: 5 })
const documents = fc.array(
  fc.record({
    a: field,
    b: field,
    n: fc.option(fc.oneof(fc.record({ x: value }), fc.array(fc.record({ x: scalar }), { maxLength: 2 })), {
      nil: undefined,
    }),
  }),
  { minLength: 5, maxLength: 25 },
)
const condition = fc.oneof(
  value,
  fc.record({ $eq: value }),
  fc.record({ $in: fc.array(scalar, { maxLength: 3 }) }),
  fc.record({ $gte: scalar }),
  fc.record({ $gt: scalar, $lt: scalar }),
  fc.record({ $lte: scalar }),
  fc.record({ $ne: scalar }),
  fc.record({ $exists: fc.boolean() }),
  fc.constantFrom<unknown>(/^a/, { $regex: '^北' }),
)
const plainFilter = fc.dictionary(fc.constantFrom('a', 'b', 'n.x'), condition, { maxKeys: 3 })
const filter = fc.oneof(
  plainFilter,
  fc.record({ $or: fc.tuple(plainFilter, plainFilter) }),
  fc.record({ $and: fc.tuple(plainFilter, plainFilter) }),
)
const sort = fc.dictionary(fc.constantFrom('a', 'b', 'n.x'), fc.constantFrom(1, -1), { maxKeys: 2 })

const indexes: [key: Document, options: Document][] = [
  [{ a: 1 }, {}],
  [{ a: 1, b: -1 }, {}],
  [{ b: -1, 'n.x': 1 }, { sparse: true }],
  [{ 'n.x': 1 }, { partialFilterExpression: { a: { $exists: true } } }],
]

it('answers are the same with indexes and without', async () => {
  let run = 0
  await fc.assert(
    fc.asyncProperty(
      documents,
      fc.array(fc.tuple(filter, sort), { minLength: 12, maxLength: 12 }),
      async (docs, queries) => {
        const [bare, indexed] = ['bare', 'indexed'].map(name =>
          world.db.collection(`${name}${++run}`),
        ) as never as [ReturnType<typeof world.db.collection>, ReturnType<typeof world.db.collection>]
        for (const [key, options] of indexes) await indexed.createIndex(key as never, options)
        const numbered = docs.map((doc, i) => ({
          ...Object.fromEntries(Object.entries(doc).filter(([, held]) => held !== undefined)),
          _id: i as never,
        }))
        // Documents that no index can hold are refused there and left out here.
        const { writeErrors = [] } = await indexed.insertMany(numbered, { ordered: false }).then(
          () => ({}) as never,
          error => error,
        )
        const refused = new Set((writeErrors as { index: number }[]).map(error => error.index))
        await bare.insertMany(numbered.filter((_, i) => !refused.has(i)))
        await indexed.updateMany({}, { $set: { touched: 1 } })
        for (const [where, order] of queries) {
          const by = { ...order, _id: 1 } as never
          const ids = async (collection: typeof bare) =>
            (await collection.find(where).sort(by).toArray()).map(doc => doc._id as unknown)
          expect(await ids(indexed)).toEqual(await ids(bare))
          expect(await indexed.countDocuments(where)).toBe((await ids(bare)).length)
        }
        await Promise.all([bare.drop(), indexed.drop()])
      },
    ),
    { numRuns: 40 },
  )
})
