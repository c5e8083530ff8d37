import { beforeAll, describe, expect, it } from '@jest/globals'
import mongoose, { type mongo, Types } from 'mongoose'
import { aDatabase, failureOf } from './support.ts'

const connection = aDatabase()
const COUNT = 500
const Row = connection.model(
  'rows',
  new mongoose.Schema({ _id: { type: Number, required: true }, group: Number, pad: String }),
)
const all = Array.from({ length: COUNT }, (_, i) => i)

beforeAll(() => Row.insertMany(all.map(i => ({ _id: i, group: i % 3, pad: 'x'.repeat(100) }))))

describe('a cursor', () => {
  it('hands out everything once and in order, however small its batches are', async () => {
    const seen: number[] = []
    for await (const row of Row.find().sort({ _id: 1 }).lean().cursor({ batchSize: 7 })) seen.push(row._id)
    expect(seen).toEqual(all)
    const some = await Row.collection.find({}, { batchSize: 50 }).sort({ _id: -1 }).limit(120).toArray()
    expect(some.map(({ _id }) => Number(_id))).toEqual(all.slice(-120).reverse())
  })

  it('of an aggregation does too', async () => {
    const seen: number[] = []
    const pipeline = [{ $match: { group: 1 } }, { $sort: { _id: 1 as const } }]
    for await (const row of Row.aggregate<{ _id: number }>(pipeline).cursor({ batchSize: 11 }))
      seen.push(row._id)
    expect(seen).toEqual(all.filter(i => i % 3 === 1))
  })

  it('may be left in the middle, and is gone when it was ended', async () => {
    const cursor = Row.collection.find({}, { batchSize: 2 })
    for await (const row of cursor) if (Number(row._id) === 5) break
    const { db } = connection
    const opened = await db?.command({ find: 'rows', batchSize: 1 })
    const id = (opened?.cursor as { id: mongo.Long }).id
    await db?.command({ killCursors: 'rows', cursors: [id] })
    const failure = await failureOf(db?.command({ getMore: id, collection: 'rows' }) ?? Promise.resolve())
    expect(failure.code).toBe(43)
  })

  it('does not stumble over what is removed and added on its way', async () => {
    const collection = connection.collection<{ _id: number }>('moving')
    await collection.insertMany(all.map(_id => ({ _id })))
    const seen: number[] = []
    for await (const { _id } of collection.find({}, { batchSize: 10 }).sort({ _id: 1 })) {
      seen.push(_id)
      if (_id === 20) await collection.deleteMany({ _id: { $gte: 200, $lt: 210 } })
    }
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen).toEqual(expect.arrayContaining(all.filter(i => i < 200 || i >= 210)))
  })
})

it('pages by key show every row once, though rows are added before and after the place', async () => {
  interface Line {
    _id: Types.ObjectId
    owner: number
    n: number
  }
  const lines = connection.collection<Line>('lines')
  await lines.createIndex({ owner: 1, _id: -1 })
  const add = (n: number) => lines.insertOne({ _id: new Types.ObjectId(), owner: 1, n })
  for (let n = 0; n < 25; n++) await add(n)
  await lines.insertOne({ _id: new Types.ObjectId(), owner: 2, n: 99 })
  const seen: number[] = []
  let before: Types.ObjectId | undefined
  do {
    const filter = { owner: 1, ...(before && { _id: { $lt: before } }) }
    const page = await lines.find(filter).sort({ _id: -1 }).limit(10).toArray()
    seen.push(...page.map(({ n }) => n))
    before = page.at(-1)?._id
    await add(1000)
  } while (before)
  expect(seen).toEqual(Array.from({ length: 25 }, (_, i) => 24 - i))
})
