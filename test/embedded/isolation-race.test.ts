import { describe, expect, it } from '@jest/globals'
import { scaled, tell } from './scale.ts'
import { engineInMemory } from './support.ts'

const world = engineInMemory()
let made = 0

interface Keyed {
  k: string
  n: number
}

const fresh = () => world.db.collection<Keyed>(`races${++made}`)
const atOnce = <T>(count: number, work: (place: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, place) => work(place)))

describe('fifty at once', () => {
  const rounds = scaled(3, 100)

  it('that upsert one unique key make one document, in every way of upserting', async () => {
    for (let round = 0; round < rounds; round++) {
      const docs = fresh()
      await docs.createIndex({ k: 1 }, { unique: true })
      const grow = { $inc: { n: 1 } }
      await atOnce(50, async place => {
        if (place % 3 === 0) await docs.updateOne({ k: 'x' }, grow, { upsert: true })
        else if (place % 3 === 1) await docs.findOneAndUpdate({ k: 'x' }, grow, { upsert: true })
        else await docs.bulkWrite([{ updateOne: { filter: { k: 'x' }, update: grow, upsert: true } }])
      })
      expect(await docs.find().toArray()).toMatchObject([{ k: 'x', n: 50 }])
      await docs.drop()
    }
    tell(`${rounds} rounds of 50 upserts on one key`)
  })

  it('that do so in transactions make one document too, after retries', async () => {
    for (let round = 0; round < rounds; round++) {
      const docs = fresh()
      await docs.createIndex({ k: 1 }, { unique: true })
      await atOnce(50, () =>
        world.client.withSession(session =>
          session.withTransaction(() =>
            docs.updateOne({ k: 'x' }, { $inc: { n: 1 } }, { upsert: true, session }),
          ),
        ),
      )
      expect(await docs.find().toArray()).toMatchObject([{ k: 'x', n: 50 }])
      await docs.drop()
    }
    tell(`${rounds} rounds of 50 upserts on one key in transactions`)
  })

  it('that insert one unique key insert it once, and the others are told that it is there', async () => {
    for (let round = 0; round < rounds; round++) {
      const docs = fresh()
      await docs.createIndex({ k: 1 }, { unique: true })
      const codes = await atOnce(50, n =>
        docs.insertOne({ k: 'x', n }).then(
          () => 0,
          (error: { code: number }) => error.code,
        ),
      )
      expect(codes.toSorted((a, b) => a - b)).toEqual([0, ...Array.from({ length: 49 }, () => 11000)])
      expect(await docs.countDocuments()).toBe(1)
      await docs.drop()
    }
  })

  it('that take the last ten take ten', async () => {
    for (let round = 0; round < rounds; round++) {
      const docs = world.db.collection<{ left: number }>(`stock${round}`)
      await docs.insertOne({ left: 10 })
      const takes = await atOnce(50, () =>
        docs.findOneAndUpdate({ left: { $gt: 0 } }, { $inc: { left: -1 } }),
      )
      expect(takes.filter(Boolean)).toHaveLength(10)
      expect(await docs.findOne()).toMatchObject({ left: 0 })
      await docs.drop()
    }
  })
})

it('no update is lost between a read and a write in one transaction', async () => {
  const docs = world.db.collection<{ _id: number; n: number }>('read-write')
  await docs.insertOne({ _id: 1, n: 0 })
  const each = scaled(5, 200)
  await atOnce(32, async () => {
    for (let i = 0; i < each; i++)
      await world.client.withSession(session =>
        session.withTransaction(async () => {
          const found = await docs.findOne({ _id: 1 }, { session })
          await docs.updateOne({ _id: 1 }, { $set: { n: (found?.n ?? NaN) + 1 } }, { session })
        }),
      )
  })
  expect(await docs.findOne()).toEqual({ _id: 1, n: 32 * each })
  tell(`${32 * each} increments by reading and writing, none lost`)
})

it('no update is lost where each writer asks for the version that it has read', async () => {
  const docs = world.db.collection<{ _id: number; version: number; by: number[] }>('versioned')
  await docs.insertOne({ _id: 1, version: 0, by: [] })
  const each = scaled(5, 50)
  await atOnce(16, async writer => {
    for (let done = 0; done < each;) {
      const { version } = (await docs.findOne({ _id: 1 })) ?? { version: NaN }
      const update = { $set: { version: version + 1 }, $push: { by: writer } }
      done += (await docs.updateOne({ _id: 1, version }, update)).modifiedCount
    }
  })
  const end = await docs.findOne()
  expect(end?.version).toBe(16 * each)
  expect(end?.by).toHaveLength(16 * each)
})

// A snapshot is no more than that: MongoDB allows the same.
it('two transactions that read both documents may each change another one of them', async () => {
  const docs = world.db.collection<{ _id: number; onDuty: boolean }>('duty')
  await docs.insertMany([1, 2].map(_id => ({ _id, onDuty: true })))
  const sessions = [1, 2].map(_id => ({ _id, session: world.client.startSession() }))
  for (const { session } of sessions) {
    session.startTransaction()
    expect(await docs.countDocuments({ onDuty: true }, { session })).toBe(2)
  }
  for (const { _id, session } of sessions)
    await docs.updateOne({ _id }, { $set: { onDuty: false } }, { session })
  for (const { session } of sessions) {
    await session.commitTransaction()
    await session.endSession()
  }
  expect(await docs.countDocuments({ onDuty: true })).toBe(0)
})
