import { describe, expect, it } from '@jest/globals'
import { BSON, Double, Int32, Long, type Db } from 'mongodb'
import { stored } from './bson-values.ts'
import { engineInMemory, onFolder, temporaryFolder } from './support.ts'

const world = engineInMemory()

/** The bytes of the only document of a collection. */
async function bytesIn(db: Db, name: string): Promise<string> {
  const [raw] = await db.collection(name).find({}, { raw: true }).toArray()
  return Buffer.from(raw as never as Uint8Array).toString('hex')
}

const bytesOf = (value: unknown) => Buffer.from(BSON.serialize({ _id: 1, value })).toString('hex')

describe('a document comes back to the byte', () => {
  it.each(stored)('with %s, inserted and updated', async (name, value) => {
    const docs = world.db.collection<{ _id: number; value: unknown }>(name)
    await docs.insertOne({ _id: 1, value })
    expect(await bytesIn(world.db, name)).toBe(bytesOf(value))
    await docs.updateOne({ _id: 1 }, { $set: { value: 'other' } })
    await docs.updateOne({ _id: 1 }, { $set: { value } })
    expect(await bytesIn(world.db, name)).toBe(bytesOf(value))
  })

  it('with all of them, from the disk', async () => {
    const directory = temporaryFolder()
    await onFolder(directory, async db => {
      for (const [name, value] of stored) await db.collection(name).insertOne({ _id: 1 as never, value })
    })
    const found = await onFolder(directory, async db =>
      Promise.all(stored.map(async ([name]) => [name, await bytesIn(db, name)])),
    )
    expect(found).toEqual(stored.map(([name, value]) => [name, bytesOf(value)]))
  })

  it('by an aggregation and by findOneAndUpdate too', async () => {
    const docs = world.db.collection<{ _id: number; value: unknown }>('ways')
    const value = { long: Long.fromNumber(5), double: new Double(5), int: new Int32(5) }
    await docs.insertOne({ _id: 1, value })
    const [raw] = await docs.aggregate([{ $match: { _id: 1 } }], { raw: true }).toArray()
    expect(Buffer.from(raw as never as Uint8Array).toString('hex')).toBe(bytesOf(value))
    const options = { promoteValues: false }
    const updated = await docs.findOneAndUpdate({ _id: 1 }, { $set: { other: 1 } }, options)
    expect(updated?.value).toEqual(value)
  })
})

describe('a number keeps or gains the type that MongoDB gives it', () => {
  it.each([
    ['an Int32 and an Int32 make an Int32', new Int32(1), new Int32(2), new Int32(3)],
    ['an Int32 that overflows makes a Long', new Int32(2 ** 31 - 1), new Int32(1), Long.fromNumber(2 ** 31)],
    ['a Long and an Int32 make a Long', Long.fromNumber(1), new Int32(2), Long.fromNumber(3)],
    ['a Double and an Int32 make a Double', new Double(1), new Int32(2), new Double(3)],
    ['an Int32 and a Double make a Double', new Int32(1), new Double(2), new Double(3)],
  ])('when %s', async (name, before, by, after) => {
    const docs = world.db.collection<{ _id: number; value: unknown }>(name)
    await docs.insertOne({ _id: 1, value: before })
    await docs.updateOne({ _id: 1 }, { $inc: { value: by } } as never)
    expect(await bytesIn(world.db, name)).toBe(bytesOf(after))
  })
})
