import { describe, expect, it } from '@jest/globals'
import type { CollationOptions, Document } from 'mongodb'
import { engineInMemory, failureOf, onFolder, temporaryFolder } from './support.ts'

const world = engineInMemory()
let made = 0
const base: CollationOptions = { locale: 'en', strength: 1 }
const accent: CollationOptions = { locale: 'en', strength: 2 }
const french: CollationOptions = { locale: 'fr' }
const texts = ['cafe', 'Café', 'CAFE', 'coté', 'côte', 'cote', 'z', 'Z']

async function filled(options: Document = {}, values: unknown[] = texts) {
  const docs = await world.db.createCollection(`words${++made}`, options)
  await docs.insertMany(values.map((w, i) => ({ _id: i as never, w })))
  return docs
}
type Docs = Awaited<ReturnType<typeof filled>>
const found = async (docs: Docs, filter: Document, collation?: CollationOptions) =>
  (await docs.find(filter, collation && { collation }).toArray()).map(doc => doc.w as unknown)

describe('under a collation', () => {
  it('equality, ranges, $in, $ne, $all, $elemMatch and nested text see equal letters', async () => {
    const docs = await filled()
    expect(await found(docs, { w: 'cafe' })).toEqual(['cafe'])
    expect(await found(docs, { w: 'cafe' }, base)).toEqual(['cafe', 'Café', 'CAFE'])
    expect(await found(docs, { w: 'cafe' }, accent)).toEqual(['cafe', 'CAFE'])
    expect(await found(docs, { w: 'cafe' }, { ...base, caseLevel: true })).toEqual(['cafe'])
    expect(await found(docs, { w: { $in: ['Z', 'COTE'] } }, accent)).toEqual(['cote', 'z', 'Z'])
    expect(await found(docs, { w: { $nin: ['Z', 'COTE'] } }, base)).toEqual(['cafe', 'Café', 'CAFE'])
    expect(await found(docs, { w: { $ne: 'Z' } }, base)).toHaveLength(6)
    expect(await found(docs, { w: { $gte: 'COTE', $lt: 'Z' } }, base)).toEqual(['coté', 'côte', 'cote'])
    expect(await found(docs, { w: /^cafe$/ }, base)).toEqual(['cafe'])
    expect(await found(docs, { $expr: { $eq: ['$w', 'CAFE'] } }, accent)).toEqual(['cafe', 'CAFE'])
    const nested = await filled({}, [['A', 'b'], { x: 'A' }, [{ x: 'Á' }]])
    expect(await found(nested, { w: { $all: ['a', 'B'] } }, base)).toEqual([['A', 'b']])
    expect(await found(nested, { w: { x: 'a' } }, base)).toEqual([{ x: 'A' }, [{ x: 'Á' }]])
    expect(await found(nested, { w: { $elemMatch: { x: 'a' } } }, base)).toEqual([[{ x: 'Á' }]])
  })

  it('a sort follows the language, numbers in text and upper case first', async () => {
    const sorted = async (values: string[], collation?: CollationOptions) => {
      const docs = await filled({}, values)
      await docs.createIndex({ w: 1 })
      return (await docs.find({}, { sort: { w: 1 }, collation }).toArray()).map(doc => doc.w as unknown)
    }
    expect(await sorted(['b', 'B', 'a', 'A', 'ä'])).toEqual(['A', 'B', 'a', 'b', 'ä'])
    expect(await sorted(['b', 'B', 'a', 'A', 'ä'], { locale: 'de' })).toEqual(['a', 'A', 'ä', 'b', 'B'])
    expect(await sorted(['a', 'A'], { locale: 'en', caseFirst: 'upper' })).toEqual(['A', 'a'])
    expect(await sorted(['z', 'ä', 'a'], { locale: 'sv' })).toEqual(['a', 'z', 'ä'])
    expect(await sorted(['a10', 'a9'], { locale: 'en', numericOrdering: true })).toEqual(['a9', 'a10'])
    expect(await sorted(['李', '王', '阿'], { locale: 'zh' })).toEqual(['阿', '李', '王'])
    expect(await sorted(['coté', 'côte', 'cote'], french)).toEqual(['cote', 'coté', 'côte'])
  })

  it('count, distinct, groups and accumulators take equal texts as one', async () => {
    const docs = await filled()
    expect(await docs.countDocuments({ w: 'cafe' }, { collation: base })).toBe(3)
    expect(await docs.distinct('w', {}, { collation: base })).toEqual(['cafe', 'coté', 'z'])
    const group = [{ $group: { _id: '$w', n: { $sum: 1 } } }, { $sort: { _id: 1 } }]
    expect(await docs.aggregate(group, { collation: base }).toArray()).toEqual([
      { _id: 'cafe', n: 3 },
      { _id: 'coté', n: 3 },
      { _id: 'z', n: 2 },
    ])
    const extremes = { $group: { _id: null, max: { $max: '$w' }, set: { $addToSet: '$w' } } }
    const [row] = await docs.aggregate([extremes], { collation: accent }).toArray()
    expect(row).toMatchObject({ max: 'z', set: ['cafe', 'Café', 'coté', 'côte', 'cote', 'z'] })
    const join = { $lookup: { from: docs.collectionName, localField: 'w', foreignField: 'w', as: 'same' } }
    const joined = await docs.aggregate([{ $match: { w: 'Z' } }, join], { collation: base }).toArray()
    expect(joined.map(doc => doc.same.length)).toEqual([2, 2])
  })

  it('updates, deletes, findAndModify, arrayFilters and array operators too', async () => {
    const docs = await filled({}, ['a', 'A', 'b', ['X', 'y']])
    const collation = base
    expect((await docs.updateMany({ w: 'A' }, { $set: { n: 1 } }, { collation })).modifiedCount).toBe(2)
    expect((await docs.updateMany({ w: 'A' }, { $set: { n: 2 } })).modifiedCount).toBe(1)
    expect((await docs.findOneAndUpdate({ w: 'B' }, { $set: { n: 3 } }, { collation }))?.w).toBe('b')
    await docs
      .updateOne({ w: 'x' }, { $addToSet: { w: 'Y' }, $set: { 'p.$[]': 1 } }, { collation })
      .catch(() => 0)
    await docs.updateOne({ w: 'x' }, { $addToSet: { w: { $each: ['Y', 'z'] } } }, { collation })
    expect((await docs.findOne({ _id: 3 as never }))?.w).toEqual(['X', 'y', 'z'])
    await docs.updateOne({ w: 'x' }, { $pull: { w: 'Z' as never } }, { collation })
    await docs.updateOne({ w: 'x' }, { $set: { 'w.$': 'found' } }, { collation })
    const arrayFilters = [{ item: 'Y' }]
    await docs.updateOne({ w: 'found' }, { $set: { 'w.$[item]': 'filtered' } }, { collation, arrayFilters })
    expect((await docs.findOne({ _id: 3 as never }))?.w).toEqual(['found', 'filtered'])
    expect((await docs.deleteMany({ w: 'A' }, { collation })).deletedCount).toBe(2)
  })
})

