import type { Db, MongoClient } from 'mongodb'
import { expect } from '@jest/globals'
import { failureOf } from './support.ts'
import type { Random } from './random.ts'

/** What has been acknowledged and what has been sent, of every round. */
export class Ledger {
  readonly acknowledged = { single: new Set<string>(), pair: new Set<string>() }
  readonly sent = { single: new Set<string>(), pair: new Set<string>() }
  /** How often each counter has been asked to grow, and how often it was acknowledged. */
  readonly counters = new Map<string, { sent: number; acknowledged: number }>()

  get writes(): number {
    const counted = [...this.counters.values()].reduce((sum, counter) => sum + counter.acknowledged, 0)
    return this.acknowledged.single.size + this.acknowledged.pair.size + counted
  }

  counter(name: string) {
    const counter = this.counters.get(name) ?? { sent: 0, acknowledged: 0 }
    this.counters.set(name, counter)
    return counter
  }
}

/** A document of the counters: `n` grows by one a write, and `pairs` in the transaction that inserts the pair. */
interface Counter {
  _id: string
  n: number
  pairs: number
}

const countersOf = (db: Db) => db.collection<Counter>('counters')

/** The collections and unique indexes that the writers use. */
export async function prepare(db: Db): Promise<void> {
  for (const name of ['single', 'left', 'right'])
    await db.collection(name).createIndex({ key: 1 }, { unique: true, name: 'by-key' })
}

/** Writes in every manner, one after another, until the engine is gone; `acknowledge` is called after each. */
export async function writer(
  client: MongoClient,
  ledger: Ledger,
  name: string,
  round: number,
  acknowledge: () => void,
): Promise<void> {
  const db = client.db('test')
  for (let n = 0; ; n++) {
    const key = `${round}-${name}-${n}`
    ledger.sent.single.add(key)
    await db.collection('single').insertOne({ key, pad: 'x'.repeat((n * 37) % 900) })
    ledger.acknowledged.single.add(key)
    acknowledge()
    await growCounter(db, ledger, name, n % 2 === 0)
    acknowledge()
    ledger.sent.pair.add(key)
    await insertPair(client, name, key)
    ledger.acknowledged.pair.add(key)
    acknowledge()
  }
}

async function growCounter(db: Db, ledger: Ledger, name: string, byUpdate: boolean): Promise<void> {
  const counter = ledger.counter(name)
  const grow = { $inc: { n: 1 }, $setOnInsert: { pairs: 0 } }
  counter.sent++
  if (byUpdate) await countersOf(db).updateOne({ _id: name }, grow, { upsert: true })
  else await countersOf(db).findOneAndUpdate({ _id: name }, grow, { upsert: true, returnDocument: 'after' })
  counter.acknowledged++
}

async function insertPair(client: MongoClient, name: string, key: string): Promise<void> {
  const db = client.db('test')
  await client.withSession(session =>
    session.withTransaction(async () => {
      await db.collection('left').insertOne({ key }, { session })
      await db.collection('right').insertOne({ key }, { session })
      await countersOf(db).updateOne({ _id: name }, { $inc: { pairs: 1 } }, { session })
    }),
  )
}

const keysOf = async (db: Db, name: string) =>
  (await db.collection(name).find().hint({ $natural: 1 }).toArray()).map(doc => doc.key as string)

/** Looks at what stands in the database after a crash. */
export async function examine(db: Db, ledger: Ledger): Promise<void> {
  const [single, left, right] = await Promise.all(['single', 'left', 'right'].map(name => keysOf(db, name)))
  const missing = (had: Set<string>, found: string[] = []) => {
    const there = new Set(found)
    return [...had].filter(key => !there.has(key))
  }
  expect(missing(ledger.acknowledged.single, single)).toEqual([])
  expect(missing(ledger.acknowledged.pair, left)).toEqual([])
  expect(missing(new Set(single), [...ledger.sent.single])).toEqual([])
  expect(missing(new Set(left), [...ledger.sent.pair])).toEqual([])
  expect(left?.toSorted()).toEqual(right?.toSorted())
  await examineCounters(db, ledger, left ?? [])
}

async function examineCounters(db: Db, ledger: Ledger, pairs: string[]): Promise<void> {
  const counters = new Map((await countersOf(db).find().toArray()).map(counter => [counter._id, counter]))
  for (const [name, { sent, acknowledged }] of ledger.counters) {
    const { n, pairs: counted } = counters.get(name) ?? { n: 0, pairs: 0 }
    expect(n).toBeGreaterThanOrEqual(acknowledged)
    expect(n).toBeLessThanOrEqual(sent)
    const own = pairs.filter(key => key.split('-')[1] === name)
    expect({ name, counted }).toEqual({ name, counted: own.length })
  }
}

/** A walk along each unique index and one over the documents must find the same, and the index still refuse. */
export async function examineIndexes(db: Db, random: Random): Promise<void> {
  for (const name of ['single', 'left', 'right']) {
    const along = await db
      .collection(name)
      .find({ key: { $gte: '' } })
      .hint('by-key')
      .toArray()
    const indexed = along.map(doc => doc.key as string)
    const held = await keysOf(db, name)
    expect(indexed).toEqual(held.toSorted())
    expect(new Set(held).size).toBe(held.length)
    if (!held.length) continue
    const again = db.collection(name).insertOne({ key: random.pick(held) })
    expect((await failureOf(again)).code).toBe(11000)
  }
}
