import { describe, expect } from '@jest/globals'
import { join } from 'node:path'
import type { Db, MongoClient } from 'mongodb'
import { startProcess, untilGone } from './engine-process.ts'
import { eventsOf, loseFromFirst, loseSomePages, unsynced } from './lost-pages.ts'
import { Random, seeded } from './random.ts'
import { scaled, tell } from './scale.ts'
import { onFolder, temporaryFolder } from './support.ts'

const writers = 16

/** Inserts documents and pairs of them, every other one with `j: true`; `keep` is told what was acknowledged so. */
async function journaledWriter(
  client: MongoClient,
  name: string,
  random: Random,
  keep: (key: string, journaled: boolean) => void,
): Promise<void> {
  const db = client.db('test')
  for (let n = 0; ; n++) {
    const journaled = n % 2 === 0
    const writeConcern = journaled ? { j: true } : { w: 1 }
    const [key, pad] = [`${name}-${n}`, 'x'.repeat(random.below(6000))]
    await client.withSession(session =>
      session.withTransaction(
        async () => {
          await db.collection('left').insertOne({ key, pad }, { session })
          await db.collection('right').insertOne({ key, pad }, { session })
        },
        { writeConcern },
      ),
    )
    keep(key, journaled)
    await db.collection('single').insertOne({ key, pad }, { writeConcern })
    keep(`s-${key}`, journaled)
  }
}

/** The keys that had to reach the disk before the engine was killed, and what it had left unsynced. */
async function killedWithJournal(directory: string, fsync: 'always' | 'interval', random: Random) {
  const journal = join(temporaryFolder(), 'journal')
  const engine = await startProcess({ directory, fsync, environment: { DISK_JOURNAL: journal } })
  const client = engine.client({ maxPoolSize: writers })
  const durable = new Set<string>()
  let left = random.between(writers, 500)
  const keep = (key: string, journaled: boolean) => {
    if (journaled || fsync === 'always') durable.add(key)
    if (--left === 0) void engine.kill()
  }
  await untilGone(
    Array.from({ length: writers }, (_, i) => journaledWriter(client, `w${i}`, new Random(i), keep)),
  )
  await engine.kill()
  const events = eventsOf(journal)
  expect(events.filter(event => event.kind === 'write').length).toBeGreaterThan(0)
  return { durable, lost: unsynced(events) }
}

async function examine(db: Db, durable: Set<string>): Promise<void> {
  const keys = async (name: string, prefix = '') =>
    (await db.collection(name).find().toArray()).map(doc => `${prefix}${doc.key as string}`)
  const [left, right, single] = await Promise.all([keys('left'), keys('right'), keys('single', 's-')])
  expect(left.toSorted()).toEqual(right.toSorted())
  const there = new Set([...left, ...single])
  expect([...durable].filter(key => !there.has(key))).toEqual([])
}

describe.each(['always', 'interval'] as const)('after a loss of power, with fsync %s', fsync => {
  const promised = fsync === 'always' ? 'every acknowledged write' : 'every write acknowledged with j: true'

  seeded(`${promised} is there when all is lost that no fsync had covered`, async random => {
    const rounds = scaled(1, 10)
    let kept = 0
    for (let round = 0; round < rounds; round++) {
      const directory = temporaryFolder()
      const { durable, lost } = await killedWithJournal(directory, fsync, random)
      for (const [file, extents] of lost) loseFromFirst(file, extents)
      await onFolder(directory, db => examine(db, durable))
      kept += durable.size
    }
    tell(`${rounds} losses of power with fsync ${fsync}: ${kept} writes that had to be there`)
  })

  seeded(`${promised} is there when only some of the pages since are lost`, async random => {
    const rounds = scaled(1, 10)
    let pages = 0
    for (let round = 0; round < rounds; round++) {
      const directory = temporaryFolder()
      const { durable, lost } = await killedWithJournal(directory, fsync, random)
      for (const [file, extents] of lost) pages += loseSomePages(file, extents, random)
      await onFolder(directory, db => examine(db, durable))
    }
    tell(`${rounds} losses of single pages with fsync ${fsync}: ${pages} pages`)
  })
})
