import { afterAll, beforeAll, expect, it } from '@jest/globals'
import mongoose, { type Connection } from 'mongoose'
import { engineInMemory } from './support.ts'

const world = engineInMemory()
let connection: Connection
beforeAll(async () => {
  connection = await mongoose.createConnection(world.engine.uri, { dbName: 'mongoose' }).asPromise()
})
afterAll(() => connection.close())

function model(name: string) {
  const schema = new mongoose.Schema({
    name: { type: String, unique: true },
    n: { type: Number, default: 0 },
  })
  return connection.model(name, schema)
}

it('mongoose’s transaction runs again when another has written what it has read, and is done once', async () => {
  const Counter = model('Counter')
  await Counter.init()
  const counter = await Counter.create({ name: 'one' })
  let runs = 0
  await connection.transaction(async session => {
    const found = await Counter.findById(counter._id).session(session)
    if (++runs === 1) await Counter.updateOne({ _id: counter._id }, { $inc: { n: 10 } })
    if (found) await found.set({ n: found.n + 1 }).save({ session })
  })
  expect(runs).toBe(2)
  expect((await Counter.findById(counter._id))?.n).toBe(11)
})

it('mongoose’s withTransaction runs again after a conflict', async () => {
  const Counter = model('Again')
  const { _id } = await Counter.create({ name: 'two' })
  let runs = 0
  await connection.withSession(session =>
    session.withTransaction(async () => {
      await Counter.findById(_id).session(session)
      if (++runs === 1) await Counter.updateOne({ _id }, { $inc: { n: 10 } })
      await Counter.updateOne({ _id }, { $inc: { n: 1 } }).session(session)
    }),
  )
  expect(runs).toBe(2)
  expect((await Counter.findById(_id))?.n).toBe(11)
})

it('a transaction of mongoose that throws leaves nothing, and its documents are new again', async () => {
  const Counter = model('Thrown')
  await Counter.init()
  const doc = new Counter({ name: 'three' })
  const failing = connection.transaction(async session => {
    await doc.save({ session })
    throw new Error('changed its mind')
  })
  await expect(failing).rejects.toThrow('changed its mind')
  expect(await Counter.countDocuments()).toBe(0)
  expect(doc.isNew).toBe(true)
  await doc.save()
  expect(await Counter.countDocuments()).toBe(1)
})

it('32 transactions of mongoose at once on one document are each done once', async () => {
  const Counter = model('Crowd')
  const { _id } = await Counter.create({ name: 'four' })
  await Promise.all(
    Array.from({ length: 32 }, () =>
      connection.transaction(async session => {
        const found = await Counter.findById(_id).session(session).orFail()
        await found.set({ n: found.n + 1 }).save({ session })
      }),
    ),
  )
  expect((await Counter.findById(_id))?.n).toBe(32)
})
