import { describe, expect, it } from '@jest/globals'
import { Decimal128, Long, ObjectId } from 'mongodb'
import { engineInMemory, failureOf } from './support.ts'

const world = engineInMemory()
let count = 0
const fresh = () => world.db.collection(`unique${++count}`)

describe('a unique index', () => {
  it('answers 11000 with MongoDB’s words, the pattern and the value', async () => {
    const people = fresh()
    const ref = new ObjectId()
    await people.createIndex({ name: 1, ref: -1 }, { unique: true })
    await people.insertOne({ name: '张三', ref })
    const failure = await failureOf(people.insertOne({ name: '张三', ref }))
    expect(failure).toMatchObject({
      code: 11000,
      keyPattern: { name: 1, ref: -1 },
      keyValue: { name: '张三', ref },
      message: `E11000 duplicate key error collection: test.${people.collectionName} index: name_1_ref_-1 dup key: { name: "张三", ref: ObjectId('${ref.toHexString()}') }`,
    })
  })

  it('holds for updates, for findAndModify and for the rest of an unordered bulk', async () => {
    const people = fresh()
    await people.createIndex({ k: 1 }, { unique: true })
    await people.insertMany([{ k: 1 }, { k: 2 }])
    expect((await failureOf(people.updateOne({ k: 1 }, { $set: { k: 2 } }))).code).toBe(11000)
    expect((await failureOf(people.findOneAndUpdate({ k: 1 }, { $inc: { k: 1 } }))).code).toBe(11000)
    const failure = await failureOf(
      people.insertMany([{ k: 2 }, { k: 3 }, { k: 3 }, { k: 4 }], { ordered: false }),
    )
    expect((failure.writeErrors as { index: number }[]).map(error => error.index)).toEqual([0, 2])
    expect(await people.countDocuments()).toBe(4)
  })

  it('sees numbers across types, null and missing as one, but not what a sparse or partial index leaves out', async () => {
    const people = fresh()
    await people.createIndex({ n: 1 }, { unique: true })
    await people.createIndex({ s: 1 }, { unique: true, sparse: true })
    await people.createIndex({ p: 1 }, { unique: true, partialFilterExpression: { live: true } })
    await people.insertMany([{ n: 1, p: 1, live: true }, { p: 1 }])
    expect((await failureOf(people.insertOne({ n: null }))).message).toContain('index: n_1')
    expect((await failureOf(people.insertOne({ n: Long.fromNumber(1) }))).code).toBe(11000)
    expect((await failureOf(people.insertOne({ n: Decimal128.fromString('1.00') }))).code).toBe(11000)
    expect((await failureOf(people.insertOne({ n: 2, p: 1, live: true }))).message).toContain('index: p_1')
    await people.insertOne({ n: Decimal128.fromString('1.000000000000000000000000000000001') })
  })

  it('cannot be made over documents that break it', async () => {
    const people = fresh()
    await people.insertMany([{ k: 1 }, { k: 1 }])
    expect((await failureOf(people.createIndex({ k: 1 }, { unique: true }))).code).toBe(11000)
    expect((await people.indexes()).map(index => index.name)).toEqual(['_id_'])
  })
})

it('a unique index made in a transaction sees what the transaction has written', async () => {
  const session = world.client.startSession()
  session.startTransaction()
  const docs = await world.db.createCollection('made in a transaction', { session })
  await docs.insertMany([{ a: 1 }, { a: 1 }], { session })
  await expect(docs.createIndex({ a: 1 }, { unique: true, session })).rejects.toMatchObject({ code: 11000 })
  await session.abortTransaction()
  await session.endSession()
})
