import { describe, expect, it } from '@jest/globals'
import { Decimal128 } from 'mongodb'
import { engineInMemory } from './support.ts'

const world = engineInMemory()
let count = 0
const fresh = () => world.db.collection(`aggregations${++count}`)

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

it('$slice with anything but numbers is an expression in a projection', async () => {
  const docs = world.db.collection('sliced')
  await docs.insertOne({ a: [1, 2, 3], z: 1 })
  const sliced = { _id: 0, r: { $slice: [{ $concatArrays: ['$a', [4]] }, -2] } }
  expect(await docs.aggregate([{ $project: sliced }]).toArray()).toEqual([{ r: [3, 4] }])
  expect(await docs.findOne({}, { projection: sliced })).toEqual({ r: [3, 4] })
  expect(await docs.findOne({}, { projection: { _id: 0, z: 0, a: { $slice: [1, 1] } } })).toEqual({ a: [2] })
})
