import { beforeAll, describe, expect, it } from '@jest/globals'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { MongoClient, type Db } from 'mongodb'
import { findRunning } from '../../server/embedded/lock.ts'
import { compiled, failureOf, onFolder, temporaryFolder } from './support.ts'

let child: string
beforeAll(() => {
  child = compiled('test/embedded/crash-child.ts')
})

/** Runs an engine in a process of its own while `work` goes on, then kills it with signal 9. */
async function killedDuring(
  directory: string,
  work: (db: Db, client: MongoClient) => Promise<void>,
): Promise<void> {
  const engine = spawn(process.execPath, [child, directory], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [uri] = await once(engine.stdout, 'data')
  const client = new MongoClient(String(uri), { serverSelectionTimeoutMS: 500, maxPoolSize: 16 })
  const busy = work(client.db('test'), client)
  await new Promise(resolve => setTimeout(resolve, 700))
  engine.kill('SIGKILL')
  await once(engine, 'exit')
  await busy
  await client.close(true)
}

describe('after kill -9', () => {
  it('everything acknowledged is there, and no transaction is there by half', async () => {
    const directory = temporaryFolder()
    const acknowledged = new Set<string>()
    for (let round = 0; round < 3; round++) {
      await killedDuring(directory, async (db, client) => {
        await db.collection('single').createIndex({ key: 1 }, { unique: true })
        const writer = async (name: string) => {
          for (let n = 0; ; n++) {
            const key = `${round}-${name}-${n}`
            await db.collection('single').insertOne({ key })
            acknowledged.add(key)
            await client.withSession(session =>
              session.withTransaction(async () => {
                await db.collection('left').insertOne({ key }, { session })
                await db.collection('right').insertOne({ key }, { session })
              }),
            )
          }
        }
        await Promise.allSettled(Array.from({ length: 16 }, (_, i) => writer(`w${i}`)))
      })
      await onFolder(directory, async db => {
        const keys = async (name: string) =>
          new Set((await db.collection(name).find().toArray()).map(doc => doc.key as string))
        const [single, left, right] = await Promise.all(['single', 'left', 'right'].map(keys))
        expect([...acknowledged].filter(key => !single?.has(key))).toEqual([])
        expect(left).toEqual(right)
        expect((await failureOf(db.collection('single').insertOne({ key: [...acknowledged][0] }))).code).toBe(
          11000,
        )
      })
    }
    expect(acknowledged.size).toBeGreaterThan(100)
  })

  it('what a write of several documents said it did is there, no more than once', async () => {
    const directory = temporaryFolder()
    const rounds = new Map<string, number>()
    const ten = Array.from({ length: 10 }, (_, place) => place)
    await killedDuring(directory, async db => {
      const docs = db.collection('docs')
      const writer = async (name: string) => {
        for (let round = 1; ; round++) {
          const { insertedCount } = await docs.insertMany(ten.map(place => ({ name, round, place, n: 0 })))
          const { modifiedCount } = await docs.updateMany({ name, round }, { $inc: { n: 1 } })
          const bulk = await docs.bulkWrite(
            ten.map(place => ({ updateOne: { filter: { name, round, place }, update: { $inc: { n: 1 } } } })),
          )
          const { deletedCount } = await docs.deleteMany({ name, round, place: 9 })
          expect([insertedCount, modifiedCount, bulk.modifiedCount, deletedCount]).toEqual([10, 10, 10, 1])
          rounds.set(name, round)
        }
      }
      await Promise.allSettled(Array.from({ length: 8 }, (_, i) => writer(`w${i}`)))
    })
    await onFolder(directory, async db => {
      const docs = db.collection('docs')
      for (const [name, round] of rounds) {
        const filter = { name, round: { $lte: round } }
        expect(await docs.countDocuments(filter)).toBe(9 * round)
        expect(await docs.countDocuments({ ...filter, n: 2 })).toBe(9 * round)
      }
      expect(await docs.countDocuments({ n: { $gt: 2 } })).toBe(0)
    })
    expect(rounds.size).toBe(8)
  })
})

it('a folder has one engine at a time, which can be found, and one that died holds nothing', async () => {
  const directory = temporaryFolder()
  await onFolder(directory, async (_db, engine) => {
    expect(await findRunning(directory)).toEqual({ uri: engine.uri })
    const failure = await failureOf(onFolder(directory, async () => {}))
    expect(failure).toMatchObject({ code: 'EMBEDDED_LOCKED' })
    expect(failure.message).toContain(String(process.pid))
  })
  expect(await findRunning(directory)).toBeUndefined()
  await killedDuring(directory, async () => {})
  expect(existsSync(join(directory, 'lock'))).toBe(true)
  expect(await findRunning(directory)).toBeUndefined()
  await onFolder(directory, async () => {})
})
