import { describe, expect, it } from '@jest/globals'
import mongoose from 'mongoose'
import { aDatabase, aName, failureOf } from './support.ts'

const connection = aDatabase()

/** A model with the kinds of index that the product has. */
function aModel() {
  const schema = new mongoose.Schema({ owner: Number, key: String, status: String, expiresAt: Date })
  schema.index({ owner: 1, key: 1 }, { unique: true })
  schema.index({ owner: 1, _id: -1 })
  schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 })
  schema.index({ key: 1 }, { unique: true, partialFilterExpression: { status: 'open' } })
  return connection.model(aName(), schema)
}

const names = async (model: ReturnType<typeof aModel>) =>
  (await model.listIndexes()).map(({ name }) => name as string)

describe('the indexes of a model', () => {
  const all = ['_id_', 'owner_1_key_1', 'owner_1__id_-1', 'expiresAt_1', 'key_1']

  it('are made with the collection, and making them again changes nothing', async () => {
    const Thing = aModel()
    await Thing.createIndexes()
    await Thing.createIndexes()
    expect(await names(Thing)).toEqual(all)
    expect(await Thing.listIndexes()).toMatchObject([
      { key: { _id: 1 } },
      { key: { owner: 1, key: 1 }, unique: true },
      { key: { owner: 1, _id: -1 } },
      { key: { expiresAt: 1 }, expireAfterSeconds: 0 },
      { key: { key: 1 }, unique: true, partialFilterExpression: { status: 'open' } },
    ])
  })

  it('may be made by several processes at once', async () => {
    const Thing = aModel()
    await Promise.all([1, 2, 3, 4].map(() => Thing.createIndexes()))
    expect((await names(Thing)).sort()).toEqual([...all].sort())
  })

  it('are brought in line: what is missing is made, what is not wanted goes', async () => {
    const Thing = aModel()
    await Thing.createCollection()
    await Thing.collection.createIndex({ old: 1 })
    expect(await Thing.diffIndexes()).toMatchObject({ toDrop: ['old_1'] })
    expect(await Thing.syncIndexes()).toEqual(['old_1'])
    expect((await names(Thing)).sort()).toEqual([...all].sort())
    expect(await Thing.syncIndexes()).toEqual([])
  })
})

describe('an index that cannot be made is refused with MongoDB’s code', () => {
  it.each<[string, number, mongoose.mongo.IndexSpecification, mongoose.mongo.CreateIndexesOptions]>([
    ['the same keys under another name', 85, { a: 1 }, { name: 'another' }],
    ['the same name for other keys', 86, { b: 1 }, { name: 'a_1' }],
    ['the same name, but unique', 86, { a: 1 }, { unique: true }],
    ['the same, but for another time to live', 85, { at: 1 }, { expireAfterSeconds: 20 }],
  ])('%s', async (_what, code, key, options) => {
    const collection = connection.collection(aName())
    await collection.createIndex({ a: 1 })
    await collection.createIndex({ at: 1 }, { expireAfterSeconds: 10 })
    expect((await failureOf(collection.createIndex(key, options))).code).toBe(code)
    expect((await collection.indexes()).map(({ name }) => name)).toEqual(['_id_', 'a_1', 'at_1'])
  })

  it('unique over documents that are not', async () => {
    const collection = connection.collection(aName())
    await collection.insertMany([{ a: 1 }, { a: 1 }])
    expect((await failureOf(collection.createIndex({ a: 1 }, { unique: true }))).code).toBe(11000)
    expect(await collection.indexes()).toHaveLength(1)
  })

  it('over two lists of one document', async () => {
    const collection = connection.collection(aName())
    await collection.createIndex({ a: 1, b: 1 })
    await collection.insertOne({ a: [1, 2], b: 1 })
    expect((await failureOf(collection.insertOne({ a: [1], b: [1] }))).code).toBe(171)
  })
})

describe('a collection', () => {
  it('is dropped with its indexes, and dropping what is not there does no harm', async () => {
    const Thing = aModel()
    await Thing.createIndexes()
    await Thing.create({ owner: 1 })
    await Thing.collection.drop()
    await Thing.collection.drop()
    expect(await Thing.countDocuments()).toBe(0)
    expect((await failureOf(Thing.listIndexes())).code).toBe(26)
  })

  it('loses one index by its name, and never that of the id', async () => {
    const collection = connection.collection(aName())
    await collection.createIndex({ a: 1 })
    await collection.dropIndex('a_1')
    expect((await failureOf(collection.dropIndex('a_1'))).code).toBe(27)
    expect((await failureOf(collection.dropIndex('_id_'))).code).toBe(72)
    expect(await collection.indexes()).toHaveLength(1)
  })

  it('is listed once it holds something', async () => {
    const name = aName()
    const listed = () => connection.db?.listCollections({ name }, { nameOnly: true }).toArray()
    expect(await listed()).toEqual([])
    await connection.collection(name).insertOne({})
    expect(await listed()).toMatchObject([{ name, type: 'collection' }])
  })

  it('takes another name, and only one that is free', async () => {
    const [from, to] = [connection.collection(aName()), connection.collection(aName())]
    await from.insertOne({ a: 1 })
    await to.insertOne({ a: 2 })
    const { db } = connection
    expect(
      (await failureOf(db?.renameCollection(from.collectionName, to.collectionName) ?? Promise.resolve()))
        .code,
    ).toBe(48)
    await db?.renameCollection(from.collectionName, to.collectionName, { dropTarget: true })
    expect(await to.findOne({}, { projection: { _id: 0 } })).toEqual({ a: 1 })
    expect(await from.countDocuments()).toBe(0)
  })
})
