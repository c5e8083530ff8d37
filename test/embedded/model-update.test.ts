import { expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { Document } from 'mongodb'
import { Refused, updated } from './model-update.ts'
import { scaled, seed, tell } from './scale.ts'
import { engineInMemory } from './support.ts'

const world = engineInMemory()

const scalar = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: -2, max: 3 }) },
  fc.constantFrom<unknown>(0.5, 'a', 'b', null, true, new Date(0)),
)
const numbers = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 4 })
const items = fc.array(fc.record({ k: fc.integer({ min: 0, max: 2 }), v: scalar }), { maxLength: 3 })
const document = fc.record(
  {
    a: scalar,
    b: fc.oneof(scalar, numbers),
    n: fc.oneof(scalar, fc.record({ x: scalar })),
    l: numbers,
    s: items,
  },
  { requiredKeys: [] },
)

const path = fc.constantFrom('a', 'b', 'n', 'n.x', 'n.y.z', 'l', 'l.1', 'l.6', 's', 's.0.v', 's.1.k', 'a.q')
const listPath = fc.constantFrom('l', 'b', 's', 'n.x', 'a', 'n.l')
const on = (operator: string, at: fc.Arbitrary<string>, argument: fc.Arbitrary<unknown>) =>
  fc.tuple(at, argument).map(([where, what]): Document => ({ [operator]: { [where]: what } }))
const value = fc.oneof(scalar, numbers, fc.record({ x: scalar }))
const push = fc.record(
  {
    $each: fc.array(scalar, { maxLength: 3 }),
    $position: fc.integer({ min: -2, max: 3 }),
    $slice: fc.integer({ min: -3, max: 3 }),
    $sort: fc.constantFrom(1, -1),
  },
  { requiredKeys: ['$each'] },
)
const number = fc.integer({ min: -3, max: 3 })
const operation = fc.oneof(
  on('$set', path, value),
  on('$unset', path, fc.constant('')),
  on('$inc', path, number),
  on('$mul', path, number),
  on('$min', path, scalar),
  on('$max', path, scalar),
  on('$push', listPath, fc.oneof(scalar, push)),
  on('$addToSet', listPath, fc.oneof(value, fc.record({ $each: numbers }))),
  on('$pull', listPath, fc.oneof(scalar, fc.record({ $gte: number }), fc.record({ k: number }))),
  on('$pullAll', listPath, numbers),
  on('$pop', listPath, fc.constantFrom(1, -1)),
  on('$rename', fc.constantFrom('a', 'n', 'b'), fc.constantFrom('c', 'n.r', 'b', 'a')),
)
const everywhere = fc.oneof(
  on('$set', fc.constantFrom('s.$[].v', 's.$[].w.x', 'l.$[]', 'b.$[]'), scalar),
  on('$inc', fc.constantFrom('s.$[].k', 'l.$[]', 's.$[].v'), number),
  on('$unset', fc.constantFrom('s.$[].v', 'l.$[]'), fc.constant('')),
)
const filtered = fc.oneof(
  on('$inc', fc.constantFrom('s.$[i].k', 'l.$[i]'), number),
  on('$set', fc.constantFrom('s.$[i].v', 'b.$[i]', 'l.$[i]'), scalar),
)
const itemFilter = fc.oneof(number, fc.record({ $gte: number }), fc.record({ $ne: number }))

const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.tuple(fc.array(operation, { minLength: 1, maxLength: 3 }), fc.constant(undefined)),
  },
  fc.tuple(
    everywhere.map(one => [one]),
    fc.constant(undefined),
  ),
  fc.tuple(
    filtered.map(one => [one]),
    itemFilter,
  ),
)

/** One update of several operations. */
function joined(operations: Document[]): Document {
  const update: Document = {}
  for (const one of operations)
    for (const [operator, fields] of Object.entries(one))
      update[operator] = { ...update[operator], ...fields }
  return update
}

let run = 0
it('updates do what the manual says, or change nothing, and indexes follow them', async () => {
  const runs = scaled(40, 2000)
  await fc.assert(
    fc.asyncProperty(document, fc.array(step, { minLength: 15, maxLength: 15 }), async (first, steps) => {
      const docs = world.db.collection<{ _id: number; [name: string]: unknown }>(`updated${++run}`)
      await docs.createIndexes([
        { key: { b: 1 } },
        { key: { 'n.x': -1 } },
        { key: { 's.v': 1 }, sparse: true },
      ])
      let expected: Document & { _id: number } = { _id: 1, ...first }
      await docs.insertOne({ ...expected })
      for (const [operations, where] of steps) {
        const update = joined(operations)
        const options = where === undefined ? {} : { arrayFilters: [{ i: where }] }
        let failed = false
        try {
          expected = { ...updated(expected, update, where), _id: 1 }
        } catch (error) {
          if (!(error instanceof Refused)) throw error
          failed = true
        }
        const refused = await docs.updateOne({ _id: 1 }, update, options).then(
          () => false,
          () => true,
        )
        expect({ update, where, refused }).toEqual({ update, where, refused: failed })
        expect(await docs.findOne({ _id: 1 })).toEqual(expected)
        for (const path of ['b', 'n.x', 's.v'])
          expect(await docs.countDocuments({ [path]: { $exists: true } }, { hint: { $natural: 1 } })).toBe(
            await docs.countDocuments({ [path]: { $exists: true } }),
          )
      }
      await docs.drop()
    }),
    { numRuns: runs, seed },
  )
  tell(`${runs * 15} random updates`)
})