describe('an index with a collation', () => {
  it('is unique by it, and serves equality of the same collation only', async () => {
    const docs = await filled({}, ['Anna', 'Bob', 5, ['Eve', 'Mallory']])
    await docs.createIndex({ w: 1 }, { unique: true, collation: base })
    const failure = await failureOf(docs.insertOne({ w: 'ÁNNA' }))
    expect(failure).toMatchObject({ code: 11000, keyValue: { w: 'ÁNNA' } })
    expect((await failureOf(docs.insertOne({ w: 'eve' }))).code).toBe(11000)
    expect((await failureOf(docs.updateOne({ w: 'Bob' }, { $set: { w: 'anna' } }))).code).toBe(11000)
    await docs.updateOne({ w: 'Bob' }, { $set: { w: 'BOB' } })
    const used = async (filter: Document, collation?: CollationOptions) => {
      const plan = JSON.stringify(await docs.find(filter, collation && { collation }).explain())
      return plan.includes('IXSCAN')
    }
    expect(await used({ w: 'bob' }, base)).toBe(true)
    expect(await found(docs, { w: { $in: ['bób', 'EVE', 'nobody'] } }, base)).toEqual([
      'BOB',
      ['Eve', 'Mallory'],
    ])
    expect(await used({ w: 'bob' }, accent)).toBe(false)
    expect(await used({ w: 'BOB' })).toBe(false)
    expect(await found(docs, { w: 'BOB' })).toEqual(['BOB'])
    expect(await used({ w: 5 })).toBe(true)
    expect(await used({ w: { $gt: 'a' } }, base)).toBe(false)
    expect(await found(docs, { w: { $gt: 'b' } }, base)).toEqual(['BOB', ['Eve', 'Mallory']])
    expect(await used({ w: { $gt: 4 } })).toBe(true)
    expect(await docs.indexes()).toMatchObject([
      {},
      { collation: { locale: 'en', strength: 1, caseLevel: false } },
    ])
  })

  it('stands beside one without, and cannot be made over texts that are equal by it', async () => {
    const docs = await filled({}, ['a', 'A'])
    await docs.createIndex({ w: 1 }, { unique: true })
    await docs.createIndex({ w: 1 }, { name: 'loose', collation: base })
    expect(await docs.indexes()).toHaveLength(3)
    expect((await failureOf(docs.createIndex({ w: -1 }, { unique: true, collation: base }))).code).toBe(11000)
    expect(await found(docs, { w: 'A' }, base)).toEqual(['a', 'A'])
  })
})

