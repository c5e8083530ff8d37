import { describe, expect, it } from '@jest/globals'
import { Long, UUID, type Document } from 'mongodb'
import { engineInMemory, failureOf, messageOf, onFolder, sendRaw, temporaryFolder } from './support.ts'

const world = engineInMemory()
const id = (value: number) => value as never
const indexUsed = (plan: Document) => JSON.stringify(plan).includes('IXSCAN')

it('collStats, dbStats and validate tell the sizes', async () => {
  const db = world.client.db('sizes')
  const docs = db.collection('docs')
  await docs.insertMany([
    { _id: id(1), a: 'x' },
    { _id: id(2), a: 'y' },
  ])
  await docs.createIndex({ a: 1 })
  await db.createCollection('seen', { viewOn: 'docs', pipeline: [] })
  const stats = await db.command({ collStats: 'docs' })
  expect(stats).toMatchObject({
    ns: 'sizes.docs',
    count: 2,
    size: 46,
    avgObjSize: 23,
    nindexes: 2,
    capped: false,
  })
  expect(Object.keys(stats.indexSizes as Document)).toEqual(['_id_', 'a_1'])
  const sizes = stats.indexSizes as Record<string, number>
  expect(stats.totalIndexSize).toBe((sizes._id_ as number) + (sizes.a_1 as number))
  expect(await db.stats()).toMatchObject({ collections: 1, views: 1, objects: 2, dataSize: 46, indexes: 2 })
  expect(await db.command({ collStats: 'nowhere' })).toMatchObject({ count: 0, size: 0, nindexes: 0 })
  const checked = await db.command({ validate: 'docs' })
  expect(checked).toMatchObject({ valid: true, nrecords: 2, keysPerIndex: { _id_: 2, a_1: 2 }, errors: [] })
  expect((await failureOf(db.command({ validate: 'nowhere' }))).code).toBe(26)
})

it('a hidden index is kept but not used, until collMod shows it again', async () => {
  const docs = world.db.collection('hiding')
  await docs.insertMany([{ a: 1 }, { a: 2 }])
  await docs.createIndex({ a: 1 }, { hidden: true, unique: true })
  const plan = () => docs.find({ a: 1 }).explain()
  expect(indexUsed(await plan())).toBe(false)
  expect((await failureOf(docs.insertOne({ a: 1 }))).code).toBe(11000)
  expect((await failureOf(docs.find({ a: 1 }).hint('a_1').toArray())).message).toContain('hint')
  expect(await docs.indexes()).toMatchObject([{}, { name: 'a_1', hidden: true }])
  const shown = await world.db.command({ collMod: 'hiding', index: { name: 'a_1', hidden: false } })
  expect(shown).toMatchObject({ hidden_old: true, hidden_new: false })
  expect(indexUsed(await plan())).toBe(true)
  await world.db.command({ collMod: 'hiding', index: { keyPattern: { a: 1 }, hidden: true } })
  expect(indexUsed(await plan())).toBe(false)
})

it('collMod changes when documents expire, and a restart knows it', async () => {
  const directory = temporaryFolder()
  await onFolder(directory, async db => {
    await db.collection('docs').createIndex({ at: 1 }, { expireAfterSeconds: 10 })
    const reply = await db.command({ collMod: 'docs', index: { name: 'at_1', expireAfterSeconds: 60 } })
    expect(reply).toMatchObject({ expireAfterSeconds_old: 10, expireAfterSeconds_new: 60 })
    expect((await failureOf(db.command({ collMod: 'docs', index: { name: 'no', hidden: true } }))).code).toBe(
      27,
    )
    expect((await failureOf(db.command({ collMod: 'nowhere' }))).code).toBe(26)
  })
  await onFolder(directory, async db => {
    expect(await db.collection('docs').indexes()).toMatchObject([{}, { expireAfterSeconds: 60 }])
  })
})

