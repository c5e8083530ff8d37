import { describe, expect, it } from '@jest/globals'
import { Decimal128, Long, ObjectId } from 'mongodb'
import { engineInMemory, failureOf } from './support.ts'

const world = engineInMemory()
let count = 0
const fresh = () => world.db.collection(`c${++count}`)

describe('the embedded database refuses by name', () => {
  it('a command that it has not', async () => {
    const failure = await failureOf(world.db.command({ mapReduce: 'x' }))
    expect(failure).toMatchObject({ code: 59, message: "no such command: 'mapReduce'" })
  })

  it.each([
    ['a query operator', { a: { $near: [1, 2] } }, '$near'],
    ['an unknown query operator', { a: { $nonsense: 1 } }, '$nonsense'],
    ['a top-level operator', { $text: { $search: 'x' } }, '$text'],
    ['a script', { $where: 'true' }, '$where'],
    ['an unknown expression', { $expr: { $nonsense: 1 } }, '$nonsense'],
  ])('%s', async (_what, filter, name) => {
    const filled = fresh()
    await filled.insertOne({ a: 1 })
    expect((await failureOf(filled.findOne(filter))).message).toContain(name)
  })

  it('an update operator, a pipeline stage, an accumulator, an index type, a field of a command', async () => {
    const one = fresh()
    await one.insertOne({ a: 1 })
    const failures = await Promise.all([
      failureOf(one.updateOne({}, { $nonsense: { a: 1 } } as never)),
      failureOf(one.aggregate([{ $out: 'x' }, { $limit: 1 }]).toArray()),
      failureOf(one.aggregate([{ $group: { _id: 1, a: { $nonsense: 1 } } }]).toArray()),
      failureOf(one.createIndex({ a: 'text' })),
      failureOf(one.find({}, { tailable: true }).toArray()),
      failureOf(one.find({}, { collation: { locale: 'en', strength: 4 } }).toArray()),
      failureOf(one.watch().next()),
    ])
    const names = ['$nonsense', '$out', '$nonsense', 'text', 'tailable', 'collation', '$changeStream']
    for (const [place, name] of names.entries()) expect(failures[place]?.message).toContain(name)
  })
})

describe('a unique index', () => {
  it('answers 11000 with MongoDB’s words, the pattern and the value', async () => {
    const people = fresh()
    const ref = new ObjectId()
    await people.createIndex({ name: 1, ref: -1 }, { unique: true })
    await people.insertOne({ name: '张三', ref })
    const failure = await failureOf(people.insertOne({ name: '张三', ref }))
    expect(failure).toMatchObject({
      code: 11000,
      keyPattern: { name: 1, ref: -1 },
      keyValue: { name: '张三', ref },
      message: `E11000 duplicate key error collection: test.${people.collectionName} index: name_1_ref_-1 dup key: { name: "张三", ref: ObjectId('${ref.toHexString()}') }`,
    })
  })

  it('holds for updates, for findAndModify and for the rest of an unordered bulk', async () => {
    const people = fresh()
    await people.createIndex({ k: 1 }, { unique: true })
    await people.insertMany([{ k: 1 }, { k: 2 }])
    expect((await failureOf(people.updateOne({ k: 1 }, { $set: { k: 2 } }))).code).toBe(11000)
    expect((await failureOf(people.findOneAndUpdate({ k: 1 }, { $inc: { k: 1 } }))).code).toBe(11000)
    const failure = await failureOf(
      people.insertMany([{ k: 2 }, { k: 3 }, { k: 3 }, { k: 4 }], { ordered: false }),
    )
    expect((failure.writeErrors as { index: number }[]).map(error => error.index)).toEqual([0, 2])
    expect(await people.countDocuments()).toBe(4)
  })

  it('sees numbers across types, null and missing as one, but not what a sparse or partial index leaves out', async () => {
    const people = fresh()
    await people.createIndex({ n: 1 }, { unique: true })
    await people.createIndex({ s: 1 }, { unique: true, sparse: true })
    await people.createIndex({ p: 1 }, { unique: true, partialFilterExpression: { live: true } })
    await people.insertMany([{ n: 1, p: 1, live: true }, { p: 1 }])
    expect((await failureOf(people.insertOne({ n: null }))).message).toContain('index: n_1')
    expect((await failureOf(people.insertOne({ n: Long.fromNumber(1) }))).code).toBe(11000)
    expect((await failureOf(people.insertOne({ n: Decimal128.fromString('1.00') }))).code).toBe(11000)
    expect((await failureOf(people.insertOne({ n: 2, p: 1, live: true }))).message).toContain('index: p_1')
    await people.insertOne({ n: Decimal128.fromString('1.000000000000000000000000000000001') })
  })

  it('cannot be made over documents that break it', async () => {
    const people = fresh()
    await people.insertMany([{ k: 1 }, { k: 1 }])
    expect((await failureOf(people.createIndex({ k: 1 }, { unique: true }))).code).toBe(11000)
    expect((await people.indexes()).map(index => index.name)).toEqual(['_id_'])
  })
})