describe('a collection’s own collation', () => {
  it('holds for its queries, its _id and its indexes, unless a command says otherwise', async () => {
    const docs = await filled({ collation: base }, ['a', 'b'])
    await docs.createIndex({ w: 1 }, { unique: true })
    expect((await failureOf(docs.insertOne({ w: 'A' }))).code).toBe(11000)
    expect(await found(docs, { w: 'A' })).toEqual(['a'])
    expect(await found(docs, { w: 'A' }, { locale: 'simple' })).toEqual([])
    await docs.insertOne({ _id: 'Key' as never, w: 'c' })
    expect((await failureOf(docs.insertOne({ _id: 'KEY' as never, w: 'd' }))).code).toBe(11000)
    expect(await found(docs, { _id: 'key' })).toEqual(['c'])
    expect(await found(docs, { _id: 'key' }, { locale: 'simple' })).toEqual([])
    expect(await docs.aggregate([{ $match: { w: 'B' } }]).toArray()).toHaveLength(1)
    expect(await docs.options()).toMatchObject({ collation: { locale: 'en', strength: 1 } })
  })

  it('survives a restart', async () => {
    const directory = temporaryFolder()
    await onFolder(directory, async db => {
      const docs = await db.createCollection('people', { collation: accent })
      await docs.createIndex({ name: 1 }, { unique: true })
      await docs.insertMany([
        { _id: 'X' as never, name: 'Anna' },
        { _id: 'y' as never, name: 'Bob' },
      ])
      await docs.deleteOne({ _id: 'Y' as never })
    })
    await onFolder(directory, async db => {
      const docs = db.collection('people')
      expect(await docs.find({ name: 'ANNA' }).toArray()).toHaveLength(1)
      expect(await docs.countDocuments()).toBe(1)
      expect((await failureOf(docs.insertOne({ name: 'anna' }))).code).toBe(11000)
    })
  })
})

it.each([
  [{ locale: 'nowhere' }, 'locale'],
  [{ locale: 'en', strength: 5 }, 'strength 5'],
  [{ locale: 'fr', backwards: true }, 'backwards'],
  [{ locale: 'en', nonsense: 1 }, 'nonsense'],
  [{ strength: 1 }, 'locale'],
])('%p is refused', async (collation, name) => {
  const docs = world.db.collection('refused')
  expect((await failureOf(docs.findOne({}, { collation: collation as never }))).message).toContain(name)
})
