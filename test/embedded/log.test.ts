import { describe, expect, it } from '@jest/globals'
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import type { Document } from 'mongodb'
import { Sessions } from '../../server/embedded/command/session.ts'
import { openEngine } from '../../server/embedded/engine.ts'
import { Files } from '../../server/embedded/log/files.ts'
import { Store } from '../../server/embedded/storage/store.ts'
import { unpack } from '../../server/embedded/value/packed.ts'
import { failureOf, onFolder, temporaryFolder } from './support.ts'

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
    const halfHead = Buffer.from('RzF\x01abcd')
    for (const tail of [Buffer.alloc(300), Buffer.concat([halfHead, Buffer.alloc(300)]), halfHead]) {
      appendFileSync(log, tail)
      expect(await numbers(directory)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8])
    }
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

  it('that is damaged can be repaired: what stands before is in use again, the whole is kept', async () => {
    const { directory, log } = await filledFolder()
    const damaged = readFileSync(log)
    const place = Math.floor(damaged.length * 0.6)
    damaged[place] = (damaged[place] as number) ^ 4
    writeFileSync(log, damaged)
    const engine = await openEngine({ directory, port: 0, fsync: 'always', repair: true })
    await engine.stop()
    const kept = await numbers(directory)
    expect(kept.length).toBeGreaterThan(2)
    expect(kept).toEqual(Array.from({ length: kept.length }, (_, n) => n))
    expect(readFileSync(`${log}.damaged`)).toEqual(damaged)
  })

  it('of a later format is refused in plain words', async () => {
    const { directory, log } = await filledFolder()
    const { frameOf } = await import('../../server/embedded/log/frame.ts')
    const { encode } = await import('../../server/embedded/value/encode.ts')
    writeFileSync(log, frameOf([encode({ format: 99 })], false))
    expect((await failureOf(numbers(directory))).message).toContain('the data has format 99')
  })
})

it('compaction leaves a snapshot and a short log that hold the same, indexes and schema changes included', async () => {
  const { directory } = await filledFolder()
  const store = new Store()
  const files = new Files(directory, store, new Sessions(store), () => {})
  files.open('always')
  const docs = store.madeCollection('test', 'docs', {})
  const compacting = files.compact()
  for (let n = 10; n < 2000; n++) docs.insert({ n }, undefined)
  await compacting
  const first = [...docs.slots.values()][0]
  if (first?.doc) docs.replace(first, unpack(first.doc), undefined, undefined)
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

it('compaction that cannot begin its files leaves the old ones in use', async () => {
  const { directory } = await filledFolder()
  const store = new Store()
  const lines: string[] = []
  const files = new Files(directory, store, new Sessions(store), line => lines.push(line))
  files.open('always')
  mkdirSync(join(directory, 'log-1'))
  const docs = store.madeCollection('test', 'docs', {})
  docs.insert({ n: 10 }, undefined)
  await files.compact()
  docs.insert({ n: 11 }, undefined)
  await files.log.settled(true)
  expect(lines.join()).toContain('compaction failed')
  expect(await numbersOfCopy(directory)).toHaveLength(12)
  await files.compact()
  await files.close()
  expect(readdirSync(directory).sort()).toEqual(['log-1', 'snapshot-1'])
  expect(await numbers(directory)).toHaveLength(12)
})

it('a document that updates make deeper and deeper is refused before it could not be read again', async () => {
  const directory = temporaryFolder()
  const nested = (levels: number) => {
    let doc: Document = { end: 1 }
    for (let level = 1; level < levels; level++) doc = { a: doc }
    return doc
  }
  const path = Array.from({ length: 60 }, () => 'a').join('.')
  await onFolder(directory, async db => {
    const docs = db.collection<{ _id: number }>('docs')
    await docs.insertOne({ _id: 1, ...nested(60) })
    await docs.findOneAndUpdate({ _id: 1 }, { $set: { [path]: nested(60) } })
    const deeper = docs.updateOne({ _id: 1 }, { $set: { [`${path}.${path}`]: nested(60) } })
    expect((await failureOf(deeper)).code).toBe(15)
  })
  expect(await onFolder(directory, db => db.collection('docs').countDocuments())).toBe(1)
})

/** What an engine would find after a crash at this moment. */
function numbersOfCopy(directory: string): Promise<number[]> {
  const copy = temporaryFolder()
  cpSync(directory, copy, { recursive: true })
  return numbers(copy)
}
