import { expect, it } from '@jest/globals'
import type { Call } from '../../server/embedded/command/call.ts'
import { Cursors } from '../../server/embedded/command/cursor.ts'
import { Sessions } from '../../server/embedded/command/session.ts'
import type { Slot } from '../../server/embedded/storage/slot.ts'
import { Store } from '../../server/embedded/storage/store.ts'
import { unpack, type Packed } from '../../server/embedded/value/packed.ts'
import { engineInMemory } from './support.ts'

const minute = 60_000
const later = (minutes: number) => Date.now() + minutes * minute

const world = engineInMemory()

const call = (command: object = {}) => ({ command, database: 'test' }) as Call
const next = (cursors: Cursors, id: unknown) =>
  cursors.next(call({ getMore: id, collection: 'docs', batchSize: 0 }))

it('a cursor that nobody has used for ten minutes is closed', async () => {
  const cursors = new Cursors()
  const { cursor } = cursors.first(call(), 'test.docs', [{ a: 1 }, { a: 2 }], { size: 1 })
  cursors.expire(later(9))
  expect((await next(cursors, cursor.id)).cursor.nextBatch).toHaveLength(1)
  const { cursor: second } = cursors.first(call(), 'test.docs', [{ a: 1 }, { a: 2 }], { size: 1 })
  cursors.expire(later(11))
  await expect(next(cursors, second.id)).rejects.toThrow('not found')
})

it('cursors opened and left are closed when they are too many, or hold too much', () => {
  const cursors = new Cursors()
  const open = (docs: object[]) => cursors.first(call(), 'test.docs', docs, { size: 0 }).cursor.id as unknown
  const two = [{ a: 1 }, { a: 2 }]
  const ids = Array.from({ length: 10_001 }, () => open(two))
  expect(cursors.kill(ids[0])).toBe(false)
  expect(cursors.kill(ids[1])).toBe(true)
  const million = Array.from({ length: 3_000_000 }, () => two[0] as object)
  open(million)
  const last = open(million)
  expect(cursors.kill(ids.at(-1))).toBe(false)
  expect(cursors.kill(last)).toBe(true)
})

it('a transaction left open for a minute is taken back, and a session is forgotten after half an hour', async () => {
  const store = new Store()
  const sessions = new Sessions(store)
  const docs = store.madeCollection('test', 'docs', {})
  const left = sessions.transaction('one', 1, true)
  docs.insert({ _id: 1 }, left)
  expect(() => docs.insert({ _id: 1 }, undefined)).toThrow('another transaction')
  sessions.expire(later(0.9))
  expect(left.ended).toBe(false)
  sessions.expire(later(1.1))
  expect(left.ended).toBe(true)
  expect(() => sessions.commit('one', 1)).toThrow('does not match any in-progress')
  docs.insert({ _id: 1 }, undefined)
  let runs = 0
  const run = () => Promise.resolve({ runs: ++runs })
  expect(await sessions.once('two', 1, run)).toEqual({ runs: 1 })
  sessions.expire(later(29))
  expect(await sessions.once('two', 1, run)).toEqual({ runs: 1 })
  sessions.expire(later(31))
  expect(await sessions.once('two', 1, run)).toEqual({ runs: 2 })
})

it('thousands of sessions and cursors left by a client disturb nobody', async () => {
  const docs = world.db.collection('left')
  await docs.insertMany(Array.from({ length: 300 }, (_, i) => ({ _id: i as never })))
  for (let round = 0; round < 20; round++)
    await Promise.all(
      Array.from({ length: 50 }, async () => {
        const session = world.client.startSession()
        await world.db.command({ find: 'left', batchSize: 2 }, { session })
      }),
    )
  expect(await docs.countDocuments()).toBe(300)
})

it('of a document that changes often an open snapshot keeps one old version', () => {
  const store = new Store()
  const sessions = new Sessions(store)
  const docs = store.madeCollection('test', 'docs', {})
  docs.insert({ _id: 1, n: 0 }, undefined)
  const reader = sessions.transaction('one', 1, true)
  const slot = [...docs.slots.values()][0] as Slot
  const change = (n: number) => docs.replace(slot, unpack(slot.doc as Packed), { _id: 1, n }, undefined)
  for (let n = 1; n <= 1000; n++) change(n)
  expect(slot.live().map(packed => unpack(packed).n as number)).toEqual([1000, 0])
  expect(unpack(slot.visible(reader) as Packed).n).toBe(0)
  expect(store.history.bytes).toBe((slot.doc as Packed).length)
  reader.abort()
  expect(slot.live()).toHaveLength(1)
  expect(store.history.bytes).toBe(0)
})

it('reads of the past end when too many bytes are kept for them', async () => {
  const session = world.client.startSession({ snapshot: true })
  const docs = world.db.collection<{ _id: number; n: number; pad: string }>('past')
  await docs.insertOne({ _id: 1, n: 0, pad: '' })
  const pad = 'x'.repeat(15_000_000)
  expect(await docs.findOne({ _id: 1 }, { session })).toMatchObject({ n: 0 })
  for (let n = 1; n < 25; n++) {
    await docs.replaceOne({ _id: 1 }, { n, pad })
    await world.client.withSession({ snapshot: true }, other => docs.findOne({}, { session: other }))
  }
  await expect(docs.findOne({ _id: 1 }, { session })).rejects.toMatchObject({ code: 246 })
  await session.endSession()
})
