import { expect, it } from '@jest/globals'
import type { Document } from 'mongodb'
import { engineInMemory, failureOf } from './support.ts'

const world = engineInMemory()
let made = 0

async function updated(update: Document, arrayFilters?: Document[], filter: Document = {}) {
  const docs = world.db.collection(`conflict${++made}`)
  await docs.insertOne({ _id: 1 as never, a: [{ x: 1 }, { x: 2 }], b: 1 })
  await docs.updateOne(filter, update, arrayFilters && { arrayFilters })
  return (await docs.findOne())?.a as unknown
}

it.each<[string, Document, Document[] | undefined, Document]>([
  ['$[] beside a place', { $set: { 'a.$[].x': 1, 'a.0.y': 2 } }, undefined, {}],
  ['a place beside $[name]', { $set: { 'a.1.x': 1 }, $inc: { 'a.$[n].x': 2 } }, [{ 'n.x': 9 }], {}],
  ['$[] beside the whole array', { $set: { 'a.$[].x': 1, a: [] } }, undefined, {}],
  ['$[] and $[name] that mean one path', { $set: { 'a.$[].x': 1, 'a.$[n].x': 2 } }, [{ 'n.x': 1 }], {}],
  ['two names for one item', { $set: { 'a.$[m]': 1, 'a.$[n].x': 2 } }, [{ 'm.x': 1 }, { 'n.x': 1 }], {}],
  ['$ beside the place that it means', { $set: { 'a.$.x': 1, 'a.1.x': 2 } }, undefined, { 'a.x': 2 }],
])('%s is a conflict', async (_what, update, arrayFilters, filter) => {
  expect(await failureOf(updated(update, arrayFilters, filter))).toMatchObject({ code: 40 })
})

it('paths that mean different places are written together', async () => {
  const named = { $set: { 'a.$[m].y': 1, 'a.$[n].y': 2 } }
  expect(await updated(named, [{ 'm.x': 1 }, { 'n.x': 2 }])).toEqual([
    { x: 1, y: 1 },
    { x: 2, y: 2 },
  ])
  expect(await updated({ $set: { 'a.$[].y': 1, 'a.$[].z': 1 } })).toEqual([
    { x: 1, y: 1, z: 1 },
    { x: 2, y: 1, z: 1 },
  ])
  expect(await updated({ $inc: { 'a.$.x': 1, 'a.0.x': 1 } }, undefined, { 'a.x': 2 })).toEqual([
    { x: 2 },
    { x: 3 },
  ])
})
