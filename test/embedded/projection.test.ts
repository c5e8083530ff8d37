import { describe, expect, it } from '@jest/globals'
import type { Document } from 'mongodb'
import { engineInMemory, failureOf } from './support.ts'

const world = engineInMemory()
let made = 0

const holding = async (doc: Document) => {
  const docs = world.db.collection(`c${++made}`)
  await docs.insertOne({ _id: 1 as never, ...doc })
  return docs
}

const shown = async (doc: Document, projection: Document, filter: Document = {}) =>
  JSON.stringify(await (await holding(doc)).findOne(filter, { projection }))

const nested = { x: 0, a: [{ b: [1, 2, 3], c: 1 }, { b: [4, 5] }, 6], d: 7 }

describe('a projection', () => {
  it('computes a value in every item of the arrays on its path', async () => {
    expect(await shown(nested, { 'a.z': '$d' })).toBe('{"_id":1,"a":[{"z":7},{"z":7}]}')
    expect(await shown(nested, { _id: 0, 'a.c': 1, 'a.z': '$d' })).toBe('{"a":[{"c":1,"z":7},{"z":7}]}')
    expect(await shown({ a: 5 }, { 'a.z': { $literal: 1 } })).toBe('{"_id":1,"a":{"z":1}}')
  })

  it('cuts lists by $slice where they stand, in every item of the arrays on the path', async () => {
    expect(await shown(nested, { 'a.b': { $slice: 1 } })).toBe(
      '{"_id":1,"x":0,"a":[{"b":[1],"c":1},{"b":[4]},6],"d":7}',
    )
    expect(await shown(nested, { x: 1, 'a.b': { $slice: [-2, 1] } })).toBe(
      '{"_id":1,"x":0,"a":[{"b":[2]},{"b":[4]}]}',
    )
    expect(await shown({ a: [1, 2], b: 1 }, { _id: 0, a: { $slice: -1 } })).toBe('{"a":[2],"b":1}')
  })

  it('shows one item by $elemMatch, beside what is left as beside what is taken', async () => {
    const doc = { a: [1, 2, 3], b: 1, c: 1 }
    expect(await shown(doc, { a: { $elemMatch: { $gt: 1 } } })).toBe('{"_id":1,"a":[2]}')
    expect(await shown(doc, { _id: 0, a: { $elemMatch: { $gt: 1 } }, c: 1 })).toBe('{"c":1,"a":[2]}')
    expect(await shown(doc, { a: { $elemMatch: { $gt: 1 } }, b: 0 })).toBe('{"_id":1,"a":[2],"c":1}')
    expect(await shown(doc, { a: { $elemMatch: { $gt: 9 } } })).toBe('{"_id":1}')
  })

  it('shows the item that the filter has matched by $, where the list stands', async () => {
    const doc = { a: [1, 2, 3], b: 1 }
    expect(await shown(doc, { b: 1, 'a.$': 1 }, { a: { $gt: 1 } })).toBe('{"_id":1,"a":[2],"b":1}')
    const docs = await holding(doc)
    const failure = await failureOf(docs.findOne({ b: 1 }, { projection: { 'b.$': 1, 'a.$': 1 } }))
    expect(failure.code).toBe(31276)
  })

  it('takes a part of _id alone', async () => {
    const docs = world.db.collection(`c${++made}`)
    await docs.insertOne({ _id: { u: 1, v: 2 } as never, w: 3 })
    expect(await docs.findOne({}, { projection: { '_id.u': 1 } })).toEqual({ _id: { u: 1 } })
  })

  it.each<[Document, number]>([
    [{ a: 1, 'a.b': 1 }, 31249],
    [{ 'a.b.c': 0, 'a.b': 0 }, 31250],
    [{ 'a.b': 1, a: { b: 1 } }, 31250],
    [{ a: 1, 'a.b': { $slice: 1 } }, 31249],
    [{ a: 1, b: 0 }, 31254],
    [{ a: {} }, 51270],
    [{ 'a.b': { $elemMatch: { c: 1 } } }, 31275],
  ])('is refused when it contradicts itself: %j', async (projection, code) => {
    const docs = await holding(nested)
    expect((await failureOf(docs.findOne({}, { projection }))).code).toBe(code)
  })
})

describe('$set and $project', () => {
  const through = async (doc: Document, ...pipeline: Document[]) =>
    JSON.stringify((await (await holding(doc)).aggregate(pipeline).toArray())[0])

  it('work on every item of the arrays on a path', async () => {
    expect(await through(nested, { $set: { 'a.z': '$d' } }, { $project: { a: 1, _id: 0 } })).toBe(
      '{"a":[{"b":[1,2,3],"c":1,"z":7},{"b":[4,5],"z":7},{"z":7}]}',
    )
    expect(await through(nested, { $set: { a: { c: '$$REMOVE' } } }, { $project: { a: 1, _id: 0 } })).toBe(
      '{"a":[{"b":[1,2,3]},{"b":[4,5]},{}]}',
    )
    expect(await through(nested, { $project: { _id: 0, a: { n: { $size: '$a' } } } })).toBe(
      '{"a":[{"n":3},{"n":3}]}',
    )
    expect(
      await through({ a: [{ b: 1 }] }, { $set: { a: { $concatArrays: ['$a', [2]] }, n: { $size: '$a' } } }),
    ).toBe('{"_id":1,"a":[{"b":1},2],"n":1}')
  })

  it('refuse conflicting paths', async () => {
    const docs = await holding(nested)
    const failure = await failureOf(docs.aggregate([{ $set: { a: 1, 'a.b': 2 } }]).toArray())
    expect(failure.code).toBe(40176)
  })
})
