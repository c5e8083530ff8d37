import { expect, it } from '@jest/globals'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Collection } from 'mongodb'
import { findRunning } from '../../server/embedded/lock.ts'
import { startProcess, untilGone } from './engine-process.ts'
import { seeded } from './random.ts'
import { scaled, tell } from './scale.ts'
import { failureOf, onFolder, temporaryFolder } from './support.ts'

const ten = Array.from({ length: 10 }, (_, place) => place)

/** Inserts ten documents, changes them twice and deletes one, over and over; `done` is told of each turn that is over. */
async function bulkWriter(docs: Collection, name: string, done: (turn: number) => void): Promise<void> {
  for (let turn = 1; ; turn++) {
    const { insertedCount } = await docs.insertMany(ten.map(place => ({ name, turn, place, n: 0 })))
    const { modifiedCount } = await docs.updateMany({ name, turn }, { $inc: { n: 1 } })
    const bulk = await docs.bulkWrite(
      ten.map(place => ({ updateOne: { filter: { name, turn, place }, update: { $inc: { n: 1 } } } })),
    )
    const { deletedCount } = await docs.deleteMany({ name, turn, place: 9 })
    expect([insertedCount, modifiedCount, bulk.modifiedCount, deletedCount]).toEqual([10, 10, 10, 1])
    done(turn)
  }
}

seeded(
  'after kill -9, what a write of several documents said it did is there, no more than once',
  async random => {
    const rounds = scaled(1, 10)
    for (let round = 0; round < rounds; round++) {
      const directory = temporaryFolder()
      const engine = await startProcess({ directory })
      const docs = engine.client().db('test').collection('docs')
      await docs.createIndex({ name: 1, turn: 1 })
      const turns = new Map<string, number>()
      let left = random.between(8, 100)
      const busy = Array.from({ length: 8 }, (_, i) =>
        bulkWriter(docs, `w${i}`, turn => {
          turns.set(`w${i}`, turn)
          if (--left === 0) void engine.kill()
        }),
      )
      await untilGone(busy)
      await engine.kill()
      await onFolder(directory, async db => {
        const found = db.collection('docs')
        for (const [name, turn] of turns) {
          const filter = { name, turn: { $lte: turn } }
          expect(await found.countDocuments(filter)).toBe(9 * turn)
          expect(await found.countDocuments({ ...filter, n: 2 })).toBe(9 * turn)
        }
        expect(await found.countDocuments({ n: { $gt: 2 } })).toBe(0)
      })
    }
    tell(`${rounds} rounds of kill -9 under writes of several documents`)
  },
)

it('a folder has one engine at a time, which can be found, and one that died holds nothing', async () => {
  const directory = temporaryFolder()
  await onFolder(directory, async (_db, engine) => {
    expect(await findRunning(directory)).toEqual({ uri: engine.uri })
    const failure = await failureOf(onFolder(directory, async () => {}))
    expect(failure).toMatchObject({ code: 'EMBEDDED_LOCKED' })
    expect(failure.message).toContain(String(process.pid))
  })
  expect(await findRunning(directory)).toBeUndefined()
  const engine = await startProcess({ directory })
  await engine.kill()
  expect(existsSync(join(directory, 'lock'))).toBe(true)
  expect(await findRunning(directory)).toBeUndefined()
  await onFolder(directory, async () => {})
})
