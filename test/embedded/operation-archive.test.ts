import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { existsSync, statSync } from 'node:fs'
import { BSON, type Document } from 'mongodb'
import { refuseExisting, writeArchive } from '../../server/cli/transfer/archive.ts'
import { openPlace } from '../../server/cli/transfer/place.ts'
import { failureOf, onFolder, temporaryFolder } from './support.ts'
import { everything, restored, transferBetweenEngines } from './transfer.ts'

const { Binary, BSONRegExp, Decimal128, Double, Int32, Long, MaxKey, MinKey, ObjectId, Timestamp, UUID } =
  BSON
const { source, target, aDatabase, aFile, archived } = transferBetweenEngines()

const unusual = (): Document => ({
  double: new Double(5),
  wholes: [new Int32(5), Long.fromNumber(5), Long.fromString('9007199254740993')],
  decimal: Decimal128.fromString('1.10'),
  infinite: [Infinity, -Infinity, NaN, -0],
  binary: new Binary(Buffer.from('日知'), 0),
  own: new Binary(Buffer.from('x'), 128),
  uuid: new UUID('11111111-1111-4111-8111-111111111111'),
  dates: [new Date(0), new Date(-62_135_596_800_000), new Date(8.64e15)],
  pattern: new BSONRegExp('^村.*务$', 'im'),
  time: new Timestamp({ t: 5, i: 6 }),
  bounds: [new MinKey(), new MaxKey()],
  id: new ObjectId('aaaaaaaaaaaaaaaaaaaaaaaa'),
  nothing: null,
  empty: [{}, [], ''],
  nested: { a: { b: [{ c: [{ d: '深' }] }] } },
  'with.dot': 1,
})

describe('an archive', () => {
  test('brings back every type and every kind of index, also after a restart of the engine', async () => {
    const { place, db } = await aDatabase(source)
    const all = db.collection('all')
    await all.insertMany([unusual(), { _id: 'text' as never, ...unusual() }, { _id: { a: 1 } as never }])
    await all.insertOne({ large: '大'.repeat(5_000_000) })
    await all.createIndexes([
      { key: { 'nested.a': 1, id: -1 }, name: 'compound' },
      { key: { sparse: 1 }, sparse: true, unique: true },
      { key: { open: 1 }, unique: true, partialFilterExpression: { status: 'open' } },
      { key: { expiresAt: 1 }, expireAfterSeconds: 0 },
    ])
    await db.createCollection('empty')
    const file = await archived(place)
    const directory = temporaryFolder()

    await onFolder(directory, async (_, { uri }) => {
      const place = await openPlace(uri.replace('/?', '/test?'))
      await restored(file, place)
      await place.close()
    })

    await onFolder(directory, async again => {
      expect(await everything(again)).toEqual(await everything(db))
      await again.collection('all').insertOne({ open: 1, status: 'open' })
      const twice = again.collection('all').insertOne({ open: 1, status: 'open' })
      expect(await failureOf(twice)).toMatchObject({ code: 11000 })
    })
  })

  test('is the database again, whatever was in it', async () => {
    const value = fc.letrec(tie => ({
      value: fc.oneof(
        { maxDepth: 3 },
        fc.string({ unit: 'grapheme' }).filter(text => !text.includes('\0')),
        fc.integer(),
        fc.double(),
        fc.boolean(),
        fc.constant(null),
        fc.date({ noInvalidDate: true }),
        fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(Long.fromBigInt),
        fc.uint8Array({ maxLength: 50 }).map(bytes => new Binary(bytes)),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), tie('value'), { maxKeys: 4 }),
      ),
    })).value
    const collection = fc.array(value, { maxLength: 30 })
    await fc.assert(
      fc.asyncProperty(fc.array(collection, { minLength: 1, maxLength: 3 }), async collections => {
        const from = await aDatabase(source)
        const to = await aDatabase(target)
        for (const [i, values] of collections.entries()) {
          const own = await from.db.createCollection(`c${i}`)
          if (values.length > 0) await own.insertMany(values.map(value => ({ value })))
        }

        await restored(await archived(from.place), to.place)

        expect(await everything(to.db)).toEqual(await everything(from.db))
      }),
      { numRuns: 30 },
    )
  })

  test('holds one moment, whatever is written while it is made', async () => {
    const { place, db } = await aDatabase(source)
    const [left, right] = [db.collection('left'), db.collection('right')]
    const numbers = Array.from({ length: 5_000 }, (_, n) => ({ n, text: '一'.repeat(50) }))
    await left.insertMany(numbers.map(one => ({ ...one })))
    await right.insertMany(numbers.map(one => ({ ...one })))
    let writing = true
    const writer = (async () => {
      for (let n = 5_000; writing; n++) {
        await source.client.withSession(session =>
          session.withTransaction(async () => {
            await left.insertOne({ n }, { session })
            await right.insertOne({ n }, { session })
            await left.updateOne({ n: n - 5_000 }, { $set: { changed: n } }, { session })
            await right.updateOne({ n: n - 5_000 }, { $set: { changed: n } }, { session })
          }),
        )
      }
    })()

    const file = await archived(place)
    writing = false
    await writer
    const { place: copy, db: copied } = await aDatabase(target)
    await restored(file, copy)

    const of = (name: string) =>
      copied
        .collection(name)
        .find({}, { projection: { _id: 0 } })
        .sort({ n: 1 })
        .toArray()
    expect(await of('left')).toEqual(await of('right'))
    expect((await of('left')).length).toBeGreaterThanOrEqual(5_000)
  })

  test('is readable by its owner only, and never written over another file', async () => {
    const { place, db } = await aDatabase(source)
    await db.collection('docs').insertOne({ text: '日知' })

    const file = await archived(place)

    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(existsSync(`${file}.part`)).toBe(false)
    expect((await failureOf(refuseExisting(file))).message).toContain(file)
  })

  test('that cannot be finished leaves nothing behind', async () => {
    const file = aFile()
    async function* broken() {
      yield Buffer.from('x')
      throw new Error('the connection is gone')
    }

    expect((await failureOf(writeArchive(file, broken()))).message).toBe('the connection is gone')

    expect(existsSync(file) || existsSync(`${file}.part`)).toBe(false)
  })
})

test('a server that does not answer, stands alone or is no address is told in a sentence', async () => {
  expect((await failureOf(openPlace('http://example.org'))).message).toContain('mongodb://')
  expect((await failureOf(openPlace('mongodb://'))).message).toContain('mongodb://')
  expect((await failureOf(openPlace('mongodb://u:geheim@127.0.0.1:1/'))).message).toMatch(
    /127\.0\.0\.1:1(?!.*geheim)/,
  )
})
