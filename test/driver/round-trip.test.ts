import { describe, expect, it } from '@jest/globals'
import mongoose, { mongo, Types } from 'mongoose'
import { aDatabase, aName } from './support.ts'

const connection = aDatabase()
const { Mixed, ObjectId } = mongoose.Schema.Types

/** Stores a value through the driver and reads it again. */
async function returned(value: unknown, options: mongo.FindOptions = {}): Promise<unknown> {
  const collection = connection.collection(aName())
  await collection.insertOne({ value })
  return (await collection.findOne({}, options))?.value
}

describe('a value comes back as it was', () => {
  it.each<[string, unknown]>([
    ['a text of several scripts', '日知 ✓ 😀 e\u0301'],
    ['an empty text', ''],
    ['a text with a zero in it', 'a\u0000b'],
    ['a whole number', 42],
    ['a negative zero', -0],
    ['a fraction', 0.1],
    ['a number beyond 32 bits', 9_007_199_254_740_991],
    ['infinity', Number.POSITIVE_INFINITY],
    ['not a number', Number.NaN],
    ['true', true],
    ['null', null],
    ['a moment before 1970', new Date(-1)],
    ['a moment to the millisecond', new Date('2026-11-24T01:02:03.456Z')],
    ['an id', new Types.ObjectId()],
    ['an exact decimal with its zeros', Types.Decimal128.fromString('12.340')],
    ['a list of lists', [[1, 'a'], [], [[null]]]],
    ['an empty list', []],
    ['an empty document', {}],
    ['nested documents', { a: { b: { c: [{ d: 1 }] } } }],
    ['a regular expression', /北.?京/i],
    ['a UUID', new mongo.UUID()],
    ['a timestamp', new mongo.Timestamp({ t: 7, i: 3 })],
    ['the least and the greatest key', [new mongo.MinKey(), new mongo.MaxKey()]],
  ])('%s', async (_what, value) => {
    expect(await returned(value)).toEqual(value)
  })

  it('64 bits that a JavaScript number cannot hold', async () => {
    const long = mongo.Long.fromString('9007199254740993')
    expect(await returned(long)).toEqual(long)
    expect(await returned(2n ** 60n, { useBigInt64: true })).toBe(2n ** 60n)
  })

  it('bytes, with their subtype', async () => {
    const bytes = new mongo.Binary(Buffer.from([0, 1, 255]), 0x80)
    expect(await returned(bytes)).toEqual(bytes)
    const all = Buffer.from(Array.from({ length: 256 }, (_, i) => i))
    expect(await returned(all, { promoteBuffers: true })).toEqual(all)
  })

  it('fields in their order, whatever their names; what is undefined is left out', async () => {
    const collection = connection.collection(aName())
    const value = { z: 1, a: 2, 中文: 3, 'with space': 4, toString: 5, length: 6 }
    await collection.insertOne({ value, none: undefined }, { ignoreUndefined: true })
    const found = await collection.findOne({}, { projection: { _id: 0 } })
    expect(Object.keys(found?.value)).toEqual(['z', 'a', '中文', 'with space', 'toString', 'length'])
    expect(found).toEqual({ value })
  })
})

describe('a model’s document comes back as its schema says', () => {
  it('with a Map, bytes, decimals, bigints, subdocuments and lists of them', async () => {
    const schema = new mongoose.Schema({
      counts: { type: Map, of: Number },
      bytes: Buffer,
      price: mongoose.Schema.Types.Decimal128,
      large: BigInt,
      uuid: mongoose.Schema.Types.UUID,
      span: { type: new mongoose.Schema({ text: String, strong: Boolean }, { _id: false }), default: null },
      spans: { type: [[{ _id: false, text: { type: String, required: true } }]], default: undefined },
      owner: ObjectId,
    })
    const Thing = connection.model(aName(), schema)
    const uuid = '01234567-89ab-4def-8123-456789abcdef'
    const made = await Thing.create({
      counts: new Map([['甲', 1]]),
      bytes: Buffer.from('日知'),
      price: '0.10',
      large: 2n ** 60n,
      uuid,
      span: { text: 'a', strong: true },
      spans: [[{ text: 'b' }], []],
      owner: '6500000000000000000000aa',
    })
    const found = await Thing.findById(made._id).orFail()
    expect([...(found.counts ?? [])]).toEqual([['甲', 1]])
    expect(found.bytes?.toString()).toBe('日知')
    expect(found.price?.toString()).toBe('0.10')
    expect(found.large).toBe(2n ** 60n)
    expect(String(found.uuid)).toBe(uuid)
    expect(found.toObject({ flattenMaps: true })).toMatchObject({
      span: { text: 'a', strong: true },
      spans: [[{ text: 'b' }], []],
      owner: new Types.ObjectId('6500000000000000000000aa'),
    })
  })

  it('with empty objects where nothing is minimized, and without what its default leaves out', async () => {
    const schema = new mongoose.Schema(
      { body: { type: Mixed, required: true }, items: { type: [String], default: undefined }, note: String },
      { minimize: false },
    )
    const Thing = connection.model(aName(), schema)
    const { _id } = await Thing.create({ body: { empty: {}, list: [{}] } })
    expect(await Thing.findById(_id).lean()).toEqual({ _id, __v: 0, body: { empty: {}, list: [{}] } })
  })
})

it('a document of many megabytes comes back whole', async () => {
  const bytes = Buffer.alloc(12_000_000, 7)
  expect(Buffer.compare((await returned(bytes, { promoteBuffers: true })) as Buffer, bytes)).toBe(0)
})

it('a document above 16 MB is refused and nothing is kept of it', async () => {
  const collection = connection.collection(aName())
  await expect(collection.insertOne({ bytes: Buffer.alloc(17_000_000) })).rejects.toThrow()
  expect(await collection.countDocuments()).toBe(0)
})
