import { describe, expect, test } from '@jest/globals'
import type { Document } from 'mongodb'
import { checkArchive } from '../../server/cli/transfer/check.ts'
import { isEmpty, load } from '../../server/cli/transfer/target.ts'
import { failureOf } from './support.ts'
import { everything, restored, silent, transferBetweenEngines } from './transfer.ts'

const { source, target, aDatabase, archived } = transferBetweenEngines()

describe('a restore', () => {
  const aSource = async (docs: Document[], indexes: Document[] = []) => {
    const { place, db } = await aDatabase(source)
    await db.collection('docs').insertMany(docs)
    for (const { key, ...options } of indexes) await db.collection('docs').createIndex(key, options)
    return archived(place)
  }

  test('takes the place of everything, also of what the archive does not have', async () => {
    const file = await aSource([{ from: 'archive' }])
    const { place, db } = await aDatabase(target)
    await db.collection('docs').insertOne({ from: 'before' })
    await db.collection('other').insertOne({ from: 'before' })

    await restored(file, place)

    expect(
      await db
        .collection('docs')
        .find({}, { projection: { _id: 0 } })
        .toArray(),
    ).toEqual([{ from: 'archive' }])
    expect((await db.listCollections().toArray()).map(({ name }) => name)).toEqual(['docs'])
  })

  test('that fails in the middle leaves what was there, and nothing else', async () => {
    const file = await aSource([{ n: 1 }, { n: 2 }])
    const { place, db } = await aDatabase(target)
    await db.collection('docs').insertOne({ from: 'before' })
    const before = await everything(db)
    const contents = await checkArchive(file, silent)
    const [collection] = contents.collections
    const wrong = { ...contents, collections: [{ ...collection, checksum: 'another' } as never] }
    const noIndex = {
      ...contents,
      collections: [{ ...collection, indexes: [{ v: 2, key: { n: 'text' }, name: 'n_text' }] } as never],
    }
    const dies = () => {
      throw new Error('interrupted')
    }

    await failureOf(load({ file, contents: wrong, place, onProgress: silent }))
    await failureOf(load({ file, contents: noIndex, place, onProgress: silent }))
    await failureOf(load({ file, contents, place, onProgress: dies }))

    expect(await everything(db)).toEqual(before)
  })

  test('whose renaming fails puts everything back', async () => {
    const file = await aSource([{ from: 'archive' }])
    const { place, db } = await aDatabase(target)
    await db.collection('docs').insertOne({ from: 'before' })
    await db.collection('other').insertOne({ from: 'before' })
    const before = await everything(db)
    const renameCollection = place.db.renameCollection.bind(place.db)
    let renames = 0
    place.db.renameCollection = (...args: Parameters<typeof renameCollection>) =>
      ++renames === 3 ? Promise.reject(new Error('not now')) : renameCollection(...args)

    expect((await failureOf(restored(file, place))).message).toBe('not now')

    expect(renames).toBeGreaterThan(3)
    expect(await everything(db)).toEqual(before)
  })

  test('removes what one that was killed had left', async () => {
    const file = await aSource([{ from: 'archive' }])
    const { place, db } = await aDatabase(target)
    await db.collection('rizhi-coming-00000000-docs').insertOne({ half: true })

    expect(await isEmpty(place)).toBe(true)
    await restored(file, place)

    expect((await db.listCollections().toArray()).map(({ name }) => name)).toEqual(['docs'])
  })

  test('that was killed while renaming has left the old data whole, and nobody takes them for nothing', async () => {
    const file = await aSource([{ from: 'archive' }])
    const { place, db } = await aDatabase(target)
    await db.collection('rizhi-leaving-00000000-docs').insertOne({ from: 'before' })

    expect(await isEmpty(place)).toBe(false)
    expect((await checkArchive(await archived(place), silent)).documents).toBe(1)
    await restored(file, place)

    expect((await db.listCollections().toArray()).map(({ name }) => name)).toEqual(['docs'])
  })

  test('brings back what has expired meanwhile, for the server to remove', async () => {
    const file = await aSource([{ at: new Date(0) }], [{ key: { at: 1 }, expireAfterSeconds: 0 }])
    const { place, db } = await aDatabase(target)

    await restored(file, place)

    expect(await db.collection('docs').countDocuments()).toBe(1)
    expect((await db.collection('docs').indexes()).at(-1)).toMatchObject({ expireAfterSeconds: 0 })
  })
})