describe('documents', () => {
  it('come back with every type as it was', async () => {
    const all = fresh()
    const doc = {
      _id: new ObjectId(),
      long: Long.fromString('9007199254740993'),
      decimal: Decimal128.fromString('12.340'),
      date: new Date(1_700_000_000_123),
      regex: /北京/i,
      nothing: null,
      list: [1, [2], { a: 1.5 }],
      text: '中文✓😀',
      __proto__: undefined,
    }
    await all.insertOne(doc)
    expect(await all.findOne({ decimal: Decimal128.fromString('12.34') })).toEqual(doc)
    expect(await all.countDocuments({ long: { $gt: Long.fromString('9007199254740992') } })).toBe(1)
  })

  it('arrive in batches, in order, and a closed cursor is gone', async () => {
    const many = fresh()
    await many.insertMany(Array.from({ length: 1000 }, (_, i) => ({ _id: i as never, pad: 'x'.repeat(100) })))
    const seen = await many.find({}, { batchSize: 37 }).sort({ _id: -1 }).toArray()
    expect(seen.map(doc => doc._id as unknown)).toEqual(Array.from({ length: 1000 }, (_, i) => 999 - i))
    const { cursor } = await world.db.command({ find: many.collectionName, batchSize: 1 })
    await world.db.command({ killCursors: many.collectionName, cursors: [cursor.id] })
    const failure = await failureOf(world.db.command({ getMore: cursor.id, collection: many.collectionName }))
    expect(failure.code).toBe(43)
  })

  it('of 8 MB each come in a cursor that splits its batches', async () => {
    const large = fresh()
    for (let i = 0; i < 3; i++) await large.insertOne({ i, bytes: Buffer.alloc(8_000_000, i) })
    expect((await large.find().toArray()).map(doc => doc.i)).toEqual([0, 1, 2])
  })
})

describe('an update', () => {
  it('reaches into arrays by $, $[] and $[name]', async () => {
    const one = fresh()
    await one.insertOne({
      items: [
        { id: 1, q: 1 },
        { id: 2, q: 2 },
        { id: 3, q: 3 },
      ],
    })
    await one.updateOne({}, { $set: { 'items.$[big].q': 10 } }, { arrayFilters: [{ 'big.id': { $gte: 2 } }] })
    await one.updateOne({ 'items.id': 1 }, { $inc: { 'items.$.q': 5 } })
    await one.updateOne({}, { $inc: { 'items.$[].q': 1 } })
    expect((await one.findOne())?.items.map((item: { q: number }) => item.q)).toEqual([7, 11, 11])
  })

  it('says whether it changed anything, and refuses to write one path twice or to change _id', async () => {
    const one = fresh()
    await one.insertOne({ _id: 1 as never, a: 1, b: { c: 1 } })
    expect(
      await one
        .updateOne({}, { $set: { a: 1, 'b.c': 1 }, $min: { a: 5 } } as never)
        .catch(error => error.code),
    ).toBe(40)
    expect(await one.updateOne({}, { $set: { a: 1, 'b.c': 1 } })).toMatchObject({
      matchedCount: 1,
      modifiedCount: 0,
    })
    expect((await failureOf(one.updateOne({}, { $set: { _id: 2 } } as never))).code).toBe(66)
    expect((await failureOf(one.updateOne({}, { $inc: { b: 1 } }))).code).toBe(14)
  })

  it('is refused where the result has no place: beyond 64 bits, in the middle of an array', async () => {
    const one = fresh()
    const before = { _id: 1 as never, big: Long.MAX_VALUE, list: [1, 2] }
    await one.insertOne(before)
    expect((await failureOf(one.updateOne({}, { $inc: { big: 1 } }))).code).toBe(2)
    expect((await failureOf(one.updateOne({}, { $rename: { 'list.0': 'first' } }))).code).toBe(2)
    expect(await one.findOne()).toEqual(before)
    expect((await failureOf(one.find().skip(-1).toArray())).code).toBe(2)
  })

  it('that changes only the type or the digits of a number changes it', async () => {
    const one = fresh()
    await one.insertOne({ _id: 1 as never, price: 5, in: { price: 5 } })
    const decimal = (digits: string) => ({ price: Decimal128.fromString(digits) })
    await one.updateOne({}, { $set: { in: decimal('5') } })
    expect((await one.findOne())?.in).toEqual(decimal('5'))
    await one.replaceOne({}, decimal('5.0'))
    expect(await one.updateOne({}, { $set: decimal('5.00') })).toMatchObject({ modifiedCount: 1 })
    expect(await one.findOne()).toEqual({ _id: 1, ...decimal('5.00') })
    expect(await one.replaceOne({}, decimal('5.00'))).toMatchObject({ modifiedCount: 0 })
  })

  it('takes a pipeline', async () => {
    const one = fresh()
    await one.insertOne({ a: 2, b: 3, gone: 1 })
    await one.updateOne({}, [{ $set: { sum: { $add: ['$a', '$b'] } } }, { $unset: 'gone' }])
    expect(await one.findOne({}, { projection: { _id: 0 } })).toEqual({ a: 2, b: 3, sum: 5 })
  })
})

