import { expect, it } from '@jest/globals'
import type { Document } from 'mongodb'
import { engineInMemory, failureOf } from './support.ts'

const world = engineInMemory()
let made = 0

/** The array `a` of the only document after an update. */
async function arrayAfter(a: unknown[], filter: Document, update: Document, arrayFilters?: Document[]) {
  const docs = world.db.collection(`position${++made}`)
  await docs.insertOne({ _id: 1 as never, a })
  await docs.updateOne(filter, update, arrayFilters && { arrayFilters })
  return (await docs.findOne())?.a as unknown
}

const three = [{ x: 1 }, { x: 2, y: 1 }, { x: 2, y: 2 }]

it.each<[string, Document, number]>([
  ['$elemMatch of fields', { a: { $elemMatch: { x: 2, y: 2 } } }, 2],
  ['$elemMatch with $and', { a: { $elemMatch: { $and: [{ x: 2 }, { y: 2 }] } } }, 2],
  ['$elemMatch with $or', { a: { $elemMatch: { $or: [{ y: 2 }, { x: 2 }] } } }, 1],
  ['$elemMatch with $nor', { a: { $elemMatch: { $nor: [{ x: 1 }, { y: 1 }] } } }, 2],
  ['$elemMatch with a field beside $or', { a: { $elemMatch: { x: 2, $or: [{ y: 2 }, { y: 3 }] } } }, 2],
  ['$elemMatch within $and', { $and: [{ a: { $elemMatch: { $or: [{ y: 1 }] } } }] }, 1],
  ['$elemMatch beside $size', { a: { $size: 3, $elemMatch: { y: 2 } } }, 2],
  ['$or of the array’s fields', { $or: [{ 'a.y': 2 }, { 'a.y': 7 }] }, 2],
])('$ is the place of the item that satisfies %s', async (_what, filter, place) => {
  const expected = three.map((item, at) => (at === place ? { ...item, z: 1 } : item))
  expect(await arrayAfter(three, filter, { $set: { 'a.$.z': 1 } })).toEqual(expected)
})

it('$ is a place that one condition has found where no item satisfies all of them', async () => {
  const filter = { 'a.x': 1, 'a.y': 2 }
  expect(await arrayAfter(three, filter, { $set: { 'a.$.z': 1 } })).toContainEqual({ x: 2, y: 2, z: 1 })
})

it('$ of $elemMatch with operators is the place of the value', async () => {
  expect(
    await arrayAfter([1, 5, 9], { a: { $elemMatch: { $gt: 3, $lt: 9 } } }, { $inc: { 'a.$': 1 } }),
  ).toEqual([1, 6, 9])
  expect(
    await arrayAfter([[1], [2, 3]], { a: { $elemMatch: { $size: 2 } } }, { $set: { 'a.$': 0 } }),
  ).toEqual([[1], 0])
})

it.each<[string, Document | Document[], Document[], number, RegExp]>([
  ['is not used', { $set: { b: 1 } }, [{ x: 1 }], 9, /identifier 'x' was not used in the update/],
  ['is one of two and not used', { $set: { 'a.$[x]': 1 } }, [{ x: 1 }, { y: 1 }], 9, /'y' was not used/],
  ['stands beside a pipeline', [{ $set: { b: 1 } }], [{ x: 1 }], 9, /arrayFilters may not be specified/],
  ['has two names', { $set: { 'a.$[x]': 1 } }, [{ 'x.b': 1, 'y.b': 2 }], 9, /single top-level field name/],
  ['has no name', { $set: { b: 1 } }, [{}], 9, /without a top-level field name/],
  ['has a name in capitals', { $set: { 'a.$[X]': 1 } }, [{ X: 1 }], 2, /beginning with a lowercase letter/],
  ['is missing', { $set: { 'a.$[y]': 1 } }, [], 2, /No array filter found for identifier 'y'/],
])(
  'an array filter that %s is refused, also where nothing matches',
  async (_what, update, filters, code, text) => {
    const docs = world.db.collection(`position${++made}`)
    const options = { arrayFilters: filters }
    const failure = await failureOf(docs.updateOne({}, update, options))
    expect(failure).toMatchObject({ code, message: expect.stringMatching(text) as unknown })
  },
)

it('an array filter may stand for several paths, and below another array', async () => {
  const items = [
    { l: [1, 5], m: [5] },
    { l: [2], m: [] },
  ]
  expect(
    await arrayAfter(items, {}, { $inc: { 'a.$[].l.$[n]': 1, 'a.$[].m.$[n]': 2 } }, [{ n: { $gt: 1 } }]),
  ).toEqual([
    { l: [1, 6], m: [7] },
    { l: [3], m: [] },
  ])
})
