import { describe, expect, it } from '@jest/globals'
import mongoose, { Types } from 'mongoose'
import { aDatabase, aName, failureOf, type Thing } from './support.ts'

const connection = aDatabase()

/** A collection with these documents, whose ids are numbers. */
async function holding(...documents: Thing[]) {
  const collection = connection.collection<Thing>(aName())
  if (documents.length > 0) await collection.insertMany(documents)
  return { collection, one: () => collection.findOne({ _id: 1 }) }
}

describe('an update', () => {
  it.each<[string, object, object, object]>([
    [
      'sets fields and deep fields',
      { a: 1, in: { b: 1, c: 2 } },
      { $set: { a: 2, 'in.b': 3 } },
      { a: 2, in: { b: 3, c: 2 } },
    ],
    ['removes fields', { a: 1, b: 2 }, { $unset: { a: 1 } }, { b: 2 }],
    ['adds to numbers, present or not', { a: 1 }, { $inc: { a: 2, b: -1 } }, { a: 3, b: -1 }],
    [
      'keeps the greater and the lesser',
      { a: 5, b: 5 },
      { $max: { a: 4, c: 1 }, $min: { b: 4 } },
      { a: 5, b: 4, c: 1 },
    ],
    ['appends', { a: [1] }, { $push: { a: 2, b: 'x' } }, { a: [1, 2], b: ['x'] }],
    [
      'appends several, sorted, the last ones kept',
      { a: [3] },
      { $push: { a: { $each: [5, 1], $sort: 1, $slice: -2 } } },
      { a: [3, 5] },
    ],
    [
      'appends what is not there yet',
      { a: ['x'] },
      { $addToSet: { a: { $each: ['x', 'y'] }, b: 1 } },
      { a: ['x', 'y'], b: [1] },
    ],
    [
      'removes from lists',
      { a: [1, 2, 1], b: [{ c: 1 }, { c: 2 }] },
      { $pull: { a: 1, b: { c: 1 } } },
      { a: [2], b: [{ c: 2 }] },
    ],
    [
      'ignores what is only for inserting',
      { a: 1 },
      { $set: { b: 1 }, $setOnInsert: { a: 9 } },
      { a: 1, b: 1 },
    ],
    [
      'changes every element',
      { a: [{ n: 1 }, { n: 2 }] },
      { $inc: { 'a.$[].n': 1 } },
      { a: [{ n: 2 }, { n: 3 }] },
    ],
  ])('%s', async (_what, before, update, after) => {
    const { collection, one } = await holding({ _id: 1, ...before })
    expect(await collection.updateOne({ _id: 1 }, update)).toMatchObject({
      matchedCount: 1,
      modifiedCount: 1,
    })
    expect(await one()).toEqual({ _id: 1, ...after })
  })

  it('changes the element that the filter met, or those that a filter of its own names', async () => {
    const { collection, one } = await holding({ _id: 1, items: [{ q: 'a' }, { q: 'b' }, { q: 'c' }] })
    await collection.updateOne({ _id: 1, 'items.q': 'b' }, { $set: { 'items.$.late': true } })
    await collection.updateOne(
      { _id: 1 },
      { $set: { 'items.$[it].last': 1 } },
      { arrayFilters: [{ 'it.q': 'c' }] },
    )
    expect((await one())?.items).toEqual([{ q: 'a' }, { q: 'b', late: true }, { q: 'c', last: 1 }])
  })

  it('writes the moment of the server', async () => {
    const { collection, one } = await holding({ _id: 1 })
    await collection.updateOne({ _id: 1 }, { $currentDate: { at: true } })
    expect((await one())?.at).toBeInstanceOf(Date)
  })

  it('says what it met and what it changed', async () => {
    const { collection } = await holding({ _id: 1, a: 1 }, { _id: 2, a: 1 }, { _id: 3, a: 2 })
    const [met, changed] = ['matchedCount', 'modifiedCount'] as const
    expect(await collection.updateMany({ a: 1 }, { $set: { b: 1 } })).toMatchObject({
      [met]: 2,
      [changed]: 2,
    })
    expect(await collection.updateMany({ a: 1 }, { $set: { b: 1 } })).toMatchObject({
      [met]: 2,
      [changed]: 0,
    })
    expect(await collection.updateOne({ a: 9 }, { $set: { b: 1 } })).toMatchObject({ [met]: 0, [changed]: 0 })
    expect(await collection.replaceOne({ _id: 3 }, { c: 1 })).toMatchObject({ [met]: 1, [changed]: 1 })
    expect(await collection.findOne({ _id: 3 })).toEqual({ _id: 3, c: 1 })
    expect(await collection.deleteOne({ a: 9 })).toMatchObject({ deletedCount: 0 })
    expect(await collection.deleteMany({ a: 1 })).toMatchObject({ deletedCount: 2 })
  })

  it.each<[string, number, object]>([
    ['changes the id', 66, { $set: { _id: 2 } }],
    ['writes one field twice', 40, { $set: { a: 1 }, $inc: { a: 1 } }],
    ['adds to a text', 14, { $inc: { text: 1 } }],
    ['appends to a text', 2, { $push: { text: 1 } }],
    ['writes below a text', 28, { $set: { 'text.deep': 1 } }],
  ])('that %s is refused with MongoDB’s code and changes nothing', async (_what, code, update) => {
    const { collection, one } = await holding({ _id: 1, text: 'x' })
    expect((await failureOf(collection.updateOne({ _id: 1 }, update))).code).toBe(code)
    expect(await one()).toEqual({ _id: 1, text: 'x' })
  })
})