describe('an aggregation', () => {
  it('groups, sorts, joins, unwinds and projects', async () => {
    const [cadres, points] = [fresh(), fresh()]
    await cadres.insertMany([
      { _id: 1 as never, name: '甲', tags: ['a', 'b'] },
      { _id: 2 as never, name: '乙', tags: [] },
    ])
    await points.insertMany([
      { cadre: 1, n: 5 },
      { cadre: 1, n: 7 },
      { cadre: 2, n: Decimal128.fromString('0.1') },
      { cadre: 2, n: Decimal128.fromString('0.2') },
    ])
    const totals = await points
      .aggregate([{ $group: { _id: '$cadre', total: { $sum: '$n' } } }, { $sort: { _id: 1 } }])
      .toArray()
    expect(totals).toEqual([
      { _id: 1, total: 12 },
      { _id: 2, total: Decimal128.fromString('0.3') },
    ])
    const joined = await cadres
      .aggregate([
        { $unwind: '$tags' },
        { $lookup: { from: points.collectionName, localField: '_id', foreignField: 'cadre', as: 'points' } },
        { $project: { _id: 0, label: { $concat: ['$name', '$tags'] }, most: { $max: '$points.n' } } },
      ])
      .toArray()
    expect(joined).toEqual([
      { label: '甲a', most: 7 },
      { label: '甲b', most: 7 },
    ])
  })

  it('puts days of Shanghai and the edges of buckets where they belong', async () => {
    const days = fresh()
    await days.insertMany([0, 4, 5, 9].map(i => ({ i, at: new Date('2026-01-01T17:00:00Z') })))
    const [day] = await days
      .aggregate([
        { $limit: 1 },
        {
          $project: {
            _id: 0,
            start: { $dateTrunc: { date: '$at', unit: 'day', timezone: 'Asia/Shanghai' } },
            text: { $dateToString: { date: '$at', format: '%Y-%m-%d', timezone: 'Asia/Shanghai' } },
          },
        },
      ])
      .toArray()
    expect(day).toEqual({ start: new Date('2026-01-01T16:00:00Z'), text: '2026-01-02' })
    const buckets = await days.aggregate([{ $bucket: { groupBy: '$i', boundaries: [0, 5, 10] } }]).toArray()
    expect(buckets).toEqual([
      { _id: 0, count: 2 },
      { _id: 5, count: 2 },
    ])
  })
})

it('a TTL index removes documents whose time is over', async () => {
  const engine = engineWithTtl
  const sessions = engine.db.collection('sessions')
  await sessions.createIndex({ until: 1 }, { expireAfterSeconds: 0 })
  await sessions.insertMany([
    { until: new Date(Date.now() - 1000) },
    { until: new Date(Date.now() + 60_000) },
    { until: 'never' },
  ])
  const others = engine.db.collection('others')
  const partialFilterExpression = { until: { $gt: new Date(1000) } }
  await others.createIndex({ until: 1 }, { expireAfterSeconds: 0, partialFilterExpression })
  await others.insertMany([{ until: new Date(500) }, { until: new Date(2000) }])
  while ((await sessions.countDocuments()) > 2) await new Promise(resolve => setTimeout(resolve, 20))
  expect(await sessions.countDocuments()).toBe(2)
  while ((await others.countDocuments()) > 1) await new Promise(resolve => setTimeout(resolve, 20))
  expect((await others.findOne())?.until).toEqual(new Date(500))
})
const engineWithTtl = engineInMemory({ expiryInterval: 50 })

it('an expression sees the document it is asked about, its own variables and the time of the command', async () => {
  const docs = fresh()
  await docs.insertMany([
    { _id: 1 as never, list: [1, 2], by: 10 },
    { _id: 2 as never, list: [3], by: 100 },
  ])
  const rows = await docs
    .aggregate([
      {
        $project: {
          scaled: { $map: { input: '$list', as: 'item', in: { $multiply: ['$$item', '$by'] } } },
          root: '$$ROOT.by',
          let: { $let: { vars: { double: { $add: ['$by', '$by'] } }, in: '$$double' } },
          now: '$$NOW',
          gone: '$$REMOVE',
        },
      },
    ])
    .toArray()
  const now = expect.any(Date)
  expect(rows).toEqual([
    { _id: 1, scaled: [10, 20], root: 10, let: 20, now },
    { _id: 2, scaled: [300], root: 100, let: 200, now },
  ])
  expect(await docs.countDocuments({ $expr: { $eq: [{ $size: '$list' }, '$_id'] } })).toBe(0)
  expect(await docs.countDocuments({ $expr: { $gt: [{ $size: '$list' }, '$_id'] } })).toBe(1)
  expect(Date.now() - Number(rows[0]?.now)).toBeLessThan(5000)
})
