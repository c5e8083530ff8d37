import { describe, expect, it } from '@jest/globals'
import { Long, Timestamp, type Document } from 'mongodb'
import { engineInMemory, failureOf } from './support.ts'

const world = engineInMemory()
const held = {
  s: '中文abc',
  a: [1, 2, 3],
  o: { x: 1, y: { z: 2 } },
  n: null,
  list: [{ b: 1 }, { b: 2 }, { c: 3 }, 5],
  nested: [[{ b: 1 }]],
  d: new Date('2021-01-03T23:30:00Z'),
}
const valueOf = async (expression: unknown): Promise<unknown> =>
  (await world.db.aggregate([{ $documents: [held] }, { $replaceWith: { v: expression } }]).toArray())[0]?.v

/** What expressions must be; `undefined` is missing. */
const holds = (cases: [expression: unknown, expected: unknown][]) =>
  it.each(cases)('%j is %j', async (expression, expected) => {
    expect(await valueOf(expression)).toEqual(expected)
  })

describe('field paths', () => {
  holds([
    ['$o.y.z', 2],
    ['$list.b', [1, 2]],
    ['$nested.b', []],
    ['$a.0', []],
    ['$n.x', undefined],
    [{ a: '$q', b: 1 }, { b: 1 }],
    [
      ['$q', 1],
      [null, 1],
    ],
    ['$$ROOT.o.x', 1],
    [{ $let: { vars: { v: '$o' }, in: '$$v.y.z' } }, 2],
    [{ $literal: '$x' }, '$x'],
    [{ $ifNull: ['$n', '$q', 'd'] }, 'd'],
    [{ $ifNull: ['$n', '$q'] }, undefined],
  ])
})

describe('text', () => {
  holds([
    [{ $substrCP: ['$s', 1, 2] }, '文a'],
    [{ $substrBytes: ['$s', 0, 3] }, '中'],
    [{ $strLenBytes: '$s' }, 9],
    [{ $strLenCP: '😀' }, 1],
    [{ $indexOfCP: ['$s', 'abc'] }, 2],
    [{ $indexOfBytes: ['$s', 'abc'] }, 6],
    [{ $indexOfCP: ['abcabc', 'abc', 1] }, 3],
    [{ $split: ['a-b-', '-'] }, ['a', 'b', '']],
    [{ $trim: { input: ' \n x ' } }, 'x'],
    [{ $ltrim: { input: 'xxax', chars: 'x' } }, 'ax'],
    [{ $toLower: '$n' }, ''],
    [{ $toUpper: 'aé' }, 'Aé'],
    [{ $concat: ['a', '$n'] }, null],
    [{ $strcasecmp: ['a', 'B'] }, -1],
    [{ $regexFind: { input: '$s', regex: 'a(b)(x)?' } }, { match: 'ab', idx: 2, captures: ['b', null] }],
    [{ $regexMatch: { input: 'aBc', regex: 'b', options: 'i' } }, true],
    [
      { $regexFindAll: { input: 'abab', regex: /b/ } },
      [1, 3].map(idx => ({ match: 'b', idx, captures: [] })),
    ],
    [{ $replaceAll: { input: 'a.b.c', find: '.', replacement: { $literal: '$&' } } }, 'a$&b$&c'],
    [{ $replaceOne: { input: 'a.b.c', find: '.', replacement: '-' } }, 'a-b.c'],
  ])
})

describe('arrays, objects and bits', () => {
  holds([
    [
      { $objectToArray: '$o' },
      [
        { k: 'x', v: 1 },
        { k: 'y', v: { z: 2 } },
      ],
    ],
    [
      {
        $arrayToObject: [
          [
            ['a', 1],
            ['b', 2],
          ],
        ],
      },
      { a: 1, b: 2 },
    ],
    [{ $zip: { inputs: ['$a', ['x']] } }, [[1, 'x']]],
    [
      { $zip: { inputs: ['$a', ['x']], useLongestLength: true, defaults: [0, 'd'] } },
      [
        [1, 'x'],
        [2, 'd'],
        [3, 'd'],
      ],
    ],
    [{ $mergeObjects: ['$o', null, { x: 5 }] }, { x: 5, y: { z: 2 } }],
    [{ $getField: { field: 'x', input: '$o' } }, 1],
    [{ $setField: { field: 'a.b', input: { c: 1 }, value: 1 } }, { c: 1, 'a.b': 1 }],
    [{ $unsetField: { field: 'x', input: '$o' } }, { y: { z: 2 } }],
    [{ $concatArrays: ['$a', '$n'] }, null],
    [{ $reverseArray: '$a' }, [3, 2, 1]],
    [{ $slice: ['$a', -5, 2] }, [1, 2]],
    [{ $slice: ['$a', 1, 1] }, [2]],
    [{ $range: [3, 0, Long.fromNumber(-1)] }, [3, 2, 1]],
    [{ $arrayElemAt: ['$a', 9] }, undefined],
    [{ $arrayElemAt: ['$a', -1] }, 3],
    [{ $first: [[]] }, undefined],
    [{ $bitXor: [4294967297, 1] }, 4294967296],
    [{ $bitNot: 5 }, -6],
    [{ $bsonSize: { a: 1 } }, 12],
    [{ $binarySize: '中' }, 3],
    [{ $tsSecond: new Timestamp({ t: 7, i: 8 }) }, 7],
    [{ $tsIncrement: '$n' }, null],
    [{ $log: [8, 2] }, 3],
    [{ $exp: 0 }, 1],
    [{ $ln: '$n' }, null],
    [{ $percentile: { input: '$a', p: [0.5, 1], method: 'approximate' } }, [2, 3]],
  ])
})