describe('an upsert', () => {
  it('makes a document of the filter’s equal fields, the update and what is only for inserting', async () => {
    const { collection } = await holding()
    const filter = { day: '2026-11-24', 'in.a': 1, count: { $gt: 5 } }
    const update = { $set: { b: 2 }, $setOnInsert: { first: true }, $addToSet: { days: 'x' } }
    const result = await collection.updateOne(filter, update, { upsert: true })
    expect(result).toMatchObject({
      matchedCount: 0,
      upsertedCount: 1,
      upsertedId: expect.any(Types.ObjectId),
    })
    const made = { _id: result.upsertedId, day: '2026-11-24', in: { a: 1 }, b: 2, first: true, days: ['x'] }
    expect(await collection.findOne({})).toEqual(made)
  })

  it('changes the document that is there', async () => {
    const { collection, one } = await holding({ _id: 1, n: 1 })
    const result = await collection.updateOne(
      { _id: 1 },
      { $inc: { n: 1 }, $setOnInsert: { m: 1 } },
      { upsert: true },
    )
    expect(result).toMatchObject({ matchedCount: 1, upsertedCount: 0, upsertedId: null })
    expect(await one()).toEqual({ _id: 1, n: 2 })
  })
})

describe('findOneAndUpdate', () => {
  it('answers the document before or after, or null', async () => {
    const { collection } = await holding({ _id: 1, n: 1 })
    const add = { $inc: { n: 1 } }
    expect(await collection.findOneAndUpdate({ _id: 1 }, add)).toEqual({ _id: 1, n: 1 })
    expect(await collection.findOneAndUpdate({ _id: 1 }, add, { returnDocument: 'after' })).toEqual({
      _id: 1,
      n: 3,
    })
    expect(await collection.findOneAndUpdate({ _id: 2 }, add)).toBeNull()
    expect(await collection.findOneAndUpdate({ _id: 2 }, add, { upsert: true })).toBeNull()
    expect(
      await collection.findOneAndUpdate({ _id: 3 }, add, { upsert: true, returnDocument: 'after' }),
    ).toEqual({
      _id: 3,
      n: 1,
    })
  })

  it('takes the first in an order, shows a part, tells what happened, deletes and replaces', async () => {
    const { collection } = await holding({ _id: 1, n: 1 }, { _id: 2, n: 2 }, { _id: 3, n: 3 })
    const sort = { n: -1 } as const
    const update = { $set: { taken: true } }
    expect(await collection.findOneAndUpdate({}, update, { sort, projection: { n: 1, _id: 0 } })).toEqual({
      n: 3,
    })
    const told = await collection.findOneAndUpdate({ _id: 1 }, update, { includeResultMetadata: true })
    expect(told).toMatchObject({ value: { _id: 1 }, lastErrorObject: { n: 1, updatedExisting: true }, ok: 1 })
    expect(await collection.findOneAndDelete({}, { sort })).toMatchObject({ _id: 3 })
    expect(await collection.findOneAndReplace({ _id: 2 }, { m: 1 }, { returnDocument: 'after' })).toEqual({
      _id: 2,
      m: 1,
    })
  })
})

it('a model’s update casts what it is given and reaches into the list it met', async () => {
  const schema = new mongoose.Schema({
    owner: mongoose.Schema.Types.ObjectId,
    items: [{ _id: false, q: String, at: Date }],
  })
  const Paper = connection.model(aName(), schema)
  const owner = new Types.ObjectId()
  await Paper.create({ owner, items: [{ q: 'a' }, { q: 'b' }] })
  const changed = await Paper.findOneAndUpdate(
    { owner: owner.toString(), 'items.q': 'b' },
    { $set: { 'items.$.at': '2026-11-24T00:00:00Z' } },
    { returnDocument: 'after' },
  ).lean()
  expect(changed?.items).toEqual([{ q: 'a' }, { q: 'b', at: new Date('2026-11-24T00:00:00Z') }])
})
