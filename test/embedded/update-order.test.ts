import { expect, it } from '@jest/globals'
import type { Document } from 'mongodb'
import { engineInMemory, failureOf } from './support.ts'

const world = engineInMemory()
let made = 0
const fresh = () => world.db.collection(`order${++made}`)

/** The text of the document, which shows the order of its fields, after an update. */
async function textAfter(doc: Document, update: Document, filter: Document = {}, arrayFilters?: Document[]) {
  const docs = fresh()
  await docs.insertOne({ _id: 1 as never, ...doc })
  await docs.updateOne(filter, update, arrayFilters && { arrayFilters })
  return JSON.stringify(await docs.findOne({}, { projection: { _id: 0 } }))
}

it.each<[string, Document, Document, string]>([
  ['of one operator', {}, { $set: { z: 1, b: 1, a: 1 } }, '{"a":1,"b":1,"z":1}'],
  ['of several operators', {}, { $set: { z: 1 }, $inc: { b: 1 }, $push: { a: 1 } }, '{"a":[1],"b":1,"z":1}'],
  ['behind those that were there', { m: 0 }, { $set: { z: 1, m: 1, a: 1 } }, '{"m":1,"a":1,"z":1}'],
  ['level by level', {}, { $set: { 'b.y': 1, a: 1, 'b.x': 1 } }, '{"a":1,"b":{"x":1,"y":1}}'],
  ['capitals first', {}, { $set: { a: 1, B: 1, _c: 1 } }, '{"B":1,"_c":1,"a":1}'],
  [
    'numbers as numbers',
    {},
    { $set: { 'a.x10': 1, 'a.x9': 1 }, $inc: { b10: 1, b9: 1 } },
    '{"a":{"x10":1,"x9":1},"b10":1,"b9":1}',
  ],
  ['that $rename makes', { n: 1 }, { $set: { c: 2, a: 2 }, $rename: { n: 'b' } }, '{"a":2,"b":1,"c":2}'],
  [
    'in items',
    { l: [{}, {}] },
    { $set: { 'l.1.b': 1, 'l.1.a': 1, 'l.0.c': 1 } },
    '{"l":[{"c":1},{"a":1,"b":1}]}',
  ],
  ['in all items', { l: [{}] }, { $set: { 'l.$[].b': 1, 'l.$[].a': 1 } }, '{"l":[{"a":1,"b":1}]}'],
])('new fields come in the order of their names: %s', async (_what, doc, update, expected) => {
  expect(await textAfter(doc, update)).toBe(expected)
})

it('new fields in items that array filters choose come in the order of their names', async () => {
  const update = { $set: { 'l.$[m].b': 1, 'l.$[n].a': 1 } }
  expect(await textAfter({ l: [{ k: 1 }] }, update, {}, [{ 'm.k': 1 }, { 'n.k': 1 }])).toBe(
    '{"l":[{"k":1,"a":1,"b":1}]}',
  )
})

it.each<[string, Document, Document, string]>([
  ['the filter first', { z: 1, b: 2 }, { $set: { a: 1 } }, '{"b":2,"z":1,"a":1}'],
  [
    '$and and $eq too',
    { $and: [{ z: 1 }, { c: { $eq: 2 } }], b: 3 },
    { $set: { a: 1 } },
    '{"b":3,"c":2,"z":1,"a":1}',
  ],
  [
    '$setOnInsert among the others',
    { k: 1 },
    { $setOnInsert: { b: 1 }, $set: { c: 1, a: 1 } },
    '{"k":1,"a":1,"b":1,"c":1}',
  ],
  ['level by level', { 'b.d': 1, 'b.c': 1, a: 1 }, { $set: { 'b.a': 1 } }, '{"a":1,"b":{"c":1,"d":1,"a":1}}'],
  [
    'one value of $in and of $all',
    { b: { $in: [1] }, a: { $all: [2] } },
    { $set: { c: 1 } },
    '{"a":2,"b":1,"c":1}',
  ],
  ['the only part of $or', { $or: [{ b: 1 }], a: 2 }, { $set: { c: 1 } }, '{"a":2,"b":1,"c":1}'],
  [
    'no more than what is one value',
    { a: { $in: [1, 2] }, b: { $gt: 1 }, c: { $all: [] }, d: /x/, e: { $in: [/x/] } },
    { $set: { f: 1 } },
    '{"f":1}',
  ],
  [
    'a pattern that is meant as a value',
    { 'a.b': { $eq: 1, $gt: 0 } },
    { $unset: { z: 1 } },
    '{"a":{"b":1}}',
  ],
])('an upsert makes its fields in the order of their names: %s', async (_what, filter, update, expected) => {
  const docs = fresh()
  await docs.updateOne(filter, update, { upsert: true })
  expect(JSON.stringify(await docs.findOne({}, { projection: { _id: 0 } }))).toBe(expected)
})

it.each<[string, Document, RegExp]>([
  ['two values', { $and: [{ a: 1 }, { a: 2 }] }, /path 'a' is matched twice/],
  ['a value twice', { a: 1, $and: [{ a: { $eq: 1 } }] }, /path 'a' is matched twice/],
  ['all of two values', { a: { $all: [1, 2] } }, /path 'a' is matched twice/],
  ['a field and one below it', { 'a.b': 1, a: { b: 1 } }, /both paths 'a.b' and 'a' are matched/],
  ['two ids', { $and: [{ _id: 1 }, { _id: 2 }] }, /path '_id' is matched twice/],
])('an upsert by a filter of %s is refused and makes nothing', async (_what, filter, text) => {
  const docs = fresh()
  for (const update of [{ $set: { z: 1 } }, { $setOnInsert: { z: 1 } }, [{ $set: { z: 1 } }]]) {
    const failure = await failureOf(docs.updateOne(filter, update, { upsert: true }))
    expect(failure).toMatchObject({ code: 54, message: expect.stringMatching(text) as unknown })
  }
  expect(await docs.countDocuments()).toBe(0)
})

it('an upsert by a whole document takes nothing but the _id from the filter', async () => {
  const docs = fresh()
  const filter = { $and: [{ a: 1 }, { a: 2 }], 'a.b': 3, _id: { $in: [7] } } as Document
  await docs.replaceOne(filter, { z: 1 }, { upsert: true })
  expect(await docs.find().toArray()).toEqual([{ _id: 7, z: 1 }])
  const failure = await failureOf(docs.replaceOne({ '_id.x': 1 } as Document, {}, { upsert: true }))
  expect(failure).toMatchObject({ code: 111 })
  await docs.updateOne({ '_id.y': 2, '_id.x': 1 } as Document, { $set: { z: 2 } }, { upsert: true })
  expect(await docs.findOne({ z: 2 })).toEqual({ _id: { x: 1, y: 2 }, z: 2 })
})