describe('calendars', () => {
  holds([
    [{ $week: '$d' }, 1],
    [{ $isoWeek: '$d' }, 53],
    [{ $isoWeekYear: '$d' }, 2020],
    [{ $dayOfWeek: { date: '$d', timezone: 'Asia/Shanghai' } }, 2],
    [{ $year: '$n' }, null],
    [
      { $dateToParts: { date: '$d', iso8601: true } },
      { isoWeekYear: 2020, isoWeek: 53, isoDayOfWeek: 7, hour: 23, minute: 30, second: 0, millisecond: 0 },
    ],
    [{ $dateFromParts: { isoWeekYear: 2020, isoWeek: 53, isoDayOfWeek: 7 } }, new Date('2021-01-03')],
    [{ $dateFromParts: { year: 2021, month: 14, day: 1 } }, new Date('2022-02-01')],
    [{ $dateFromString: { dateString: '2021-02-03T10:00:00+0800' } }, new Date('2021-02-03T02:00:00Z')],
    [{ $dateFromString: { dateString: '03/02/2021', format: '%d/%m/%Y' } }, new Date('2021-02-03')],
    [{ $dateFromString: { dateString: '2021-02-30', onError: 'e' } }, 'e'],
    [{ $dateToString: { date: '$d', format: '%G-W%V-%u %z', timezone: '+08:00' } }, '2021-W01-1 +0800'],
    [{ $dateToString: { date: '$d', format: '%U %j %w %b' } }, '01 003 1 Jan'],
    [{ $dateToString: { date: '$n', onNull: 'x' } }, 'x'],
  ])
})

it.each([
  [{ $size: '$n' }, '$size'],
  [{ $concat: ['a', 1] }, '$concat'],
  [{ $substrBytes: ['$s', 0, 2] }, 'UTF-8'],
  [{ $strLenCP: '$n' }, '$strLenCP'],
  [{ $mergeObjects: [1] }, '$mergeObjects'],
  [{ $range: [0, 1, 0] }, '$range'],
  [{ $sqrt: -1 }, '$sqrt'],
  [{ $year: 'x' }, '$year'],
  [{ $dateToString: { date: '$d', format: '%q' } }, '%q'],
  ['$$nowhere', 'nowhere'],
  [{ $toHashedIndexKey: 'x' }, '$toHashedIndexKey is not supported'],
  [{ $add: [1], $abs: 1 }, 'exactly one field'],
])('%j is refused', async (expression, name) => {
  expect((await failureOf(valueOf(expression))).message).toContain(name)
})

describe('$densify and $fill', () => {
  const run = (docs: Document[], ...stages: Document[]) =>
    world.db.aggregate([{ $documents: docs }, ...stages]).toArray()
  const day = (date: number) => new Date(Date.UTC(2026, 0, date))

  it('make what is missing between numbers and dates, in partitions and bounds', async () => {
    const range = { step: 1, unit: 'day', bounds: 'full' }
    expect(await run([{ d: day(1) }, { d: day(3), v: 1 }], { $densify: { field: 'd', range } })).toEqual([
      { d: day(1) },
      { d: day(2) },
      { d: day(3), v: 1 },
    ])
    const docs = [{ p: 'a', n: 2 }, { p: 'b', n: 1 }, { p: 'a', n: 0 }, { p: 'a' }]
    const dense = async (bounds: unknown) => {
      const stage = { $densify: { field: 'n', partitionByFields: ['p'], range: { step: 1, bounds } } }
      return (await run(docs, stage)).map(doc => `${doc.p}${doc.n}`)
    }
    expect(await dense('partition')).toEqual(['aundefined', 'a0', 'a1', 'a2', 'b1'])
    expect(await dense('full')).toEqual(['aundefined', 'a0', 'a1', 'a2', 'b0', 'b1', 'b2'])
    expect(await dense([1, 4])).toEqual(['aundefined', 'a0', 'a1', 'a2', 'a3', 'b1', 'b2', 'b3'])
  })

  it('fill by a value, the last one, or a line', async () => {
    const docs = [
      { p: 1, d: 1, v: 1 },
      { p: 2, d: 1 },
      { p: 1, d: 2, v: null },
      { p: 1, d: 3, v: 5 },
    ]
    const fill = async (output: Document) => {
      const stage = { $fill: { partitionByFields: ['p'], sortBy: { d: 1 }, output } }
      return (await run(docs, stage)).map(doc => doc.v as unknown)
    }
    expect(await fill({ v: { method: 'locf' } })).toEqual([1, 1, 5, null])
    expect(await fill({ v: { method: 'linear' } })).toEqual([1, 3, 5, null])
    expect(await run([{ a: 1 }, {}], { $fill: { output: { a: { value: 9 } } } })).toEqual([
      { a: 1 },
      { a: 9 },
    ])
  })
})
