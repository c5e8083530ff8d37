import { describe, expect, it } from '@jest/globals'
import type { Document } from 'mongodb'
import { engineInMemory, failureOf, onFolder, temporaryFolder } from './support.ts'

const world = engineInMemory()
let made = 0
const id = (value: unknown) => value as never
const run = (docs: Document[], ...stages: Document[]) =>
  world.db.aggregate([{ $documents: docs }, ...stages]).toArray()

async function target(...docs: Document[]) {
  const collection = world.db.collection(`target${++made}`)
  if (docs.length) await collection.insertMany(docs)
  const all = () => collection.find({}, { sort: { _id: 1 } }).toArray()
  return { collection, all, into: collection.collectionName }
}

describe('$out', () => {
  it('puts its documents in the place of all others, keeps indexes and options, also in another database', async () => {
    const { collection, all, into } = await target({ _id: id(1), a: 1 }, { _id: id(2), a: 2 })
    await collection.createIndex({ a: 1 }, { unique: true })
    expect(
      await run(
        [
          { _id: 2, a: 1 },
          { _id: 3, a: 2 },
        ],
        { $out: into },
      ),
    ).toEqual([])
    expect(await all()).toEqual([
      { _id: 2, a: 1 },
      { _id: 3, a: 2 },
    ])
    expect(await collection.indexes()).toHaveLength(2)
    await collection.aggregate([{ $match: { a: 1 } }, { $out: { db: 'elsewhere', coll: 'new' } }]).toArray()
    expect(await world.client.db('elsewhere').collection('new').find().toArray()).toEqual([{ _id: 2, a: 1 }])
    await collection.aggregate([{ $match: { a: 9 } }, { $out: into }]).toArray()
    expect(await all()).toEqual([])
  })

  it('changes nothing when one document breaks an index or the validator', async () => {
    const { collection, all, into } = await target({ _id: id(1), a: 1 })
    await collection.createIndex({ a: 1 }, { unique: true })
    const before = await all()
    expect((await failureOf(run([{ a: 5 }, { a: 5 }], { $out: into }))).code).toBe(11000)
    expect(await all()).toEqual(before)
    await world.db.command({ collMod: into, validator: { a: { $lt: 9 } } })
    expect((await failureOf(run([{ a: 5 }, { a: 9 }], { $out: into }))).code).toBe(121)
    expect(await all()).toEqual(before)
    expect((await failureOf(run([{ _id: 1 }, { _id: 1 }], { $out: 'unborn' }))).code).toBe(11000)
    expect(await world.db.listCollections({ name: 'unborn' }).toArray()).toEqual([])
  })

  it('is refused before the end, in a transaction and into a view', async () => {
    const { into } = await target()
    expect((await failureOf(run([{}], { $out: into }, { $limit: 1 }))).code).toBe(40601)
    expect((await failureOf(run([{}], { $facet: { a: [{ $out: into }] } }))).code).toBe(40601)
    const failure = await world.client.withSession(session =>
      failureOf(
        session.withTransaction(() =>
          world.db.aggregate([{ $documents: [] }, { $out: into }], { session }).toArray(),
        ),
      ),
    )
    expect(failure.code).toBe(263)
    await world.db.createCollection('a view', { viewOn: into, pipeline: [] })
    expect((await failureOf(run([{}], { $out: 'a view' }))).code).toBe(166)
  })
})

describe('$merge', () => {
  const old = () => target({ _id: id(1), a: 1, b: 1 }, { _id: id(2), a: 2, b: 2 })
  const fresh = [
    { _id: 1, a: 10 },
    { _id: 3, a: 30 },
  ]

  it.each<[string, Document[]]>([
    ['merge', [{ _id: 1, a: 10, b: 1 }]],
    ['replace', [{ _id: 1, a: 10 }]],
    ['keepExisting', [{ _id: 1, a: 1, b: 1 }]],
  ])('whenMatched %s', async (whenMatched, [first]) => {
    const { all, into } = await old()
    await run(fresh, { $merge: { into, whenMatched } })
    expect(await all()).toEqual([first, { _id: 2, a: 2, b: 2 }, { _id: 3, a: 30 }])
  })

  it('by a pipeline, which sees both documents and variables', async () => {
    const { all, into } = await old()
    const whenMatched = [{ $set: { a: { $add: ['$a', '$$new.a', '$$more'] } } }]
    await run(fresh, { $merge: { into, whenMatched, let: { more: '$a' }, whenNotMatched: 'discard' } })
    expect(await all()).toEqual([
      { _id: 1, a: 21, b: 1 },
      { _id: 2, a: 2, b: 2 },
    ])
  })

  it('fails as a whole: on a match, on a miss, on another _id', async () => {
    const { collection, all, into } = await old()
    const before = await all()
    const failing = async (docs: Document[], options: Document) =>
      (await failureOf(run(docs, { $merge: { into, ...options } }))).code
    const turned = [...fresh].reverse()
    expect(await failing(turned, { whenMatched: 'fail' })).toBe(11000)
    expect(await failing(fresh, { whenNotMatched: 'fail' })).toBe(13113)
    expect(await failing(turned, { on: 'a' })).toBe(51183)
    await collection.createIndex({ a: 1 }, { unique: true })
    expect(await failing([{ a: 7 }, { _id: 9, a: 1 }], { on: 'a' })).toBe(66)
    expect(await failing([{ a: 7 }, { b: 1 }], { on: 'a' })).toBe(51132)
    expect(await failing(fresh, { whenMatched: 'nonsense' })).toBe(2)
    expect(await all()).toEqual(before)
    await run([{ a: 1, b: 5 }, { a: 9 }], { $merge: { into, on: ['a'] } })
    expect(await all()).toMatchObject([{ _id: 1, a: 1, b: 5 }, { _id: 2 }, { a: 9 }])
  })

  it('of nothing makes no collection', async () => {
    await run([], { $merge: 'nothing' })
    expect(await world.db.listCollections({ name: 'nothing' }).toArray()).toEqual([])
  })

  it('goes into another database, made there, and reads what it writes only once', async () => {
    const { collection, all, into } = await old()
    await collection.aggregate([{ $merge: { into: { db: 'elsewhere', coll: 'merged' } } }]).toArray()
    expect(await world.client.db('elsewhere').collection('merged').countDocuments()).toBe(2)
    const stages = [{ $set: { a: { $add: ['$a', 1] } } }, { $merge: into }]
    await collection.aggregate(stages).toArray()
    expect((await all()).map(doc => doc.a as unknown)).toEqual([2, 3])
  })
})

it('what $out and $merge have written is there after a restart, and they wait for a transaction', async () => {
  const directory = temporaryFolder()
  await onFolder(directory, async db => {
    await db.collection('from').insertMany([{ _id: id(1) }, { _id: id(2) }])
    await db.collection('out').insertOne({ _id: id(9) })
    const session = db.client.startSession()
    session.startTransaction()
    await db.collection('out').updateOne({ _id: id(9) }, { $set: { a: 1 } }, { session })
    const out = db
      .collection('from')
      .aggregate([{ $out: 'out' }])
      .toArray()
    await new Promise(resolve => setTimeout(resolve, 50))
    await session.commitTransaction()
    await session.endSession()
    await out
    await db
      .collection('from')
      .aggregate([{ $set: { b: 1 } }, { $merge: 'merged' }])
      .toArray()
  })
  await onFolder(directory, async db => {
    expect(await db.collection('out').find().toArray()).toEqual([{ _id: 1 }, { _id: 2 }])
    expect(await db.collection('merged').countDocuments({ b: 1 })).toBe(2)
  })
})
