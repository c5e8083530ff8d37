import { describe, expect, it } from '@jest/globals'
import { Decimal128, ObjectId, type Document } from 'mongodb'
import { engineInMemory, failureOf } from './support.ts'

const world = engineInMemory()
const run = (docs: Document[], ...stages: Document[]) =>
  world.db.aggregate([{ $documents: docs }, ...stages]).toArray()

/** What one output of a window is for each document, in the order of the partition. */
async function windowed(docs: Document[], output: Document, options: Document = { sortBy: { n: 1 } }) {
  const rows = await run(docs, { $setWindowFields: { ...options, output: { out: output } } })
  return rows.map(row => row.out as unknown)
}

describe('$setWindowFields', () => {
  const docs = [3, 1, 2, 2].map(n => ({ n }))
  it.each<[string, Document, unknown[]]>([
    ['a running sum', { $sum: '$n', window: { documents: ['unbounded', 'current'] } }, [1, 3, 5, 8]],
    ['all', { $sum: '$n' }, [8, 8, 8, 8]],
    [
      'neighbours',
      { $push: '$n', window: { documents: [-1, 1] } },
      [
        [1, 2],
        [1, 2, 2],
        [2, 2, 3],
        [2, 3],
      ],
    ],
    ['the next two', { $max: '$n', window: { documents: [1, 2] } }, [2, 3, 3, null]],
    ['a range', { $count: {}, window: { range: [-1, 0] } }, [1, 3, 3, 3]],
    ['a range above', { $sum: '$n', window: { range: [1, 'unbounded'] } }, [7, 3, 3, 0]],
    ['what is equal', { $count: {}, window: { range: ['current', 'current'] } }, [1, 2, 2, 1]],
    ['$rank', { $rank: {} }, [1, 2, 2, 4]],
    ['$denseRank', { $denseRank: {} }, [1, 2, 2, 3]],
    ['$documentNumber', { $documentNumber: {} }, [1, 2, 3, 4]],
    ['$shift', { $shift: { output: '$n', by: -1, default: 'none' } }, ['none', 1, 2, 2]],
    ['$expMovingAvg', { $expMovingAvg: { input: '$n', alpha: 0.5 } }, [1, 1.5, 1.75, 2.375]],
    [
      '$topN',
      { $topN: { n: 1, sortBy: { n: -1 }, output: '$n' }, window: { documents: ['unbounded', 'current'] } },
      [[1], [2], [2], [3]],
    ],
  ])('%s', async (_what, output, expected) => {
    expect(await windowed(docs, output)).toEqual(expected)
  })

  it('by partitions, with BSON’s order of mixed values', async () => {
    const [a, b] = [new ObjectId(), new ObjectId()]
    const rows = [
      { p: a, n: 'x' },
      { p: b, n: 1 },
      { p: new ObjectId(a.toHexString()), n: Decimal128.fromString('1.5') },
    ]
    const rank = { $rank: {} }
    expect(await windowed(rows, rank, { partitionBy: '$p', sortBy: { n: 1 } })).toEqual([1, 2, 1])
  })

  it('by a range of dates', async () => {
    const days = [1, 2, 4].map(day => ({ at: new Date(Date.UTC(2026, 0, day)), n: day }))
    const window = { range: [-1, 'current'], unit: 'day' }
    expect(await windowed(days, { $sum: '$n', window }, { sortBy: { at: 1 } })).toEqual([1, 3, 4])
  })

  it('how fast values rise, and the area under them', async () => {
    const hours = [0, 1, 3].map(at => ({ at: new Date(at * 3_600_000), v: at * 10 }))
    const window = { documents: [-1, 'current'] }
    const by = (name: string, window: Document) =>
      windowed(hours, { [name]: { input: '$v', unit: 'hour' }, window }, { sortBy: { at: 1 } })
    expect(await by('$derivative', window)).toEqual([null, 10, 10])
    expect(await by('$integral', { documents: ['unbounded', 'current'] })).toEqual([0, 5, 45])
    const bare = windowed(hours, { $derivative: { input: '$v' }, window }, { sortBy: { at: 1 } })
    expect((await failureOf(bare)).message).toContain('unit')
  })

  it('fills what is missing, and refuses what it has not', async () => {
    const gaps = [{ n: 1, v: 1 }, { n: 2 }, { n: 4, v: 7 }]
    expect(await windowed(gaps, { $linearFill: '$v' })).toEqual([1, 3, 7])
    expect(await windowed(gaps, { $locf: '$v' })).toEqual([1, 1, 7])
    expect((await failureOf(windowed(gaps, { $derivative: { input: '$v' } }))).message).toContain(
      '$derivative',
    )
    expect((await failureOf(windowed(gaps, { $rank: {} }, {}))).message).toContain('sortBy')
  })

  it('over thousands of documents in no time', async () => {
    const many = Array.from({ length: 3000 }, (_, n) => ({ n }))
    const started = Date.now()
    const sums = await windowed(many, { $sum: '$n', window: { documents: ['unbounded', 'current'] } })
    expect(sums.at(-1)).toBe(4_498_500)
    expect(Date.now() - started).toBeLessThan(2000)
  })
})

