import { beforeAll, describe, expect, it } from '@jest/globals'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  appendFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { MongoClient, type Db } from 'mongodb'
import { findRunning } from '../../server/embedded/lock.ts'
import { Files } from '../../server/embedded/log/files.ts'
import { Sessions } from '../../server/embedded/command/session.ts'
import { Store } from '../../server/embedded/storage/store.ts'
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
})

/** A folder that holds ten documents, one a frame, and an index. */
async function filledFolder(): Promise<{ directory: string; log: string }> {
  const directory = temporaryFolder()
  await onFolder(directory, async db => {
    await db.collection('docs').createIndex({ n: 1 }, { name: 'by-n' })
    for (let n = 0; n < 10; n++) await db.collection('docs').insertOne({ n })
  })
  return { directory, log: join(directory, 'log-0') }
}

const numbers = (directory: string) =>
  onFolder(directory, async db =>
    (await db.collection('docs').find().sort({ n: 1 }).toArray()).map(doc => doc.n as number),
  )

describe('a log', () => {
  it('whose tail a crash has cut short loses only that', async () => {
    const { directory, log } = await filledFolder()
    const { size } = statSync(log)
    truncateSync(log, size - 5)
    expect(await numbers(directory)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8])
    appendFileSync(log, Buffer.alloc(300))
    expect(await numbers(directory)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8])
  })

  it('with one bit changed anywhere is refused with the file and the offset, and stays as it is', async () => {
    const { directory, log } = await filledFolder()
    const sound = readFileSync(log)
    for (let i = 1; i <= 12; i++) {
      const damaged = Buffer.from(sound)
      const place = Math.floor((sound.length * i) / 13)
      damaged[place] = (damaged[place] as number) ^ 4
      writeFileSync(log, damaged)
      const failure = await failureOf(numbers(directory))
      expect(failure).toMatchObject({ code: 'EMBEDDED_DAMAGED', file: log })
      expect(failure.offset).toBeLessThanOrEqual(place)
      expect(readFileSync(log)).toEqual(damaged)
      expect(existsSync(join(directory, 'lock'))).toBe(false)
    }
    writeFileSync(log, sound)
    expect(await numbers(directory)).toHaveLength(10)
  })

  it('of a later format is refused in plain words', async () => {
    const { directory, log } = await filledFolder()
    const { frameOf } = await import('../../server/embedded/log/frame.ts')
    const { encode } = await import('../../server/embedded/value/document.ts')
    writeFileSync(log, frameOf([encode({ format: 99 })], false))
    expect((await failureOf(numbers(directory))).message).toContain('the data has format 99')
  })
})

it('compaction leaves a snapshot and a short log that hold the same, indexes and schema changes included', async () => {
  const { directory } = await filledFolder()
  const store = new Store()
  const files = new Files(directory, store, new Sessions(store), () => {})
  files.open('always')
  const docs = store.madeCollection('test', 'docs')
  const compacting = files.compact()
  for (let n = 10; n < 2000; n++) docs.insert({ n }, undefined)
  await compacting
  const first = [...docs.slots.values()][0]
  if (first) docs.replace(first, undefined, undefined)
  store.rename(store.create('test', 'before'), 'test', 'after')
  await files.close()
  expect(readdirSync(directory).sort()).toEqual(['log-1', 'snapshot-1'])
  expect(await numbers(directory)).toEqual(Array.from({ length: 1999 }, (_, i) => i + 1))
  await onFolder(directory, async db => {
    expect((await db.collection('docs').indexes()).map(index => index.name)).toEqual(['_id_', 'by-n'])
    expect((await db.listCollections().toArray()).map(collection => collection.name).sort()).toEqual([
      'after',
      'docs',
    ])
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
