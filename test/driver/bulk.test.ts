import { describe, expect, it } from '@jest/globals'
import mongoose from 'mongoose'
import { aDatabase, aName, failureOf } from './support.ts'

const connection = aDatabase()

/** An empty collection in which `k` is unique. */
async function unique() {
  const collection = connection.collection<{ k: number; v?: number }>(aName())
  await collection.createIndex({ k: 1 }, { unique: true })
  const keys = async () => (await collection.find().sort({ k: 1 }).toArray()).map(({ k }) => k)
  return { collection, keys }
}

describe('many writes at once', () => {
  it('are counted by what they did', async () => {
    const { collection, keys } = await unique()
    const result = await collection.bulkWrite([
      { insertOne: { document: { k: 1 } } },
      { insertOne: { document: { k: 2 } } },
      { updateOne: { filter: { k: 1 }, update: { $set: { v: 1 } } } },
      { updateMany: { filter: {}, update: { $inc: { v: 1 } } } },
      { updateOne: { filter: { k: 3 }, update: { $set: { v: 3 } }, upsert: true } },
      { replaceOne: { filter: { k: 2 }, replacement: { k: 4 } } },
      { deleteOne: { filter: { k: 1 } } },
    ])
    expect(result).toMatchObject({
      insertedCount: 2,
      matchedCount: 4,
      modifiedCount: 4,
      upsertedCount: 1,
      deletedCount: 1,
    })
    expect(Object.keys(result.upsertedIds)).toEqual(['4'])
    expect(await keys()).toEqual([3, 4])
  })

  it('end at the first that fails when they are in order', async () => {
    const { collection, keys } = await unique()
    const failure = await failureOf(collection.insertMany([{ k: 1 }, { k: 1 }, { k: 2 }]))
    expect(failure).toMatchObject({ code: 11000, result: { insertedCount: 1 } })
    expect(failure.writeErrors).toMatchObject([{ index: 1, code: 11000 }])
    expect(await keys()).toEqual([1])
  })

  it('go on after one that fails when they are not in order, and tell all that failed', async () => {
    const { collection, keys } = await unique()
    const documents = [{ k: 1 }, { k: 1 }, { k: 2 }, { k: 2 }, { k: 3 }]
    const failure = await failureOf(collection.insertMany(documents, { ordered: false }))
    expect(failure).toMatchObject({ code: 11000, result: { insertedCount: 3 } })
    expect(failure.writeErrors?.map(({ index }) => index)).toEqual([1, 3])
    expect(failure.message).toContain('k_1')
    expect(await keys()).toEqual([1, 2, 3])
  })

  it('may be more than one message holds', async () => {
    const { collection } = await unique()
    const documents = Array.from({ length: 5_000 }, (_, k) => ({ k, pad: 'x'.repeat(1_000) }))
    expect(await collection.insertMany(documents)).toMatchObject({ insertedCount: 5_000 })
    expect(await collection.countDocuments()).toBe(5_000)
  })
})

describe('a model’s many writes', () => {
  const schema = new mongoose.Schema({
    name: { type: String, required: true },
    due: { type: String, default: null },
  })
  schema.index({ name: 1 }, { unique: true })

  it('cast and change only what still is as it was read', async () => {
    const Review = connection.model(aName(), schema)
    const [first, second] = await Review.create([
      { name: 'a', due: '2026-11-01' },
      { name: 'b', due: '2026-11-01' },
    ])
    await Review.updateOne({ name: 'b' }, { due: '2026-11-09' })
    const result = await Review.bulkWrite(
      [first, second].map(one => ({
        updateOne: { filter: { _id: one?._id, due: '2026-11-01' }, update: { $set: { due: '2026-11-24' } } },
      })),
    )
    expect(result).toMatchObject({ matchedCount: 1, modifiedCount: 1 })
    const found = await Review.find().sort({ name: 1 }).lean()
    expect(found.map(({ due }) => due)).toEqual(['2026-11-24', '2026-11-09'])
  })

  it('refuse what the schema refuses before anything is sent, and name the index of a duplicate', async () => {
    const Review = connection.model(aName(), schema)
    await Review.createIndexes()
    await expect(Review.insertMany([{ name: 'a' }, {}])).rejects.toMatchObject({ name: 'ValidationError' })
    expect(await Review.countDocuments()).toBe(0)
    const failure = await failureOf(
      Review.insertMany([{ name: 'a' }, { name: 'a' }, { name: 'b' }], { ordered: false }),
    )
    expect(failure.code).toBe(11000)
    expect(String(failure)).toContain('name_1')
    expect(await Review.countDocuments()).toBe(2)
  })
})
