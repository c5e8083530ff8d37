import { expect, it } from '@jest/globals'
import { serialize } from 'bson'
import type { Collection } from 'mongodb'
import { Replay } from '../../server/embedded/log/replay.ts'
import { Sessions } from '../../server/embedded/command/session.ts'
import { Store } from '../../server/embedded/storage/store.ts'
import { engineInMemory, failureOf, onFolder, temporaryFolder } from './support.ts'

const world = engineInMemory()
const idsOf = async (docs: Collection) => (await docs.find().toArray()).map(doc => doc._id as unknown)
const numbered = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => ({ _id: (from + i) as never }))

it('keeps the newest documents, in the order of their insertion, forward and backward', async () => {
  const docs = await world.db.createCollection('few', { capped: true, size: 1_000_000, max: 3 })
  await docs.createIndex({ a: 1 })
  await docs.insertMany(numbered(0, 10))
  expect(await idsOf(docs)).toEqual([7, 8, 9])
  expect((await docs.find().sort({ $natural: -1 }).toArray()).map(doc => doc._id as unknown)).toEqual([
    9, 8, 7,
  ])
  await docs.updateOne({ _id: 100 as never }, { $set: { a: 1 } }, { upsert: true })
  expect(await idsOf(docs)).toEqual([8, 9, 100])
  expect(await docs.countDocuments({ a: 1 })).toBe(1)
  expect(await world.db.command({ collStats: 'few' })).toMatchObject({ capped: true, max: 3, count: 3 })
  expect(await docs.isCapped()).toBe(true)
})

it('takes a deleted _id as a new document, also while a transaction reads the old one', async () => {
  const docs = await world.db.createCollection('again', { capped: true, size: 1_000_000, max: 3 })
  await docs.insertMany(numbered(0, 3))
  await world.client.withSession(async session => {
    session.startTransaction()
    expect(await docs.countDocuments({}, { session })).toBe(3)
    await docs.deleteOne({ _id: 0 as never })
    await docs.insertMany(numbered(0, 1))
    expect(await idsOf(docs)).toEqual([1, 2, 0])
    await session.abortTransaction()
  })
  await docs.insertMany(numbered(5, 6))
  expect(await idsOf(docs)).toEqual([2, 0, 5])
})

it('is bounded by bytes, and takes no document that is larger than all of it', async () => {
  const docs = await world.db.createCollection('small', { capped: true, size: 1000 })
  for (let i = 0; i < 20; i++) await docs.insertOne({ _id: i as never, pad: 'x'.repeat(300) })
  expect(await idsOf(docs)).toEqual([17, 18, 19])
  await docs.updateOne({ _id: 17 as never }, { $set: { pad: '' } })
  await docs.insertOne({ _id: 20 as never })
  expect(await idsOf(docs)).toEqual([17, 18, 19, 20])
  expect((await failureOf(docs.insertOne({ pad: 'x'.repeat(2000) }))).message).toContain('cappedMaxSize')
  expect(await idsOf(docs)).toHaveLength(4)
})

it('a transaction cannot insert into one, and what only MongoDB can do with one is refused by name', async () => {
  const docs = await world.db.createCollection('closed', { capped: true, size: 1000 })
  const failure = await world.client.withSession(session =>
    failureOf(session.withTransaction(() => docs.insertOne({}, { session }))),
  )
  expect(failure.code).toBe(263)
  expect((await failureOf(docs.find({}, { tailable: true }).toArray())).message).toContain('tailable')
  const convert = world.db.command({ convertToCapped: 'closed', size: 1 })
  expect((await failureOf(convert)).message).toContain('convertToCapped')
  expect((await failureOf(world.db.createCollection('unsized', { capped: true }))).code).toBe(72)
})

it('survives a restart with its bounds and its order', async () => {
  const directory = temporaryFolder()
  await onFolder(directory, async db => {
    const docs = await db.createCollection('log', { capped: true, size: 10_000, max: 4 })
    await docs.insertMany(numbered(0, 6))
  })
  await onFolder(directory, async db => {
    const docs = db.collection('log')
    expect(await idsOf(docs)).toEqual([2, 3, 4, 5])
    await docs.insertMany(numbered(6, 8))
    expect(await idsOf(docs)).toEqual([4, 5, 6, 7])
    expect(await docs.options()).toEqual({ capped: true, size: 10_240, max: 4 })
  })
})

it('counts its bytes anew when it is restored', () => {
  const store = new Store()
  const replay = new Replay(store, new Sessions(store), 1)
  for (const change of [
    { create: 'test.log', options: { capped: true, size: 100 } },
    { put: 'test.log', doc: { _id: 1 } },
  ])
    replay.apply(Buffer.from(serialize(change)))
  replay.finish()
  expect(store.collection('test', 'log')?.bytes).toBe(14)
})
