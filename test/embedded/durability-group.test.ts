import { expect, it } from '@jest/globals'
import { join } from 'node:path'
import { startProcess } from './engine-process.ts'
import { eventsOf, unsynced } from './lost-pages.ts'
import { scaled, tell } from './scale.ts'
import { temporaryFolder } from './support.ts'

/** An fsync takes this long, so that on a fast disk and a busy machine, too, others arrive meanwhile. */
const SYNC_MS = '20'

/** Inserts one document after another in several clients at once; answers how many fsyncs that took. */
async function syncsOf(clients: number, each: number, fsync: 'always' | 'interval'): Promise<number> {
  const journal = join(temporaryFolder(), 'journal')
  const directory = temporaryFolder()
  const engine = await startProcess({ directory, fsync, environment: { DISK_JOURNAL: journal, SYNC_MS } })
  const client = await engine.client({ maxPoolSize: clients }).connect()
  const docs = client.db('test').collection('docs')
  await docs.insertOne({ warm: true })
  const before = eventsOf(journal).filter(event => event.kind === 'sync').length
  await Promise.all(
    Array.from({ length: clients }, async () => {
      for (let n = 0; n < each; n++) await docs.insertOne({ n }, { writeConcern: { j: true } })
    }),
  )
  const events = eventsOf(journal)
  expect([...unsynced(events).values()].flat()).toEqual([])
  await engine.kill()
  return events.filter(event => event.kind === 'sync').length - before
}

it('commits that arrive together share one fsync, and each is covered by one before it is answered', async () => {
  const each = scaled(20, 200)
  const alone = await syncsOf(1, each, 'always')
  expect(alone).toBeGreaterThanOrEqual(each)
  const together = await syncsOf(32, each, 'always')
  expect(together).toBeLessThan((32 * each) / 2)
  tell(`${32 * each} commits of 32 clients took ${together} fsyncs; ${each} of one took ${alone}`)
})

it('j: true is on the disk before it is answered, also where commits are not', async () => {
  const each = scaled(20, 200)
  expect(await syncsOf(1, each, 'interval')).toBeGreaterThanOrEqual(each)
})

it('a slow disk holds up nobody where commits do not wait for it', async () => {
  const engine = await startProcess({
    directory: temporaryFolder(),
    fsync: 'interval',
    environment: { HOLD_SYNC: '1' },
  })
  const docs = engine.client({}).db('test').collection('docs')
  let journaled = false
  const held = docs.insertOne({ journaled }, { writeConcern: { j: true } }).then(() => (journaled = true))
  for (let n = 0; n < 50; n++) await docs.insertOne({ n })
  expect(await docs.countDocuments({ n: { $exists: true } })).toBe(50)
  expect(journaled).toBe(false)
  await engine.kill()
  await expect(held).rejects.toThrow()
})
