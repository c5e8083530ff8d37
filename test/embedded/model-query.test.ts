import { expect, it } from '@jest/globals'
import fc from 'fast-check'
import { BSON, type Collection, type Document } from 'mongodb'
import { projected } from './model-project.ts'
import { matches, orderDocuments, sorted } from './model-query.ts'
import { documents, indexes, query, type Query } from './query-arbitrary.ts'
import { scaled, seed, tell } from './scale.ts'
import { engineInMemory } from './support.ts'

const world = engineInMemory()

type Numbered = Document & { _id: number }

/** A document's bytes as the driver gives it back. */
const bytesOf = (doc: Document) =>
  Buffer.from(BSON.serialize(BSON.deserialize(BSON.serialize(doc)))).toString('hex')

const page = <T>(all: T[], { skip, limit }: Query) => all.slice(skip, limit ? skip + limit : undefined)

/** Documents whose order is decided by the sort keys alone, or in the end by `_id`. */
function expectAnswer(found: Numbered[], all: Numbered[], asked: Query, by: Document): void {
  const expected = page(all, asked)
  if (!asked.ties)
    return expect({ asked, ids: found.map(doc => doc._id) }).toEqual({
      asked,
      ids: expected.map(doc => doc._id),
    })
  expect({ asked, found: found.length }).toEqual({ asked, found: expected.length })
  const places = found.map(doc => all.findIndex(one => one._id === doc._id))
  expect(new Set(places).size).toBe(found.length)
  const ties = places.map((place, i) => orderDocuments(all[place] ?? {}, expected[i] ?? {}, by))
  expect({ asked, ties }).toEqual({ asked, ties: ties.map(() => 0) })
}

async function check(collection: Collection<Numbered>, held: Numbered[], asked: Query): Promise<void> {
  const { where, skip, limit, projection, ties } = asked
  const by = ties ? asked.by : { ...asked.by, _id: 1 }
  const all = sorted(
    held.filter(doc => matches(doc, where)),
    by,
  ) as Numbered[]
  const found = await collection.find(where as never, { sort: by as never, skip, limit }).toArray()
  expectAnswer(found, all, asked, by)
  if (ties || !Object.keys(projection).length) return
  const shown = await collection
    .find(where as never, { sort: by as never, skip, limit, projection })
    .toArray()
  const expected = page(all, asked).map(doc => bytesOf(projected(doc, projection)))
  expect({ asked, shown: shown.map(bytesOf) }).toEqual({ asked, shown: expected })
}

let run = 0
it('queries answer what the manual says, with indexes and without', async () => {
  const [runs, each] = [scaled(40, 2600), 40]
  await fc.assert(
    fc.asyncProperty(
      documents,
      indexes,
      fc.array(query, { minLength: each, maxLength: each }),
      async (docs, keys, queries) => {
        const bare = world.db.collection<Numbered>(`bare${++run}`)
        const indexed = world.db.collection<Numbered>(`indexed${run}`)
        for (const [key, options] of keys) await indexed.createIndex(key as never, options)
        const held = docs.map((doc, _id) => ({ _id, ...doc }))
        for (const collection of [bare, indexed]) await collection.insertMany(held)
        for (const collection of [bare, indexed])
          await Promise.all(queries.map(asked => check(collection, held, asked)))
        await Promise.all([bare.drop(), indexed.drop()])
      },
    ),
    { numRuns: runs, seed, endOnFailure: true },
  )
  tell(`${runs * each} random queries, each with indexes and without`)
})
