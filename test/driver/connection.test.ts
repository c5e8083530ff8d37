import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import mongoose from 'mongoose'
import { shakyLine } from './shaky-line.ts'
import { asTheProduct, aDatabase, aName, atOnce, serverUri, type Thing } from './support.ts'

/** Looks at what happened over a connection that is never cut. */
const sure = aDatabase()
const line = shakyLine(serverUri)
const shaky = mongoose.createConnection()
beforeAll(async () => {
  await sure.asPromise()
  await shaky.openUri(line.uri, { ...asTheProduct, dbName: sure.name })
})
afterAll(() => shaky.close())

async function counter() {
  const name = aName()
  await sure.collection<Thing>(name).insertOne({ _id: 1, n: 0 })
  return {
    things: shaky.collection<Thing>(name),
    all: () => sure.collection<Thing>(name).find().sort({ _id: 1 }).toArray(),
  }
}

describe('the server', () => {
  it('says that it can run transactions', async () => {
    const hello = await sure.db?.admin().command({ hello: 1 })
    expect(Boolean(hello?.setName) || hello?.msg === 'isdbgrid').toBe(true)
    expect(hello?.logicalSessionTimeoutMinutes).toBeGreaterThan(0)
    expect(await sure.db?.admin().command({ buildInfo: 1 })).toMatchObject({
      version: expect.stringMatching(/^\d+\.\d+/),
    })
  })

  it('shows one client at once what another has written, whatever surety was asked for', async () => {
    const name = aName()
    for (const writeConcern of [{ w: 1 }, { w: 'majority' as const }, { w: 1, j: true }]) {
      const { insertedId } = await shaky.collection(name).insertOne({}, { writeConcern })
      expect(await sure.collection(name).findOne({ _id: insertedId })).not.toBeNull()
    }
  })

  it('serves many calls at once, each with its own answer', async () => {
    const things = sure.collection<Thing>(aName())
    await atOnce(200, i => things.insertOne({ _id: i, n: i * i }))
    const found = await atOnce(200, i => things.findOne({ _id: i }))
    expect(found.map(one => Number(one?.n))).toEqual(Array.from({ length: 200 }, (_, i) => i * i))
  })

  it('refuses a command nobody knows', async () => {
    await expect(sure.db?.command({ noSuchCommand: 1 })).rejects.toMatchObject({ code: 59 })
  })
})

describe('when the connection is cut', () => {
  const add = { $inc: { n: 1 } }

  it.each(['before', 'after'] as const)('%s the server’s answer, an update is done once', async when => {
    const { things, all } = await counter()
    line.cut(when, 'update')
    expect(await things.updateOne({ _id: 1 }, add)).toMatchObject({ matchedCount: 1, modifiedCount: 1 })
    expect(await all()).toEqual([{ _id: 1, n: 1 }])
  })

  it.each(['before', 'after'] as const)('%s the server’s answer, an insert is done once', async when => {
    const { things, all } = await counter()
    line.cut(when, 'insert')
    expect(await things.insertMany([{ _id: 2 }, { _id: 3 }])).toMatchObject({ insertedCount: 2 })
    expect(await all()).toEqual([{ _id: 1, n: 0 }, { _id: 2 }, { _id: 3 }])
  })

  it('findOneAndUpdate answers the same document once more', async () => {
    const { things, all } = await counter()
    line.cut('after', 'findAndModify')
    expect(await things.findOneAndUpdate({ _id: 1 }, add, { returnDocument: 'after' })).toEqual({
      _id: 1,
      n: 1,
    })
    expect(await all()).toEqual([{ _id: 1, n: 1 }])
  })

  it('a delete and an upsert say what they did', async () => {
    const { things, all } = await counter()
    line.cut('after', 'delete')
    expect(await things.deleteOne({ _id: 1 })).toMatchObject({ deletedCount: 1 })
    line.cut('after', 'update')
    expect(await things.updateOne({ _id: 5 }, add, { upsert: true })).toMatchObject({
      upsertedCount: 1,
      upsertedId: 5,
    })
    expect(await all()).toEqual([{ _id: 5, n: 1 }])
  })

  it('a find and an aggregation are asked again', async () => {
    const { things } = await counter()
    line.cut('after', 'find')
    expect(await things.findOne({ _id: 1 })).toEqual({ _id: 1, n: 0 })
    line.cut('before', 'aggregate')
    expect(await things.countDocuments()).toBe(1)
  })

  it.each(['before', 'after'] as const)(
    '%s the answer to a commit, the commit is sent again and holds once',
    async when => {
      const { things, all } = await counter()
      const commits = line.heard('commitTransaction')
      line.cut(when, 'commitTransaction')
      let runs = 0
      await shaky.withSession(session =>
        session.withTransaction(async () => {
          runs++
          await things.updateOne({ _id: 1 }, add, { session })
        }),
      )
      expect([runs, line.heard('commitTransaction') - commits]).toEqual([1, 2])
      expect(await all()).toEqual([{ _id: 1, n: 1 }])
    },
  )

  it('in the middle of a transaction, all of it runs again', async () => {
    const { things, all } = await counter()
    let runs = 0
    await shaky.withSession(session =>
      session.withTransaction(async () => {
        if (++runs === 1) line.cut('after', 'update')
        await things.insertOne({ _id: runs + 10 }, { session })
        await things.updateOne({ _id: 1 }, add, { session })
      }),
    )
    expect(runs).toBe(2)
    expect(await all()).toEqual([{ _id: 1, n: 1 }, { _id: 12 }])
  })
})

it('a transaction whose client leaves holds nobody up', async () => {
  const { things, all } = await counter()
  const lost = mongoose.createConnection()
  await lost.openUri(serverUri(), { ...asTheProduct, dbName: sure.name })
  const session = await lost.startSession()
  session.startTransaction()
  await lost.collection<Thing>(things.collectionName).updateOne({ _id: 1 }, { $inc: { n: 100 } }, { session })
  await lost.close()
  await things.updateOne({ _id: 1 }, { $inc: { n: 1 } })
  expect(await all()).toEqual([{ _id: 1, n: 1 }])
})
