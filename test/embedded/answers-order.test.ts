import { beforeAll, describe, expect, it } from '@jest/globals'
import { BSONRegExp, Code, type Collection, type Document } from 'mongodb'
import { ascending, ascendingArrays } from './bson-values.ts'
import { engineInMemory, failureOf } from './support.ts'

const world = engineInMemory()

interface Valued {
  _id: number
  /** The row of the table. */
  row: number
  value?: unknown
}

/** Puts a table's values into a collection in an order that has nothing to do with theirs. */
async function filled(name: string, table: unknown[][], index?: Document): Promise<Collection<Valued>> {
  const docs = world.db.collection<Valued>(name)
  if (index) await docs.createIndex(index as never)
  const rows = table.flatMap((values, row) => values.map(value => ({ row, value })))
  const mixed = rows.map((one, i) => ({ _id: (i * 37) % rows.length, ...one }))
  await docs.insertMany(mixed.toSorted((a, b) => a._id - b._id))
  return docs
}

const rowsOf = async (docs: Collection<Valued>, filter: Document, direction: 1 | -1 = 1) =>
  (
    await docs
      .find(filter as never)
      .sort({ value: direction })
      .toArray()
  ).map(doc => doc.row)

/** The rows of a table, each as often as it has values. */
const rows = (table: unknown[][], wanted: (row: number) => boolean = () => true) =>
  table.flatMap((values, row) => (wanted(row) ? values.map(() => row) : []))

describe.each([
  ['without an index', undefined],
  ['with an index', { value: 1 }],
  ['with a descending index', { value: -1 }],
  ['with a compound index', { value: 1, row: -1 }],
])('BSON’s order holds %s', (how, index) => {
  let docs: Collection<Valued>
  beforeAll(async () => {
    docs = await filled(`order ${how}`, ascending, index)
  })

  it('in sorts, upward and downward', async () => {
    expect(await rowsOf(docs, {})).toEqual(rows(ascending))
    expect(await rowsOf(docs, {}, -1)).toEqual(rows(ascending).reverse())
  })

  it('in equality, which no type but a number’s shares with another', async () => {
    const wrong: unknown[] = []
    for (const [row, values] of ascending.entries())
      for (const value of values) {
        const found = await rowsOf(docs, { value: { $eq: value } })
        const expected = rows(ascending, one => one === row)
        if (String(found) !== String(expected)) wrong.push({ value, found, expected })
      }
    expect(wrong).toEqual([])
  })

  it('in ranges, which stay within the type', async () => {
    const wrong: unknown[] = []
    for (const [row, values] of ascending.entries())
      for (const value of values) {
        // MongoDB refuses a range of regular expressions.
        if (value instanceof BSONRegExp) continue
        for (const [operator, wanted] of Object.entries(ranges(row))) {
          const found = await rowsOf(docs, { value: { [operator]: value } })
          const expected = rows(ascending, wanted)
          if (String(found) !== String(expected)) wrong.push({ value, operator, found, expected })
        }
      }
    expect(wrong).toEqual([])
  })

  it('in the group and the distinct values that it makes', async () => {
    const groups = await docs.aggregate([{ $group: { _id: '$value' } }]).toArray()
    expect(groups).toHaveLength(ascending.length)
    expect(await docs.distinct('value')).toHaveLength(ascending.length)
  })
})

const typeOfRow = ascending.map(([value]) => bracketOf(value))

function bracketOf(value: unknown): string {
  const type = (value as { _bsontype?: string } | null)?._bsontype
  if (type && ['Int32', 'Double', 'Long', 'Decimal128'].includes(type)) return 'number'
  if (type === 'UUID') return 'Binary'
  return type ?? (value instanceof Date ? 'date' : value === null ? 'null' : typeof value)
}

/** Which rows each operator finds beside the value of a row. */
function ranges(row: number): Record<'$gt' | '$gte' | '$lt' | '$lte', (one: number) => boolean> {
  const within = (one: number) => typeOfRow[one] === typeOfRow[row]
  const nan = 2
  const compares = (one: number) => within(one) && (one === nan) === (row === nan)
  // Everything but itself is above the least key and below the greatest.
  const isLeast = typeOfRow[row] === 'MinKey'
  const isGreatest = typeOfRow[row] === 'MaxKey'
  return {
    $gt: one => (isLeast ? one !== row : compares(one) && one > row),
    $gte: one => isLeast || (compares(one) && one >= row),
    $lt: one => (isGreatest ? one !== row : compares(one) && one < row),
    $lte: one => isGreatest || (compares(one) && one <= row),
  }
}

it('a unique key is taken by every value that is equal to it, and by no other', async () => {
  const docs = world.db.collection<Valued>('unique')
  await docs.createIndex({ value: 1 }, { unique: true })
  for (const [row, [first, ...others]] of ascending.entries()) {
    await docs.insertOne({ _id: row, row, value: first })
    for (const [i, value] of others.entries())
      expect((await failureOf(docs.insertOne({ _id: 1000 * row + i + 1000, row, value }))).code).toBe(11000)
  }
  expect((await failureOf(docs.insertOne({ _id: -1, row: -1 }))).code).toBe(11000)
  expect(await docs.countDocuments()).toBe(ascending.length)
})

it('_id is as unique across the types of numbers', async () => {
  const docs = world.db.collection<{ _id: unknown }>('ids')
  const ids = ascending.filter(([first]) => !['BSONRegExp', 'undefined'].includes(bracketOf(first)))
  for (const [first, ...others] of ids) {
    await docs.insertOne({ _id: first })
    for (const _id of others) expect((await failureOf(docs.insertOne({ _id }))).code).toBe(11000)
  }
  expect(await docs.countDocuments()).toBe(ids.length)
})

it.each([
  ['without an index', undefined],
  ['with an index', { value: 1 }],
])('arrays are equal as whole values, and sort by their least or greatest item, %s', async (how, index) => {
  const docs = await filled(`arrays ${how}`, ascendingArrays, index)
  const last = ascendingArrays.length - 1
  for (const [row, values] of ascendingArrays.entries())
    for (const value of values) {
      const found = (await docs.find({ value: { $eq: value } }).toArray()).map(doc => doc.row)
      // An empty array is also the only item of the last one.
      const expected = rows(ascendingArrays, one => one === row || (row === 0 && one === last))
      expect({ value, found: found.toSorted((a, b) => a - b) }).toEqual({ value, found: expected })
    }
  // [1, 'a'] is upward a tie with [1] and downward one with ['a'].
  const tied = (found: number[], row: number, other: number) => found.map(one => (one === row ? other : one))
  expect(tied(await rowsOf(docs, {}), 3, 2)).toEqual([0, 1, 2, 2, 2, 4, 5, 6])
  expect(tied(await rowsOf(docs, {}, -1), 3, 5)).toEqual([6, 5, 5, 4, 2, 2, 1, 0])
})

it('a script with a scope comes after all without', async () => {
  const docs = await filled('scripts', [[new Code('a')], [new Code('z')], [new Code('a', { b: 1 })]])
  expect(await rowsOf(docs, {})).toEqual([0, 1, 2])
})
