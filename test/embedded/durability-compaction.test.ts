import { expect } from '@jest/globals'
import { readdirSync } from 'node:fs'
import type { Collection } from 'mongodb'
import { startProcess, untilGone, type EngineProcess } from './engine-process.ts'
import { seeded } from './random.ts'
import { scaled, tell } from './scale.ts'
import { onFolder, temporaryFolder } from './support.ts'

const documents = 12
const pad = 'x'.repeat(1_000_000)
/** By then every engine must have begun to compact. */
const mostVersions = 60

interface Versioned {
  _id: number
  version: number
  twin: number
  pad: string
}

/** Gives a document version after version; `acknowledged` holds the last one that the engine has answered. */
async function overwriter(docs: Collection<Versioned>, _id: number, acknowledged: Map<number, number>) {
  const first = acknowledged.get(_id) ?? 0
  for (let version = first + 1; version <= first + mostVersions; version++) {
    await docs.updateOne({ _id }, { $set: { version, twin: version, pad } }, { upsert: true })
    acknowledged.set(_id, version)
  }
}

const namesIn = (directory: string) =>
  readdirSync(directory)
    .filter(name => name !== 'lock')
    .sort()
    .join()

/** Writes until the engine has died of what it was started with, or has ended a compaction; says whether it died. */
async function writeUntilDead(
  engine: EngineProcess,
  directory: string,
  acknowledged: Map<number, number>,
): Promise<boolean> {
  const docs = engine.client().db('test').collection<Versioned>('docs')
  const before = namesIn(directory)
  let died = false
  void engine.ended.then(() => (died = true))
  await untilGone(Array.from({ length: documents }, (_, _id) => overwriter(docs, _id, acknowledged)))
  if (!died) expect(namesIn(directory)).not.toBe(before)
  await engine.kill()
  return died
}

async function examine(directory: string, acknowledged: Map<number, number>): Promise<void> {
  await onFolder(directory, async db => {
    const docs = db.collection<Versioned>('docs')
    expect((await docs.indexes()).map(index => index.name)).toEqual(['_id_', 'by-version'])
    const found = await docs.find().toArray()
    for (const { _id, version, twin } of found) {
      expect(twin).toBe(version)
      const last = acknowledged.get(_id) ?? 0
      expect(version).toBeGreaterThanOrEqual(last)
      expect(version).toBeLessThanOrEqual(last + 1)
      acknowledged.set(_id, version)
      expect(await docs.countDocuments({ version, _id }, { hint: 'by-version' })).toBe(1)
    }
    expect(found.length).toBeGreaterThanOrEqual(acknowledged.size)
  })
}

/** One compaction in a new folder, or one that goes on, with a death by the journal's means; says whether it died. */
async function round(
  directory: string,
  acknowledged: Map<number, number>,
  environment: Record<string, string>,
) {
  const engine = await startProcess({ directory, fsync: 'interval', environment })
  await engine.client().db('test').collection('docs').createIndex({ version: 1 }, { name: 'by-version' })
  const died = await writeUntilDead(engine, directory, acknowledged)
  await examine(directory, acknowledged)
  return died
}

seeded(
  'an engine killed before any step of a compaction has all that it acknowledged when it is opened again',
  async random => {
    const first = scaled(random.between(1, 6), 1)
    const steps = scaled(1, 10)
    let deaths = 0
    for (let step = first; step < first + steps; step++) {
      const died = await round(temporaryFolder(), new Map(), { KILL_AT_STEP: String(step) })
      if (died) deaths++
    }
    expect(deaths).toBe(steps)
    tell(`${deaths} deaths, one before each step of a compaction`)
  },
)

seeded(
  'killed at any moment of a compaction, again and again in one folder, it loses nothing',
  async random => {
    const directory = temporaryFolder()
    const acknowledged = new Map<number, number>()
    const rounds = scaled(1, 12)
    for (let i = 0; i < rounds; i++) {
      const delay = String(random.below(60))
      expect(await round(directory, acknowledged, { KILL_AFTER_STEP: delay })).toBe(true)
    }
    const versions = [...acknowledged.values()].reduce((sum, version) => sum + version, 0)
    tell(`${rounds} deaths in the midst of compactions, ${versions} acknowledged writes of 1 MB`)
  },
)
