import { describe, expect, it } from '@jest/globals'
import { Binary, Long, type ClientSession } from 'mongodb'
import { randomBytes } from 'node:crypto'
import { engineInMemory, failureOf, messageOf, sendRaw } from './support.ts'

const world = engineInMemory()

describe('a transaction', () => {
  it('reads one snapshot and its own writes, also through indexes, and shows nothing before its commit', async () => {
    const docs = world.db.collection('snapshot')
    await docs.createIndex({ v: 1 })
    await docs.insertMany([
      { _id: 1 as never, v: 1 },
      { _id: 2 as never, v: 2 },
    ])
    const values = async (session?: ClientSession) =>
      (
        await docs
          .find({ v: { $gte: 0 } }, { session })
          .sort({ v: 1 })
          .toArray()
      ).map(doc => doc.v)
    await world.client.withSession(async session => {
      session.startTransaction()
      expect(await values(session)).toEqual([1, 2])
      await docs.updateOne({ _id: 2 as never }, { $set: { v: 20 } })
      await docs.insertOne({ v: 30 })
      await docs.updateOne({ _id: 1 as never }, { $set: { v: 10 } }, { session })
      expect(await values(session)).toEqual([2, 10])
      expect(await values()).toEqual([1, 20, 30])
      await session.commitTransaction()
    })
    expect(await values()).toEqual([10, 20, 30])
  })

  it('that changes what another has changed since its snapshot is told to try again', async () => {
    const docs = world.db.collection('conflict')
    await docs.insertOne({ _id: 1 as never, v: 0 })
    await world.client.withSession(async session => {
      session.startTransaction()
      await docs.findOne({}, { session })
      await docs.updateOne({}, { $inc: { v: 1 } })
      const failure = await failureOf(docs.updateOne({}, { $inc: { v: 1 } }, { session }))
      expect(failure).toMatchObject({ code: 112 })
      expect(
        (failure as never as { hasErrorLabel(label: string): boolean }).hasErrorLabel(
          'TransientTransactionError',
        ),
      ).toBe(true)
      await session.abortTransaction()
    })
  })

  it('taken back leaves nothing, not even a unique key', async () => {
    const docs = world.db.collection('aborted')
    await docs.createIndex({ k: 1 }, { unique: true })
    await world.client.withSession(async session => {
      session.startTransaction()
      await docs.insertOne({ k: 'x' }, { session })
      const waiting = docs.insertOne({ k: 'x' })
      await session.abortTransaction()
      await waiting
    })
    expect(await docs.countDocuments()).toBe(1)
  })
})

it('a numbered write that is sent again, late or at once, is done once', async () => {
  const docs = world.db.collection('retried')
  await docs.insertOne({ _id: 1 as never, n: 0 })
  const lsid = { id: new Binary(randomBytes(16), 4) }
  const updates = [{ q: {}, u: { $inc: { n: 1 } } }]
  const message = messageOf({ update: 'retried', updates, lsid, txnNumber: Long.ONE, $db: 'test' })
  const send = () => sendRaw(world.engine.port, message)
  const replies = [...(await Promise.all([send(), send()])), await send()]
  expect(replies.map(reply => reply?.nModified)).toEqual([1, 1, 1])
  expect(await docs.findOne()).toMatchObject({ n: 1 })
})

it('a collection that an open transaction writes in is dropped or replaced only when that has ended', async () => {
  const { client, db } = world
  const [from, to] = [db.collection('renamed-from'), db.collection('renamed-to')]
  for (const docs of [from, to]) await docs.insertOne({ name: docs.collectionName })
  await client.withSession(async session => {
    session.startTransaction()
    await to.insertOne({ late: true }, { session })
    const renamed = from.rename('renamed-to', { dropTarget: true })
    const first = await Promise.race([renamed, new Promise(resolve => setTimeout(resolve, 50, 'waiting'))])
    expect(first).toBe('waiting')
    await session.commitTransaction()
    await renamed
  })
  expect((await to.find().toArray()).map(doc => doc.name as string)).toEqual(['renamed-from'])
})
