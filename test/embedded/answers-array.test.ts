import { expect, it } from '@jest/globals'
import { Decimal128 } from 'mongodb'
import { engineInMemory } from './support.ts'

const world = engineInMemory()

it('$elemMatch sees an array in an array as a document of places', async () => {
  const docs = world.db.collection<{ _id: number; a: unknown[] }>('nested')
  await docs.insertMany([
    { _id: 1, a: [['x']] },
    { _id: 2, a: ['x'] },
    { _id: 3, a: [{ b: 0 }] },
  ])
  const ids = async (filter: object) => (await docs.find(filter).toArray()).map(doc => doc._id)
  expect(await ids({ a: { $elemMatch: { 0: 'x' } } })).toEqual([1])
  expect(await ids({ a: { $elemMatch: { b: { $ne: 0 } } } })).toEqual([1])
  expect(await ids({ a: { $elemMatch: { b: { $exists: false } } } })).toEqual([1])
  expect(await ids({ a: { $elemMatch: { $eq: 'x' } } })).toEqual([2])
  expect(await ids({ a: { $elemMatch: { $elemMatch: { $eq: 'x' } } } })).toEqual([1])
  expect(await ids({ a: { $elemMatch: { $size: 1 } } })).toEqual([1])
})

it.each([
  ['without an index', undefined],
  ['with an index', { a: 1 }],
])('an empty array sorts before null and a missing field, %s', async (how, index) => {
  const docs = world.db.collection<{ _id: number; a?: unknown }>(`empty ${how}`)
  if (index) await docs.createIndex(index as never)
  await docs.insertMany([{ _id: 1, a: null }, { _id: 2, a: [] }, { _id: 3 }, { _id: 4, a: [[]] }])
  const ids = async (direction: 1 | -1) =>
    (await docs.find().sort({ a: direction, _id: 1 }).toArray()).map(doc => doc._id)
  expect(await ids(1)).toEqual([2, 1, 3, 4])
  expect(await ids(-1)).toEqual([4, 1, 3, 2])
})

it('NaN is equal to NaN, of whatever type, and to nothing else', async () => {
  const docs = world.db.collection<{ _id: number; a?: unknown }>('nan')
  const numbers = [NaN, Decimal128.fromString('NaN'), 0, null]
  await docs.insertMany(numbers.map((a, _id) => ({ _id, a })))
  for (const a of numbers.slice(0, 2)) {
    expect((await docs.find({ a }).toArray()).map(doc => doc._id)).toEqual([0, 1])
    expect((await docs.find({ a: { $in: [a] } }).toArray()).map(doc => doc._id)).toEqual([0, 1])
    expect((await docs.find({ a: { $ne: a } }).toArray()).map(doc => doc._id)).toEqual([2, 3])
    expect((await docs.find({ a: { $gte: a } }).toArray()).map(doc => doc._id)).toEqual([0, 1])
    expect(await docs.countDocuments({ a: { $lt: a } })).toBe(0)
  }
})

it.each([
  { $and: [{ _id: 1 }, { s: 'closed' }] },
  { _id: { $in: [1], $nin: [1] } },
  { _id: { $eq: 1, $ne: 1 } },
  { _id: { $gte: 1, $in: [1], $gt: 1 } },
  { $and: [{ _id: 1 }, { _id: 2 }] },
  { $or: [{ $and: [{ _id: 1 }, { s: 'closed' }] }] },
])('an _id does not outweigh the rest of the filter %j', async filter => {
  const docs = world.db.collection<{ _id: number; s: string }>('outweighed')
  await docs.updateOne({ _id: 1 }, { $set: { s: 'open' } }, { upsert: true })
  expect(await docs.find(filter).toArray()).toEqual([])
  expect(await docs.countDocuments(filter)).toBe(0)
  expect((await docs.deleteOne(filter)).deletedCount).toBe(0)
})
