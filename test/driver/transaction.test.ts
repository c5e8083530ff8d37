import { describe, expect, it } from '@jest/globals'
import mongoose, { type ClientSession } from 'mongoose'
import { aDatabase, aName, atOnce, failureOf, type Thing } from './support.ts'

const connection = aDatabase()

const transaction = <T>(work: (session: ClientSession) => Promise<T>): Promise<T> =>
  connection.withSession(session => session.withTransaction(() => work(session)))

async function holding(...things: Thing[]) {
  const collection = connection.collection<Thing>(aName())
  await collection.insertMany(things)
  return collection
}

describe('a transaction', () => {
  it('answers what its work answers, and does all of it', async () => {
    const [a, b] = [await holding({ _id: 1 }), await holding({ _id: 1 })]
    const answer = await transaction(async session => {
      await a.insertOne({ _id: 2 }, { session })
      await b.deleteOne({ _id: 1 }, { session })
      return a.countDocuments({}, { session })
    })
    expect(answer).toBe(2)
    expect([await a.countDocuments(), await b.countDocuments()]).toEqual([2, 0])
  })

  it('whose work fails does nothing, and tells the failure', async () => {
    const things = await holding({ _id: 1, n: 1 })
    const failure = await failureOf(
      transaction(async session => {
        await things.updateOne({ _id: 1 }, { $set: { n: 2 } }, { session })
        await things.insertOne({ _id: 2 }, { session })
        throw new Error('on purpose')
      }),
    )
    expect(failure.message).toBe('on purpose')
    expect(await things.find().toArray()).toEqual([{ _id: 1, n: 1 }])
  })

  it('sees its own writes, and nobody else does before the end', async () => {
    const things = await holding({ _id: 1, n: 1 })
    await transaction(async session => {
      await things.updateOne({ _id: 1 }, { $inc: { n: 1 } }, { session })
      expect(await things.findOne({ n: 2 }, { session })).toEqual({ _id: 1, n: 2 })
      expect(await things.findOne({ _id: 1 })).toEqual({ _id: 1, n: 1 })
    })
    expect(await things.findOne({ _id: 1 })).toEqual({ _id: 1, n: 2 })
  })

  it('sees the database as it was at its first read', async () => {
    const things = await holding({ _id: 1, n: 1 }, { _id: 2, n: 1 })
    await transaction(async session => {
      await things.findOne({ _id: 1 }, { session })
      await things.updateMany({}, { $inc: { n: 10 } })
      await things.insertOne({ _id: 3, n: 1 })
      expect(await things.find({ n: 1 }, { session }).sort({ _id: 1 }).toArray()).toEqual([
        { _id: 1, n: 1 },
        { _id: 2, n: 1 },
      ])
    })
  })

  it('makes the collection that its first document needs', async () => {
    const fresh = connection.collection<Thing>(aName())
    await transaction(session => fresh.updateOne({ _id: 1 }, { $set: { n: 1 } }, { session, upsert: true }))
    expect(await fresh.find().toArray()).toEqual([{ _id: 1, n: 1 }])
  })

  it('of a model takes the session with each call', async () => {
    const Cadre = connection.model(
      aName(),
      new mongoose.Schema({ name: String, n: { type: Number, default: 0 } }),
    )
    await Cadre.createCollection()
    const id = await transaction(async session => {
      const [made] = await Cadre.create([{ name: '甲' }], { session })
      await Cadre.updateOne({ _id: made?._id }, { $inc: { n: 1 } }).session(session)
      const found = await Cadre.findOne({ name: '甲' }, { n: 1 }).session(session).lean()
      expect([found?.n, await Cadre.countDocuments()]).toEqual([1, 0])
      return made?._id
    })
    expect(await Cadre.findById(id).lean()).toMatchObject({ name: '甲', n: 1 })
    await connection.transaction(async session => {
      await Cadre.deleteMany({}, { session })
    })
    expect(await Cadre.countDocuments()).toBe(0)
  })
})

describe('of two transactions that write one document', () => {
  it('the later is told to try again', async () => {
    const things = await holding({ _id: 1, n: 0 })
    await connection.withSession(async session => {
      session.startTransaction()
      await things.findOne({ _id: 1 }, { session })
      await things.updateOne({ _id: 1 }, { $inc: { n: 1 } })
      const failure = await failureOf(things.updateOne({ _id: 1 }, { $inc: { n: 1 } }, { session }))
      expect(failure.code).toBe(112)
      expect(failure.hasErrorLabel?.('TransientTransactionError')).toBe(true)
      await session.abortTransaction()
    })
    expect(await things.findOne()).toEqual({ _id: 1, n: 1 })
  })

  it('both are done, one after the other, when they are run again', async () => {
    const things = await holding({ _id: 1, n: 0 })
    const add = (session: ClientSession) =>
      things.findOne({ _id: 1 }, { session }).then(async found => {
        await things.updateOne({ _id: 1 }, { $set: { n: Number(found?.n) + 1 } }, { session })
      })
    await atOnce(20, () => transaction(add))
    expect(await things.findOne()).toEqual({ _id: 1, n: 20 })
  })

  it('a plain write waits for the transaction instead of failing', async () => {
    const things = await holding({ _id: 1, n: 0 })
    await connection.withSession(async session => {
      session.startTransaction()
      await things.updateOne({ _id: 1 }, { $inc: { n: 1 } }, { session })
      const plain = things.updateOne({ _id: 1 }, { $inc: { n: 10 } })
      await session.commitTransaction()
      await plain
    })
    expect(await things.findOne()).toEqual({ _id: 1, n: 11 })
  })
})

it('what is moved between accounts is never lost, whoever looks', async () => {
  const accounts = await holding(...Array.from({ length: 5 }, (_, _id) => ({ _id, n: 100 })))
  const sum = async (session?: ClientSession) =>
    (await accounts.find({}, { session }).toArray()).reduce((all, { n }) => all + Number(n), 0)
  await atOnce(60, i =>
    transaction(async session => {
      await accounts.updateOne({ _id: i % 5 }, { $inc: { n: -i } }, { session })
      expect(await sum(session)).toBe(500 - i)
      await accounts.updateOne({ _id: (i + 1 + (i % 4)) % 5 }, { $inc: { n: i } }, { session })
    }),
  )
  expect(await sum()).toBe(500)
})

it('first transactions that upsert one key at once make one document, and one that loses runs again', async () => {
  const things = connection.collection<{ cadre: number; days: string[] }>(aName())
  await things.createIndex({ cadre: 1 }, { unique: true })
  const mark = (day: string) =>
    transaction(session =>
      things.updateOne({ cadre: 1 }, { $addToSet: { days: day } }, { session, upsert: true }),
    )
  const again = (day: string) =>
    mark(day).catch((error: { code: number }) => (error.code === 11000 ? mark(day) : Promise.reject(error)))
  await atOnce(10, i => again(`day ${i}`))
  const [only, ...more] = await things.find().toArray()
  expect([only?.days.length, more]).toEqual([10, []])
})

it('a commit that is asked for again does nothing more; an end that is asked for too late fails', async () => {
  const things = await holding({ _id: 1, n: 0 })
  await connection.withSession(async session => {
    session.startTransaction()
    await things.updateOne({ _id: 1 }, { $inc: { n: 1 } }, { session })
    await session.commitTransaction()
    await session.commitTransaction()
    await expect(session.abortTransaction()).rejects.toThrow(
      'Cannot call abortTransaction after calling commit',
    )
  })
  expect(await things.findOne()).toEqual({ _id: 1, n: 1 })
})
