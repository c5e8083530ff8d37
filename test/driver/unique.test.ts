import { describe, expect, it } from '@jest/globals'
import { type mongo, Types } from 'mongoose'
import { aDatabase, aName, atOnce, failureOf } from './support.ts'

const connection = aDatabase()

async function withUnique(key: Record<string, 1 | -1>, options: mongo.CreateIndexesOptions = {}) {
  const collection = connection.collection<mongo.Document>(aName())
  await collection.createIndex(key, {
    ...options,
    unique: true,
  })
  return collection
}

describe('a key that is taken is told with code, pattern and value', () => {
  const owner = new Types.ObjectId()
  const taken = { code: 11000, keyPattern: { owner: 1, key: 1 }, keyValue: { owner, key: 'x' } }
  const held = async () => {
    const collection = await withUnique({ owner: 1, key: 1 })
    await collection.insertMany([
      { owner, key: 'x' },
      { owner, key: 'y' },
    ])
    return collection
  }

  it('to an insert', async () => {
    const failure = await failureOf((await held()).insertOne({ owner, key: 'x' }))
    expect(failure).toMatchObject(taken)
    expect(Object.keys(failure.keyPattern ?? {})).toEqual(['owner', 'key'])
    expect(failure.message).toMatch(
      /^E11000 duplicate key error collection: .* index: owner_1_key_1 dup key: /,
    )
  })

  it('to an update, to findOneAndUpdate, to a replacement and to an upsert', async () => {
    const collection = await held()
    const update = { $set: { key: 'x' } }
    expect(await failureOf(collection.updateOne({ key: 'y' }, update))).toMatchObject(taken)
    expect(await failureOf(collection.findOneAndUpdate({ key: 'y' }, update))).toMatchObject(taken)
    expect(await failureOf(collection.replaceOne({ key: 'y' }, { owner, key: 'x' }))).toMatchObject(taken)
    const fresh = { $setOnInsert: { owner, key: 'x' } }
    expect(await failureOf(collection.updateOne({ none: 1 }, fresh, { upsert: true }))).toMatchObject(taken)
    expect(await collection.distinct('key')).toEqual(['x', 'y'])
  })

  it('inside a transaction, which keeps nothing then', async () => {
    const collection = await held()
    const failure = await failureOf(
      connection.withSession(session =>
        session.withTransaction(async () => {
          await collection.insertOne({ owner, key: 'z' }, { session })
          await collection.insertOne({ owner, key: 'x' }, { session })
        }),
      ),
    )
    expect(failure).toMatchObject(taken)
    expect(await collection.countDocuments()).toBe(2)
  })

  it('for the id too', async () => {
    const collection = connection.collection<{ _id: number }>(aName())
    await collection.insertOne({ _id: 1 })
    const failure = await failureOf(collection.insertOne({ _id: 1 }))
    expect(failure).toMatchObject({ code: 11000, keyPattern: { _id: 1 }, keyValue: { _id: 1 } })
  })
})

describe('a unique index', () => {
  it('sees null and missing as one value', async () => {
    const collection = await withUnique({ k: 1 })
    await collection.insertOne({ k: null })
    expect((await failureOf(collection.insertOne({}))).code).toBe(11000)
  })

  it('that is sparse leaves out what is missing', async () => {
    const collection = await withUnique({ k: 1 }, { sparse: true })
    await collection.insertMany([{}, {}, { k: 1 }])
    expect((await failureOf(collection.insertOne({ k: 1 }))).code).toBe(11000)
  })

  it('over a part holds for that part, and for what enters it later', async () => {
    const collection = await withUnique({ k: 1 }, { partialFilterExpression: { status: 'open' } })
    await collection.insertMany([
      { k: 1, status: 'open' },
      { k: 1, status: 'answered' },
      { k: 1, status: 'answered' },
    ])
    expect((await failureOf(collection.insertOne({ k: 1, status: 'open' }))).code).toBe(11000)
    const reopen = { $set: { status: 'open' } }
    expect((await failureOf(collection.updateOne({ status: 'answered' }, reopen))).code).toBe(11000)
    await collection.updateOne({ status: 'open' }, { $set: { status: 'answered' } })
    await collection.updateOne({ status: 'answered' }, reopen)
    expect(await collection.countDocuments({ status: 'open' })).toBe(1)
  })

  it('sees the values of a list one by one', async () => {
    const collection = await withUnique({ 'list.k': 1 })
    await collection.insertOne({ list: [{ k: 1 }, { k: 1 }, { k: 2 }] })
    expect((await failureOf(collection.insertOne({ list: { k: 2 } }))).code).toBe(11000)
  })

  it('lets a key go with its document', async () => {
    const collection = await withUnique({ k: 1 })
    await collection.insertOne({ k: 1 })
    await collection.deleteOne({ k: 1 })
    await collection.insertOne({ k: 1 })
    await collection.updateOne({ k: 1 }, { $set: { k: 2 } })
    await collection.insertOne({ k: 1 })
    expect(await collection.countDocuments()).toBe(2)
  })
})

describe('fifty at once', () => {
  it('that insert one key make one document', async () => {
    const collection = await withUnique({ k: 1 })
    const results = await atOnce(50, () =>
      collection.insertOne({ k: 'x' }).then(
        () => 0,
        (error: { code: number }) => error.code,
      ),
    )
    expect(results.filter(code => code === 0)).toHaveLength(1)
    expect(results.filter(code => code === 11000)).toHaveLength(49)
  })

  it('that upsert one key count every one of them', async () => {
    const collection = await withUnique({ k: 1 })
    const upsert = () => collection.updateOne({ k: 'x' }, { $inc: { n: 1 } }, { upsert: true })
    await atOnce(50, () =>
      upsert().catch((error: { code: number }) => (error.code === 11000 ? upsert() : Promise.reject(error))),
    )
    expect(await collection.find({}, { projection: { _id: 0 } }).toArray()).toEqual([{ k: 'x', n: 50 }])
  })

  it('that take the last ten take ten', async () => {
    const collection = connection.collection<{ _id: number; left: number }>(aName())
    await collection.insertOne({ _id: 1, left: 10 })
    const taken = await atOnce(50, () =>
      collection.findOneAndUpdate({ left: { $gt: 0 } }, { $inc: { left: -1 } }),
    )
    expect(taken.filter(one => one !== null)).toHaveLength(10)
  })
})