it('listCommands, getParameter and killSessions', async () => {
  const admin = world.client.db('admin')
  expect((await admin.command({ listCommands: 1 })).commands).toMatchObject({ find: {}, listCommands: {} })
  const asked = await admin.command({ getParameter: 1, featureCompatibilityVersion: 1 })
  expect(asked.featureCompatibilityVersion).toEqual({ version: '7.0' })
  expect((await failureOf(admin.command({ getParameter: 1, nonsense: 1 }))).code).toBe(72)
  const session = world.client.startSession()
  session.startTransaction()
  await world.db.collection('killed').insertOne({}, { session })
  await admin.command({ killSessions: [session.id] })
  expect((await failureOf(session.commitTransaction())).code).toBe(251)
  await session.endSession()
})

it('abortTransaction of what is committed, aborted or was never begun is an error', async () => {
  const lsid = { id: new UUID() }
  const send = async (number: number, command: Document) => {
    const common = { lsid, txnNumber: Long.fromNumber(number), autocommit: false, $db: 'admin' }
    return (await sendRaw(world.engine.port, messageOf({ ...command, ...common })))?.code as unknown
  }
  const begin = { find: 'docs', startTransaction: true }
  const abort = { abortTransaction: 1 }
  expect(await send(1, begin)).toBeUndefined()
  expect(await send(1, abort)).toBeUndefined()
  expect(await send(1, abort)).toBe(251)
  expect(await send(2, begin)).toBeUndefined()
  expect(await send(2, { commitTransaction: 1 })).toBeUndefined()
  expect(await send(2, { commitTransaction: 1 })).toBeUndefined()
  expect(await send(2, abort)).toBe(256)
  expect(await send(3, abort)).toBe(251)
})

describe('the embedded database refuses by name', () => {
  const docs = () => world.db.collection('refusing')
  const refusals: [string, () => Promise<unknown>][] = [
    ['timeseries', () => world.db.createCollection('r1', { timeseries: { timeField: 'at' } })],
    [
      'clusteredIndex',
      () => world.db.createCollection('r2', { clusteredIndex: { key: { _id: 1 }, unique: true } }),
    ],
    ['wildcard', () => docs().createIndex({ '$**': 1 })],
    ['hashed', () => docs().createIndex({ a: 'hashed' })],
    ['text', () => docs().createIndex({ a: 'text' })],
    ['2dsphere', () => docs().createIndex({ a: '2dsphere' })],
    ['$changeStream', () => docs().watch().next()],
    ['$where', () => docs().findOne({ $where: 'true' })],
    ['$function', () => docs().findOne({ $expr: { $function: { body: 'f', args: [], lang: 'js' } } })],
    [
      '$accumulator',
      () =>
        docs()
          .aggregate([{ $group: { _id: 1, a: { $accumulator: {} } } }])
          .toArray(),
    ],
    [
      '$meta',
      () =>
        docs()
          .find()
          .sort({ a: { $meta: 'textScore' } })
          .toArray(),
    ],
    ['$meta', () => docs().findOne({}, { projection: { a: { $meta: 'textScore' } } })],
    [
      '$natural',
      () =>
        docs()
          .aggregate([{ $sort: { $natural: 1 } }])
          .toArray(),
    ],
    ['min', () => docs().find().min({ a: 1 }).toArray()],
    ['max', () => docs().find().max({ a: 1 }).toArray()],
    ['returnKey', () => docs().find().returnKey(true).toArray()],
    ['showRecordId', () => docs().find().showRecordId(true).toArray()],
    ['mapReduce', () => world.db.command({ mapReduce: 'x' })],
  ]
  it.each(refusals)('%s', async (name, work) => {
    await docs().insertOne({ a: 1 })
    expect((await failureOf(work())).message).toContain(name)
  })
})

it('bits that are clear', async () => {
  const docs = world.db.collection('bits')
  await docs.insertMany([0, 1, 20, 54, -1, 2.5, 'x'].map(a => ({ a })))
  const found = async (filter: Document) =>
    (await docs.find({ a: filter }).toArray()).map(doc => doc.a as unknown)
  expect(await found({ $bitsAllClear: 3 })).toEqual([0, 20])
  expect(await found({ $bitsAnyClear: [1, 2] })).toEqual([0, 1, 20])
  expect(await found({ $bitsAllSet: [1, 5] })).toEqual([54, -1])
  expect(await found({ $bitsAnySet: Buffer.from([1]) })).toEqual([1, -1])
  expect((await failureOf(found({ $bitsAllClear: -1 }))).code).toBe(2)
})
