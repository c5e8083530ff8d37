import { describe, expect, it } from '@jest/globals'
import type { Document } from 'mongodb'
import { engineInMemory } from './support.ts'

const world = engineInMemory()

describe('a query reads only what it must', () => {
  const examined = async (filter: Document, sort: Document = {}, limit = 0) => {
    const { executionStats } = await world.db
      .collection('seen')
      .find(filter)
      .sort(sort as never)
      .limit(limit)
      .explain('executionStats')
    return executionStats.totalDocsExamined as number
  }

  it('by _id, by a unique key, by a prefix, in a range, in a list, by the beginning of a text', async () => {
    const seen = world.db.collection('seen')
    await seen.insertMany(
      Array.from({ length: 1000 }, (_, i) => ({ _id: i as never, k: `k${i}`, g: i % 10, n: i })),
    )
    await seen.createIndex({ k: 1 }, { unique: true })
    await seen.createIndex({ g: 1, n: -1 })
    await seen.createIndex({ n: 1 }, { partialFilterExpression: { g: 3 }, name: 'partial' })
    expect(await examined({ _id: 5 })).toBe(1)
    expect(await examined({ k: 'k5' })).toBe(1)
    expect(await examined({ g: 3 })).toBe(100)
    expect(await examined({ g: 3, n: { $gte: 500, $lt: 600 } })).toBe(10)
    expect(await examined({ k: { $in: ['k1', 'k2', 'none'] } })).toBe(2)
    expect(await examined({ k: /^k99/ })).toBe(11)
    expect(await examined({ $or: [{ k: 'k1' }, { _id: 2 }] })).toBe(2)
    expect(await examined({ h: 1 })).toBe(1000)
  })

  it('in the order of an index, forward and backward, and stops at the limit', async () => {
    expect(await examined({ g: 3 }, { n: -1 }, 5)).toBe(5)
    expect(await examined({ g: 3 }, { n: 1 }, 5)).toBe(5)
    expect(await examined({}, { k: -1 }, 5)).toBe(5)
    expect(await examined({}, { _id: 1 }, 7)).toBe(7)
    const last = await world.db.collection('seen').find({ g: 3 }).sort({ n: -1 }).limit(2).toArray()
    expect(last.map(doc => doc.n)).toEqual([993, 983])
  })
})
