import { expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { CollationOptions, Document } from 'mongodb'
import { engineInMemory } from './support.ts'

const world = engineInMemory()

const text = fc.constantFrom(
  '',
  'a',
  'A',
  'á',
  'Á',
  'ä',
  'b',
  'B',
  'ab',
  'Ab',
  'a b',
  'ß',
  'ss',
  'a10',
  'a9',
  'ﬁ',
  'fi',
  '中',
  'Ａ',
)
const value = fc.oneof(text, fc.integer({ min: 0, max: 2 }), fc.constant(null))
const held = fc.oneof(
  { weight: 4, arbitrary: value },
  fc.array(value, { maxLength: 2 }),
  fc.record({ x: value }),
)
const documents = fc.array(fc.record({ a: held, b: value }), { minLength: 8, maxLength: 25 })
const collation: fc.Arbitrary<CollationOptions> = fc.record(
  {
    locale: fc.constantFrom('en', 'de', 'sv', 'zh'),
    strength: fc.constantFrom(1, 2, 3),
    numericOrdering: fc.boolean(),
    caseLevel: fc.boolean(),
  },
  { requiredKeys: ['locale'] },
)
const filter = fc.oneof(
  fc.record({ a: held }),
  fc.record({ a: value, b: value }),
  fc.record({ a: fc.record({ $in: fc.array(held, { maxLength: 3 }) }) }),
  fc.record({ a: fc.record({ $gte: value, $lt: value }) }),
  fc.record({ a: fc.record({ $ne: value }), b: fc.record({ $gt: value }) }),
  fc.record({ 'a.x': value }),
  fc.constant({ a: { $regex: '^a' } }),
  fc.record({ $or: fc.tuple(fc.record({ a: value }), fc.record({ b: value })) }),
)

let run = 0
it('a collection with indexes of any collation answers what one without answers', async () => {
  await fc.assert(
    fc.asyncProperty(
      documents,
      collation,
      collation,
      fc.array(filter, { minLength: 8 }),
      async (docs, own, other, filters) => {
        const bare = world.db.collection(`bare${++run}`)
        const fast = await world.db.createCollection(`fast${run}`)
        for (const [place, doc] of docs.entries()) {
          await bare.insertOne({ ...doc, _id: place as never })
          await fast.insertOne({ ...doc, _id: place as never })
        }
        await fast.createIndex({ a: 1 })
        await fast.createIndex({ a: 1, b: 1 }, { name: 'own', collation: own })
        await fast.createIndex({ b: -1 }, { name: 'b', collation: own })
        await fast.createIndex({ 'a.x': 1 }, { name: 'x', collation: own })
        for (const asked of [own, other, undefined])
          for (const one of filters) {
            const options = { sort: { b: 1, _id: 1 } as Document, ...(asked ? { collation: asked } : {}) }
            const expected = await bare.find(one as Document, options).toArray()
            expect(await fast.find(one as Document, options).toArray()).toEqual(expected)
          }
      },
    ),
    { numRuns: 25 },
  )
})

it('equal texts are those that Intl holds to be equal, for indexes and groups too', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(text, { minLength: 5, maxLength: 15 }), collation, async (texts, asked) => {
      const sensitivity = ['base', 'accent', 'variant'][(asked.strength ?? 3) - 1] as 'base'
      const { compare } = new Intl.Collator(asked.locale, {
        sensitivity,
        numeric: asked.numericOrdering ?? false,
      })
      const same =
        asked.caseLevel && (asked.strength ?? 3) < 3
          ? new Intl.Collator(asked.locale, { sensitivity: 'case' }).compare
          : () => 0
      const classes: string[] = []
      for (const one of texts)
        if (!classes.some(known => !compare(known, one) && !same(known, one))) classes.push(one)
      const docs = await world.db.createCollection(`unique${++run}`)
      await docs.createIndex({ t: 1 }, { unique: true, collation: asked })
      for (const t of texts) await docs.insertOne({ t }).catch(() => undefined)
      expect((await docs.find().toArray()).map(doc => doc.t as unknown)).toEqual(classes)
      const group = [{ $documents: texts.map(t => ({ t })) }, { $group: { _id: '$t' } }]
      const grouped = await world.db.aggregate(group, { collation: asked }).toArray()
      expect(grouped.map(row => row._id as unknown)).toEqual(classes)
    }),
    { numRuns: 60 },
  )
})
