import { expect, it } from '@jest/globals'
import { Long, type ClientSession, type Document } from 'mongodb'
import { engineInMemory, failureOf, messageOf, sendRaw } from './support.ts'

const world = engineInMemory()
let made = 0

/** A collection of five documents and a cursor on it that has read two of them. */
async function half(session?: ClientSession) {
  const docs = world.db.collection(`half${++made}`)
  await docs.insertMany(Array.from({ length: 5 }, (_, n) => ({ n })))
  const inside = (work?: ClientSession) => docs.find({}, { batchSize: 2, ...(work ? { session: work } : {}) })
  const open = async (work = session) => {
    const cursor = inside(work)
    await cursor.next()
    await cursor.next()
    return cursor
  }
  return { docs, open }
}

it('a cursor of a transaction reads on inside of it', async () => {
  await world.client.withSession(async session => {
    const { open, docs } = await half()
    session.startTransaction()
    const cursor = await open(session)
    await docs.deleteMany({ n: { $gt: 3 } })
    expect((await cursor.toArray()).map(({ n }) => n as number)).toEqual([2, 3, 4])
    await session.commitTransaction()
  })
})

it.each<[string, number, (session: ClientSession) => Promise<unknown>]>([
  ['after the commit, without a number', 50_740, session => session.commitTransaction()],
  ['after the abort, when it is gone', 43, session => session.abortTransaction()],
  [
    'in the next transaction',
    50_741,
    async session => {
      await session.commitTransaction()
      session.startTransaction()
      await world.db.collection('half').findOne({}, { session })
    },
  ],
])('a cursor of a transaction is not read on %s', async (_when, code, end) => {
  await world.client.withSession(async session => {
    const { open } = await half()
    session.startTransaction()
    const cursor = await open(session)
    await end(session)
    expect(await failureOf(cursor.next())).toMatchObject({ code })
    await session.abortTransaction().catch(() => {})
  })
})

it('a cursor from outside is not read on in a transaction, which ends by that', async () => {
  await world.client.withSession(async session => {
    const { open, docs } = await half()
    const cursor = await open(session)
    session.startTransaction()
    await docs.insertOne({ n: 9 }, { session })
    expect(await failureOf(cursor.next())).toMatchObject({ code: 50_739 })
    expect(await failureOf(session.commitTransaction())).toMatchObject({ code: 251 })
    expect(await docs.countDocuments({ n: 9 })).toBe(0)
  })
})

it('what is sent under the number of a committed transaction is told so, and not to try again', async () => {
  await world.client.withSession(async session => {
    const { open, docs } = await half()
    session.startTransaction()
    const cursor = await open(session)
    await docs.insertOne({ n: 9 }, { session })
    const common = {
      lsid: session.id,
      txnNumber: Long.fromNumber(
        (session as never as { serverSession: { txnNumber: number } }).serverSession.txnNumber,
      ),
      autocommit: false,
      $db: 'test',
    }
    await session.commitTransaction()
    const send = (command: Document) => sendRaw(world.engine.port, messageOf({ ...command, ...common }))
    for (const command of [
      { getMore: cursor.id, collection: docs.collectionName },
      { find: docs.collectionName },
    ]) {
      const reply = await send(command)
      expect(reply).toMatchObject({ ok: 0, code: 256, codeName: 'TransactionCommitted' })
      expect(reply?.errorLabels).toBeUndefined()
    }
  })
})
