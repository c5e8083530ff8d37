import { describe, expect, it } from '@jest/globals'
import { Decimal128, Long, ObjectId } from 'mongodb'
import { engineInMemory, failureOf } from './support.ts'

const world = engineInMemory()
let count = 0
const fresh = () => world.db.collection(`documents${++count}`)

describe('documents', () => {
  it('come back with every type as it was', async () => {
    const all = fresh()
    const doc = {
      _id: new ObjectId(),
      long: Long.fromString('9007199254740993'),
      decimal: Decimal128.fromString('12.340'),
      date: new Date(1_700_000_000_123),
      regex: /北京/i,
      nothing: null,
      list: [1, [2], { a: 1.5 }],
      text: '中文✓😀',
      __proto__: undefined,
    }
    await all.insertOne(doc)
    expect(await all.findOne({ decimal: Decimal128.fromString('12.34') })).toEqual(doc)
    expect(await all.countDocuments({ long: { $gt: Long.fromString('9007199254740992') } })).toBe(1)
  })

  it('arrive in batches, in order, and a closed cursor is gone', async () => {
    const many = fresh()
    await many.insertMany(Array.from({ length: 1000 }, (_, i) => ({ _id: i as never, pad: 'x'.repeat(100) })))
    const seen = await many.find({}, { batchSize: 37 }).sort({ _id: -1 }).toArray()
    expect(seen.map(doc => doc._id as unknown)).toEqual(Array.from({ length: 1000 }, (_, i) => 999 - i))
    const { cursor } = await world.db.command({ find: many.collectionName, batchSize: 1 })
    await world.db.command({ killCursors: many.collectionName, cursors: [cursor.id] })
    const failure = await failureOf(world.db.command({ getMore: cursor.id, collection: many.collectionName }))
    expect(failure.code).toBe(43)
  })

  it('of 8 MB each come in a cursor that splits its batches', async () => {
    const large = fresh()
    for (let i = 0; i < 3; i++) await large.insertOne({ i, bytes: Buffer.alloc(8_000_000, i) })
    expect((await large.find().toArray()).map(doc => doc.i)).toEqual([0, 1, 2])
  })
})