describe('accumulators', () => {
  const docs = [{ v: 2 }, { v: 'a' }, { v: null }, { v: Decimal128.fromString('2.5') }, {}]
  it.each<[string, Document, unknown]>([
    ['$top', { $top: { sortBy: { v: -1 }, output: '$v' } }, 'a'],
    ['$bottom', { $bottom: { sortBy: { v: 1 }, output: ['$v'] } }, ['a']],
    ['$topN', { $topN: { n: 2, sortBy: { v: -1 }, output: '$v' } }, ['a', Decimal128.fromString('2.5')]],
    ['$bottomN', { $bottomN: { n: 2, sortBy: { v: 1 }, output: '$v' } }, [Decimal128.fromString('2.5'), 'a']],
    ['$maxN', { $maxN: { n: 2, input: '$v' } }, ['a', Decimal128.fromString('2.5')]],
    ['$minN', { $minN: { n: 2, input: '$v' } }, [2, Decimal128.fromString('2.5')]],
    ['$firstN', { $firstN: { n: 3, input: '$v' } }, [2, 'a', null]],
    ['$lastN', { $lastN: { n: 1, input: '$v' } }, [null]],
    ['$avg', { $avg: '$v' }, Decimal128.fromString('2.25')],
    ['$stdDevPop', { $stdDevPop: '$v' }, 0.25],
    ['$covariancePop', { $covariancePop: [{ $literal: 1 }, { $literal: 2 }] }, 0],
    ['$median', { $median: { input: '$v', method: 'approximate' } }, 2],
    ['$stdDevSamp of one', { $stdDevSamp: '$nothing' }, null],
  ])('%s', async (_what, accumulator, expected) => {
    const [row] = await run(docs, { $group: { _id: null, out: accumulator } })
    expect(row?.out).toEqual(expected)
  })

  it('$bucket and $bucketAuto', async () => {
    const numbers = Array.from({ length: 10 }, (_, n) => ({ n }))
    const bucket = { $bucket: { groupBy: '$n', boundaries: [0, 5, 9], default: 'rest' } }
    expect(await run(numbers, bucket)).toEqual([
      { _id: 0, count: 5 },
      { _id: 5, count: 4 },
      { _id: 'rest', count: 1 },
    ])
    expect(await run(numbers, { $bucketAuto: { groupBy: '$n', buckets: 3 } })).toEqual([
      { _id: { min: 0, max: 3 }, count: 3 },
      { _id: { min: 3, max: 6 }, count: 3 },
      { _id: { min: 6, max: 9 }, count: 4 },
    ])
    const tied = [1, 1, 1, 1, 2, 'x'].map(n => ({ n }))
    expect(
      await run(tied, { $bucketAuto: { groupBy: '$n', buckets: 3, output: { all: { $push: '$n' } } } }),
    ).toEqual([
      { _id: { min: 1, max: 2 }, all: [1, 1, 1, 1] },
      { _id: { min: 2, max: 'x' }, all: [2, 'x'] },
    ])
  })
})
