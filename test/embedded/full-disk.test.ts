import { describe, expect } from '@jest/globals'
import type { Collection, MongoClient } from 'mongodb'
import { limitFiles, startProcess } from './engine-process.ts'
import { seeded, type Random } from './random.ts'
import { scaled, tell } from './scale.ts'
import { failureOf, onFolder, temporaryFolder } from './support.ts'

const keys = async (docs: Collection) =>
  (await docs.find().sort({ key: 1 }).toArray()).map(doc => doc.key as number)

/** Inserts until there is no room; answers the keys that were acknowledged. */
async function fillUp(docs: Collection, from: number): Promise<{ acknowledged: number[]; refused: number }> {
  const acknowledged: number[] = []
  for (let key = from; ; key++)
    try {
      await docs.insertOne({ key, pad: 'x'.repeat(10_000) })
      acknowledged.push(key)
    } catch (error) {
      expect(error).toMatchObject({ code: 14031 })
      return { acknowledged, refused: key }
    }
}

/** Writes of every kind that need more room than there is. */
const tooLarge = (client: MongoClient, docs: Collection, pad: string): (() => Promise<unknown>)[] => [
  () => docs.updateOne({ key: 3 }, { $set: { pad } }),
  () => docs.findOneAndUpdate({ key: 4 }, { $set: { pad } }),
  () => docs.insertMany([{ key: -1, pad }]),
  () =>
    client.withSession(session =>
      session.withTransaction(async () => {
        await docs.insertOne({ key: -4 }, { session })
        await docs.insertOne({ key: -2, pad }, { session })
      }),
    ),
  () => docs.replaceOne({ key: -3 }, { key: -3, pad }, { upsert: true }),
  () => docs.bulkWrite([{ insertOne: { document: { key: -5, pad } } }]),
]

/** Fills a disk of so many KB, makes space, writes again and dies on the full disk. */
async function filledAndFreed(
  kilobytes: number,
  fsync: 'always' | 'interval',
  random: Random,
): Promise<number> {
  const directory = temporaryFolder()
  const engine = await startProcess({ directory, fsync, fileKilobytes: kilobytes })
  const client = await engine.client({ serverSelectionTimeoutMS: 2000 }).connect()
  const docs = client.db('test').collection('docs')
  await docs.createIndex({ key: 1 }, { unique: true })
  const expected: number[] = []
  for (let turn = 1; turn <= 2; turn++) {
    const { acknowledged, refused } = await fillUp(docs, (expected.at(-1) ?? -1) + 1)
    expect(acknowledged.length).toBeGreaterThan(20)
    expected.push(...acknowledged)
    const pad = 'y'.repeat(100_000 + random.below(50_000))
    for (const write of tooLarge(client, docs, pad))
      expect(await failureOf(write())).toMatchObject({ code: 14031 })
    expect(await keys(docs)).toEqual(expected)
    expect(await docs.countDocuments({ pad })).toBe(0)
    limitFiles(engine, 'unlimited')
    await docs.insertOne({ key: refused })
    expected.push(refused)
    limitFiles(engine, kilobytes * (turn + 1))
  }
  expect(await keys(docs)).toEqual(expected)
  await engine.kill()
  expect(await onFolder(directory, db => keys(db.collection('docs')))).toEqual(expected)
  return expected.length
}

const onLinux = process.platform === 'linux' ? describe : describe.skip

onLinux.each(['always', 'interval'] as const)('on a full disk, with fsync %s', fsync => {
  seeded(
    'a write fails and changes nothing; reads go on, and writes when there is space; a crash then loses nothing',
    async random => {
      const rounds = scaled(1, 6)
      let kept = 0
      for (let round = 0; round < rounds; round++)
        kept += await filledAndFreed(random.between(1400, 3000), fsync, random)
      tell(`${rounds * 2} full disks with fsync ${fsync}: ${kept} documents kept`)
    },
  )
})
