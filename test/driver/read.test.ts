import { beforeAll, describe, expect, it } from '@jest/globals'
import mongoose, { Types } from 'mongoose'
import { aDatabase, aName } from './support.ts'

const connection = aDatabase()
const cadre = new Types.ObjectId()

const schema = new mongoose.Schema({
  cadre: mongoose.Schema.Types.ObjectId,
  n: Number,
  status: String,
  topic: { type: String, default: null },
  labels: { type: [String], default: undefined },
  history: { type: [{ _id: false, until: Date, key: [String] }], default: undefined },
})
schema.index({ cadre: 1, _id: 1 })
schema.index({ status: 1, n: 1 })
const Entry = connection.model('entries', schema)
const day = (i: number) => new Date(Date.UTC(2026, 10, i))

beforeAll(async () => {
  await Entry.createIndexes()
  await Entry.insertMany([
    { cadre, n: 1, status: 'open', topic: 'a', labels: ['x', 'y'], history: [{ until: day(1), key: ['A'] }] },
    { cadre, n: 2, status: 'open', topic: 'b', labels: [] },
    {
      cadre,
      n: 3,
      status: 'closed',
      topic: null,
      labels: ['y'],
      history: [{ until: day(3), key: ['B', 'C'] }],
    },
    { n: 4, status: 'closed', topic: 'a' },
    { n: 5 },
  ])
})

const numbers = async (filter: mongoose.QueryFilter<mongoose.InferSchemaType<typeof schema>>) =>
  (await Entry.find(filter).sort({ n: 1 }).lean()).map(({ n }) => n)

describe('a filter finds', () => {
  it.each<[string, Parameters<typeof numbers>[0], number[]]>([
    ['what is equal', { status: 'open' }, [1, 2]],
    ['an id given as text', { cadre: cadre.toString() }, [1, 2, 3]],
    ['one of several', { n: { $in: [1, 5, 9] } }, [1, 5]],
    ['none of several', { status: { $nin: ['open'] } }, [3, 4, 5]],
    ['what differs, the missing among it', { topic: { $ne: 'a' } }, [2, 3, 5]],
    ['a range', { n: { $gt: 1, $lte: 3 } }, [2, 3]],
    ['null and missing alike', { topic: null }, [3, 5]],
    ['what is there', { cadre: { $exists: true } }, [1, 2, 3]],
    ['what is missing', { labels: { $exists: false } }, [4, 5]],
    ['a list by one of its values', { labels: 'y' }, [1, 3]],
    ['a list by its length', { labels: { $size: 0 } }, [2]],
    ['a field of a document in a list', { 'history.until': { $gte: day(2) } }, [3]],
    ['a value of a list in a list', { 'history.key': 'C' }, [3]],
    ['either of two', { $or: [{ n: 5 }, { status: 'open', topic: 'b' }] }, [2, 5]],
    ['both of two', { $and: [{ status: 'closed' }, { n: { $lt: 4 } }] }, [3]],
    ['a text by its beginning', { status: /^op/ }, [1, 2]],
    ['nothing in an empty range', { status: { $gt: '', $lt: 'closed' } }, []],
    ['what does not hold, the missing among it', { n: { $not: { $lt: 4 } } }, [4, 5]],
  ])('%s', async (_what, filter, expected) => {
    expect(await numbers(filter)).toEqual(expected)
  })
})

describe('a projection shows', () => {
  it('only the fields it names, and the id unless it is refused', async () => {
    const first = { n: 1 }
    expect(Object.keys((await Entry.findOne(first, { n: 1 }).lean()) ?? {})).toEqual(['_id', 'n'])
    expect(await Entry.findOne(first, { n: 1, _id: 0 }).lean()).toEqual({ n: 1 })
    expect(await Entry.findOne(first, { 'history.key': 1, _id: 0 }).lean()).toEqual({
      history: [{ key: ['A'] }],
    })
  })

  it('all but the fields it refuses', async () => {
    const found = await Entry.findOne({ n: 2 }, { _id: 0, cadre: 0, __v: 0, labels: 0 }).lean()
    expect(found).toEqual({ n: 2, status: 'open', topic: 'b' })
  })
})

describe('a query answers', () => {
  it('in the order, from the place and to the number that were asked for', async () => {
    const found = await Entry.find().sort({ status: 1, n: -1 }).skip(1).limit(3).lean()
    expect(found.map(({ n }) => n)).toEqual([4, 3, 2])
  })

  it('one document, its existence, a count, the values of a field', async () => {
    expect((await Entry.findOne({}).sort({ n: -1 }).lean())?.n).toBe(5)
    expect(await Entry.findOne({ n: 99 })).toBeNull()
    expect(await Entry.exists({ n: 99 })).toBeNull()
    const first = await Entry.findOne({ n: 1 }, { _id: 1 }).lean()
    expect(await Entry.exists({ n: 1 })).toEqual(first)
    expect(await Entry.countDocuments({ status: 'open' })).toBe(2)
    expect(await Entry.estimatedDocumentCount()).toBe(5)
    expect((await Entry.distinct('labels')).sort()).toEqual(['x', 'y'])
  })

  it('nothing from a collection that was never made', async () => {
    const none = connection.collection(aName())
    expect(await none.find({ n: 1 }).toArray()).toEqual([])
    expect(await none.countDocuments()).toBe(0)
    expect(await none.aggregate([{ $group: { _id: null, n: { $sum: 1 } } }]).toArray()).toEqual([])
  })

  it('within a time limit that is not reached', async () => {
    expect(await Entry.find({ n: 1 }).maxTimeMS(10_000).lean()).toHaveLength(1)
    expect(await Entry.aggregate([{ $match: { n: 1 } }], { maxTimeMS: 10_000 })).toHaveLength(1)
    expect(await connection.db?.command({ ping: 1 }, { timeoutMS: 2_000 })).toMatchObject({ ok: 1 })
  })

  it('by the index that a hint names', async () => {
    const found = await Entry.find({ status: 'open' }).hint({ status: 1, n: 1 }).lean()
    expect(found.map(({ n }) => n)).toEqual([1, 2])
    await expect(Entry.find({ n: 1 }).hint('no such index').lean()).rejects.toMatchObject({ code: 2 })
  })
})

it('a query over an index reads only what it answers', async () => {
  const { executionStats } = (await Entry.find({ status: 'open', n: { $gte: 2 } })
    .lean()
    .explain('executionStats')) as never as {
    executionStats: { nReturned: number; totalDocsExamined: number }
  }
  expect(executionStats).toMatchObject({ nReturned: 1, totalDocsExamined: 1 })
})

it('an operator nobody knows is refused', async () => {
  await expect(connection.collection('entries').findOne({ n: { $nonsense: 1 } })).rejects.toMatchObject({
    code: 2,
  })
})
