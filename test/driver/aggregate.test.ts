import { beforeAll, describe, expect, it } from '@jest/globals'
import mongoose, { type PipelineStage, Types } from 'mongoose'
import { aDatabase } from './support.ts'

const connection = aDatabase()
const [first, second] = [new Types.ObjectId('65'.padEnd(24, '0')), new Types.ObjectId('66'.padEnd(24, '0'))]

const Entry = connection.model(
  'entries',
  new mongoose.Schema({
    cadre: mongoose.Schema.Types.ObjectId,
    cause: String,
    day: String,
    points: Number,
    at: Date,
    labels: { type: [String], default: undefined },
    topic: { type: String, default: null },
  }),
)

beforeAll(() =>
  Entry.insertMany([
    {
      cadre: first,
      cause: 'question',
      day: '2026-10-31',
      points: 5,
      at: '2026-10-31T16:30:00Z',
      labels: ['a', 'b'],
    },
    { cadre: first, cause: 'question', day: '2026-11-01', points: 3, at: '2026-11-01T01:00:00Z', topic: 't' },
    {
      cadre: first,
      cause: 'lesson',
      day: '2026-11-02',
      points: 2,
      at: '2026-11-02T01:00:00Z',
      labels: ['a'],
    },
    { cadre: second, cause: 'lesson', day: '2026-11-02', points: 2, at: '2026-11-02T15:59:59.999Z' },
  ]),
)

/** What a pipeline answers, without ids that nobody chose. */
const answers = (...pipeline: PipelineStage[]) => Entry.aggregate<Record<string, unknown>>(pipeline)
const byId: PipelineStage = { $sort: { _id: 1 } }

describe('an aggregation', () => {
  it('counts by a field, the most first and equal ones by their name', async () => {
    const counted: PipelineStage = { $group: { _id: '$cause', entries: { $sum: 1 } } }
    expect(await answers(counted, { $sort: { entries: -1, _id: 1 } })).toEqual([
      { _id: 'lesson', entries: 2 },
      { _id: 'question', entries: 2 },
    ])
  })

  it('sums by several fields at once, a month cut from a day among them', async () => {
    const _id = { cadre: '$cadre', month: { $substrBytes: ['$day', 0, 7] }, cause: '$cause' }
    const sums = await answers(
      { $match: { cadre: { $gt: new Types.ObjectId('0'.repeat(24)), $lte: first } } },
      { $group: { _id, points: { $sum: '$points' }, entries: { $sum: 1 } } },
      { $sort: { '_id.month': 1, '_id.cause': -1 } },
    )
    expect(sums).toEqual([
      { _id: { cadre: first, month: '2026-10', cause: 'question' }, points: 5, entries: 1 },
      { _id: { cadre: first, month: '2026-11', cause: 'question' }, points: 3, entries: 1 },
      { _id: { cadre: first, month: '2026-11', cause: 'lesson' }, points: 2, entries: 1 },
    ])
  })

  it('keeps null as a value to group by', async () => {
    const groups = await answers({ $group: { _id: { topic: '$topic' }, n: { $sum: 1 } } }, byId)
    expect(groups).toEqual([
      { _id: { topic: null }, n: 3 },
      { _id: { topic: 't' }, n: 1 },
    ])
  })

  it('finds the least, the greatest, the mean, the first and the last, and gathers values', async () => {
    const n = '$points'
    const [row] = await answers(
      { $sort: { day: 1, points: 1 } },
      {
        $group: {
          _id: null,
          least: { $min: n },
          most: { $max: n },
          mean: { $avg: n },
          first: { $first: '$day' },
          last: { $last: '$day' },
          all: { $push: n },
        },
      },
    )
    expect(row).toEqual({
      _id: null,
      least: 2,
      most: 5,
      mean: 3,
      first: '2026-10-31',
      last: '2026-11-02',
      all: [5, 3, 2, 2],
    })
  })

  it('tells days as they are in Shanghai', async () => {
    const timezone = 'Asia/Shanghai'
    const _id = { $dateToString: { date: '$at', format: '%Y-%m-%d', timezone } }
    const at = { $min: { $dateTrunc: { date: '$at', unit: 'day', timezone } } }
    expect(await answers({ $group: { _id, n: { $sum: 1 }, at } }, byId)).toEqual([
      { _id: '2026-11-01', n: 2, at: new Date('2026-10-31T16:00:00Z') },
      { _id: '2026-11-02', n: 2, at: new Date('2026-11-01T16:00:00Z') },
    ])
  })

  it('takes lists apart, shapes what it answers, and cuts it', async () => {
    const shaped: PipelineStage = {
      $project: { _id: 0, label: '$labels', double: { $multiply: ['$points', 2] } },
    }
    const found = await answers(
      { $unwind: '$labels' },
      { $sort: { labels: 1, points: 1 } },
      shaped,
      { $skip: 1 },
      { $limit: 2 },
    )
    expect(found).toEqual([
      { label: 'a', double: 10 },
      { label: 'b', double: 10 },
    ])
    expect(await answers({ $match: { points: { $gt: 2 } } }, { $count: 'many' })).toEqual([{ many: 2 }])
  })

  it('joins another collection', async () => {
    const cadres = connection.collection<{ _id: Types.ObjectId; name: string }>('cadres')
    await cadres.insertOne({ _id: first, name: '甲' })
    const joined = await answers(
      { $group: { _id: '$cadre', points: { $sum: '$points' } } },
      { $lookup: { from: 'cadres', localField: '_id', foreignField: '_id', as: 'who' } },
      { $set: { names: '$who.name' } },
      { $unset: 'who' },
      byId,
    )
    expect(joined).toEqual([
      { _id: first, points: 10, names: ['甲'] },
      { _id: second, points: 2, names: [] },
    ])
  })

  it('chooses by conditions', async () => {
    const size = { $cond: [{ $gte: ['$points', 3] }, 'many', 'few'] }
    const label = { $ifNull: [{ $arrayElemAt: ['$labels', 0] }, 'none'] }
    const found = await answers({ $sort: { day: 1, cadre: 1 } }, { $project: { _id: 0, size, label } })
    expect(found).toEqual([
      { size: 'many', label: 'a' },
      { size: 'many', label: 'none' },
      { size: 'few', label: 'a' },
      { size: 'few', label: 'none' },
    ])
  })

  it('reads the snapshot of its transaction', async () => {
    const total: PipelineStage[] = [{ $group: { _id: null, points: { $sum: '$points' } } }]
    await connection.withSession(async session => {
      session.startTransaction()
      await Entry.aggregate(total).session(session)
      const { _id } = await Entry.create({ cadre: second, cause: 'review', day: '2026-11-03', points: 100 })
      expect(await Entry.aggregate(total).session(session)).toEqual([{ _id: null, points: 12 }])
      await session.commitTransaction()
      expect(await Entry.aggregate(total)).toEqual([{ _id: null, points: 112 }])
      await Entry.deleteOne({ _id })
    })
  })
})
