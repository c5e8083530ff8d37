import { describe, expect, it } from '@jest/globals'
import { MongoClient, type Collection, type Document } from 'mongodb'
import { startProxy, type Fate } from '../support/cutting-proxy.ts'
import { seeded } from './random.ts'
import { scaled, tell } from './scale.ts'
import { engineInMemory } from './support.ts'

const world = engineInMemory()

interface Item {
  _id: number
  n: number
}

const items: Item[] = [
  { _id: 1, n: 0 },
  { _id: 2, n: 0 },
]

/** Each numbered write, and what it must have left when it was done exactly once. */
const writes: [
  name: string,
  command: string,
  run: (docs: Collection<Item>) => Promise<unknown>,
  left: Item[],
][] = [
  ['an insert', 'insert', docs => docs.insertOne({ _id: 3, n: 0 }), [...items, { _id: 3, n: 0 }]],
  [
    'an insert of several',
    'insert',
    docs => docs.insertMany([3, 4].map(_id => ({ _id, n: 0 }))),
    [...items, { _id: 3, n: 0 }, { _id: 4, n: 0 }],
  ],
  [
    'an update',
    'update',
    docs => docs.updateOne({ _id: 1 }, { $inc: { n: 1 } }),
    [
      { _id: 1, n: 1 },
      { _id: 2, n: 0 },
    ],
  ],
  [
    'a bulk of updates',
    'update',
    docs =>
      docs.bulkWrite([1, 1, 2].map(_id => ({ updateOne: { filter: { _id }, update: { $inc: { n: 1 } } } }))),
    [
      { _id: 1, n: 2 },
      { _id: 2, n: 1 },
    ],
  ],
  [
    'an upsert',
    'update',
    docs => docs.updateOne({ _id: 3 }, { $inc: { n: 1 } }, { upsert: true }),
    [...items, { _id: 3, n: 1 }],
  ],
  ['a deletion', 'delete', docs => docs.deleteOne({ n: 0 }), [{ _id: 2, n: 0 }]],
  [
    'a findOneAndUpdate',
    'findAndModify',
    docs => docs.findOneAndUpdate({ _id: 2 }, { $inc: { n: 1 } }),
    [
      { _id: 1, n: 0 },
      { _id: 2, n: 1 },
    ],
  ],
  ['a findOneAndDelete', 'findAndModify', docs => docs.findOneAndDelete({ n: 0 }), [{ _id: 2, n: 0 }]],
]

/** A client whose line breaks once, at the first command of a name. */
async function withBrokenLine<T>(
  command: string,
  fate: Fate,
  work: (client: MongoClient) => Promise<T>,
): Promise<T> {
  let broken = false
  const proxy = await startProxy(world.engine.uri, (sent: Document) => {
    if (broken || !(command in sent)) return 'passes'
    broken = true
    return fate
  })
  const client = new MongoClient(proxy.uri, { minHeartbeatFrequencyMS: 5 })
  try {
    return await work(client)
  } finally {
    await client.close()
    await proxy.close()
    expect(proxy.cuts).toBe(1)
  }
}

describe.each(['is lost', 'loses its answer'] as const)('when the line breaks and a command %s', fate => {
  it.each(writes)('%s is done once and answered as if nothing had been', async (name, command, run, left) => {
    const collection = `${name} that ${fate}`
    const docs = world.db.collection<Item>(collection)
    const undisturbed = world.db.collection<Item>(`${name} undisturbed`)
    for (const one of [docs, undisturbed]) {
      await one.deleteMany({})
      await one.insertMany(items)
    }
    const expected = await run(undisturbed)
    const answer = await withBrokenLine(command, fate, client =>
      run(client.db('test').collection(collection)),
    )
    expect(answer).toEqual(expected)
    expect(await docs.find().sort({ _id: 1 }).toArray()).toEqual(left)
  })

  it.each(['commitTransaction', 'update'])('a transaction broken at %s is committed once', async command => {
    const collection = `transaction ${fate} ${command}`
    const docs = world.db.collection<Item>(collection)
    await docs.insertMany(items)
    await withBrokenLine(command, fate, client =>
      client.withSession(session =>
        session.withTransaction(async () => {
          const own = client.db('test').collection<Item>(collection)
          for (const { _id } of items) await own.updateOne({ _id }, { $inc: { n: 1 } }, { session })
        }),
      ),
    )
    expect((await docs.find().toArray()).map(doc => doc.n)).toEqual([1, 1])
  })
})

seeded(
  'on a line that breaks again and again, every acknowledged increment has been made once',
  async random => {
    const fates: Fate[] = ['passes', 'passes', 'passes', 'passes', 'is lost', 'loses its answer']
    const breaking = await startProxy(world.engine.uri, command =>
      'update' in command || 'findAndModify' in command || 'commitTransaction' in command
        ? random.pick(fates)
        : 'passes',
    )
    const docs = world.db.collection<Item>('unsteady')
    await docs.insertMany(Array.from({ length: 8 }, (_, _id) => ({ _id, n: 0 })))
    const each = scaled(20, 300)
    const failed = await Promise.all(
      Array.from({ length: 8 }, (_, _id) => increments(breaking.uri, _id, each)),
    )
    const found = await docs.find().sort({ _id: 1 }).toArray()
    for (const [_id, { least, most }] of failed.entries()) {
      expect(found[_id]?.n).toBeGreaterThanOrEqual(least)
      expect(found[_id]?.n).toBeLessThanOrEqual(most)
    }
    expect(breaking.cuts).toBeGreaterThan(each / 2)
    tell(`${8 * each} increments over a line that broke ${breaking.cuts} times`)
    await breaking.close()
  },
)

/** Grows one counter in turn by every kind of write; a driver gives up when its second try fails too. */
async function increments(uri: string, _id: number, count: number) {
  const client = new MongoClient(uri, { minHeartbeatFrequencyMS: 5 })
  const docs = client.db('test').collection<Item>('unsteady')
  const grow = { $inc: { n: 1 } }
  const kinds = [
    () => docs.updateOne({ _id }, grow),
    () => docs.findOneAndUpdate({ _id }, grow),
    () =>
      client.withSession(session =>
        session.withTransaction(() => docs.updateOne({ _id }, grow, { session })),
      ),
  ]
  let [least, most] = [0, 0]
  for (let i = 0; i < count; i++) {
    most++
    const done = await (kinds[i % kinds.length] as () => Promise<unknown>)().then(
      () => true,
      () => false,
    )
    if (done) least++
  }
  await client.close()
  expect(least).toBeGreaterThan(count / 2)
  return { least, most }
}
