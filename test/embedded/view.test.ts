import { expect, it } from '@jest/globals'
import { engineInMemory, failureOf, onFolder, temporaryFolder } from './support.ts'

const world = engineInMemory()
const pipeline = [{ $match: { live: true } }, { $project: { name: 1, size: { $add: ['$size', 1] } } }]

it('a view is read like a collection, and shows what its source has now', async () => {
  const docs = world.db.collection('source')
  await docs.insertMany([
    { _id: 1 as never, live: true, name: 'b', size: 1 },
    { _id: 2 as never, live: false, name: 'a', size: 1 },
  ])
  const view = await world.db.createCollection('live', { viewOn: 'source', pipeline })
  await docs.insertOne({ _id: 3 as never, live: true, name: 'a', size: 5 })
  const found = await view
    .find({ size: { $gt: 1 } }, { projection: { _id: 0 } })
    .sort({ name: 1 })
    .toArray()
  expect(found).toEqual([
    { name: 'a', size: 6 },
    { name: 'b', size: 2 },
  ])
  expect(await view.find().sort({ _id: 1 }).skip(1).limit(1).toArray()).toHaveLength(1)
  expect(await view.countDocuments()).toBe(2)
  expect(await view.estimatedDocumentCount()).toBe(2)
  expect(await view.distinct('name')).toEqual(['b', 'a'])
  expect(await view.aggregate([{ $group: { _id: null, n: { $sum: '$size' } } }]).toArray()).toMatchObject([
    { n: 8 },
  ])
  const join = { $lookup: { from: 'live', localField: '_id', foreignField: '_id', as: 'views' } }
  expect((await docs.aggregate([join]).toArray()).map(doc => doc.views.length)).toEqual([1, 0, 1])
})

it('a view of a view, changed by collMod, is listed as what it is', async () => {
  await world.db.collection('numbers').insertMany([{ n: 1 }, { n: 2 }, { n: 3 }])
  await world.db.createCollection('some', { viewOn: 'numbers', pipeline: [{ $match: { n: { $gt: 1 } } }] })
  const fewer = await world.db.createCollection('fewer', {
    viewOn: 'some',
    pipeline: [{ $match: { n: { $lt: 3 } } }],
  })
  expect(await fewer.distinct('n')).toEqual([2])
  await world.db.command({ collMod: 'some', viewOn: 'numbers', pipeline: [] })
  expect(await fewer.distinct('n')).toEqual([1, 2])
  expect(await world.db.listCollections({ name: 'some' }).toArray()).toEqual([
    { name: 'some', type: 'view', options: { viewOn: 'numbers', pipeline: [] }, info: { readOnly: true } },
  ])
  const circle = world.db.command({ collMod: 'some', viewOn: 'fewer', pipeline: [] })
  expect((await failureOf(circle)).message).toContain('cycle')
})

it('a view takes no writes and no indexes', async () => {
  const view = await world.db.createCollection('locked', { viewOn: 'source', pipeline: [] })
  const writes = [
    view.insertOne({}),
    view.updateOne({}, { $set: { a: 1 } }),
    view.updateOne({}, { $set: { a: 1 } }, { upsert: true }),
    view.deleteMany({}),
    view.findOneAndDelete({}),
    view.createIndex({ a: 1 }),
    view.indexes(),
  ]
  for (const write of writes) expect(await failureOf(write)).toMatchObject({ code: 166 })
  const bad = world.db.createCollection('bad', { viewOn: 'source', pipeline: [{ $out: 'x' }] })
  expect((await failureOf(bad)).message).toContain('$out')
})

it('a view survives a restart', async () => {
  const directory = temporaryFolder()
  await onFolder(directory, async db => {
    await db.collection('source').insertOne({ live: true, name: 'x', size: 1 })
    await db.createCollection('live', { viewOn: 'source', pipeline })
  })
  await onFolder(directory, async db => {
    expect(await db.collection('live').findOne()).toMatchObject({ name: 'x', size: 2 })
  })
})
