import { describe, expect, it } from '@jest/globals'
import { BSON, Decimal128, Double, Long, ObjectId, type Document } from 'mongodb'
import { engineInMemory, failureOf } from './support.ts'

const world = engineInMemory()
const long = (text: string) => Long.fromString(text)
const decimal = (text: string) => Decimal128.fromString(text)
const max = '9223372036854775807'

/** What an expression is, with its own BSON type. */
async function valueOf(expression: unknown, doc: Document = {}): Promise<unknown> {
  const stages = [{ $documents: [doc] }, { $replaceWith: { v: expression } }]
  const reply = await world.db.command(
    { aggregate: 1, pipeline: stages, cursor: {} },
    { promoteValues: false, promoteLongs: false },
  )
  const [row] = reply.cursor.firstBatch as Document[]
  return row?.v as unknown
}
const shown = async (expression: unknown, doc?: Document) => {
  const value = await valueOf(expression, doc)
  return BSON.EJSON.stringify(value, { relaxed: false })
}
const same = (value: unknown) => BSON.EJSON.stringify(value, { relaxed: false })

describe('arithmetic on longs and decimals', () => {
  it.each<[string, unknown, unknown]>([
    ['$add long', { $add: [long('9007199254740993'), 1] }, long('9007199254740994')],
    ['$add beyond a long', { $add: [long(max), 1] }, new Double(2 ** 63)],
    ['$add decimal', { $add: [decimal('0.1'), decimal('0.2'), 1] }, decimal('1.3')],
    ['$add decimal and double', { $add: [decimal('1'), 0.1] }, decimal('1.100000000000000')],
    ['$add NaN', { $add: [decimal('NaN'), 1] }, decimal('NaN')],
    ['$subtract', { $subtract: [long(max), long('1')] }, long('9223372036854775806')],
    ['$subtract dates', { $subtract: [new Date(5), new Date(2)] }, long('3')],
    ['$subtract from a date', { $subtract: [new Date(5), long('2')] }, new Date(3)],
    ['$multiply', { $multiply: [long('4611686018427387903'), 2] }, long('9223372036854775806')],
    ['$multiply ints into a long', { $multiply: [2147483647, 2147483647, 2] }, long('9223372028264841218')],
    ['$multiply decimal', { $multiply: [decimal('1.10'), 3] }, decimal('3.30')],
    ['$divide decimal', { $divide: [decimal('10'), 4] }, decimal('2.5')],
    ['$divide thirds', { $divide: [decimal('2'), 3] }, decimal('0.6666666666666666666666666666666667')],
    ['$divide longs', { $divide: [long('9'), 2] }, new Double(4.5)],
    ['$mod', { $mod: [long('-9007199254740993'), 10] }, long('-3')],
    ['$mod of whole numbers', { $mod: [-4, 2] }, new BSON.Int32(0)],
    ['$mod decimal', { $mod: [decimal('5.5'), 2] }, decimal('1.5')],
    ['$abs', { $abs: long('-9007199254740993') }, long('9007199254740993')],
    ['$abs decimal', { $abs: decimal('-1.50') }, decimal('1.50')],
    ['$pow', { $pow: [3, 35] }, long('50031545098999707')],
    ['$round to even', { $round: [decimal('2.5')] }, decimal('2')],
    ['$round exactly', { $round: [2.675, 2] }, new Double(2.67)],
    ['$round tens', { $round: [long('9007199254740995'), -1] }, long('9007199254741000')],
    ['$ceil', { $ceil: decimal('-1.5') }, decimal('-1')],
    ['$floor', { $floor: [-1.5] }, new Double(-2)],
    ['ints become a long', { $add: [2147483647, 1] }, long('2147483648')],
    ['a quotient is a double', { $divide: [6, 3] }, new Double(2)],
    ['a double stays one', { $multiply: [0.5, 4] }, new Double(2)],
    ['a sum of ints and doubles', { $sum: [0.5, 1, 0.5] }, new Double(2)],
    ['an average', { $avg: [1, 3] }, new Double(2)],
    ['$trunc', { $trunc: [decimal('1.999'), 1] }, decimal('1.9')],
    ['null', { $multiply: [2, null] }, null],
  ])('%s', async (_what, expression, expected) => {
    expect(await shown(expression)).toBe(same(expected))
  })

  it.each([
    [{ $divide: [1, 0] }, "can't $divide by zero"],
    [{ $mod: [1, decimal('0')] }, "can't $mod by zero"],
    [{ $add: [1, 'x'] }, '$add only supports numeric'],
    [{ $abs: 'x' }, '$abs only supports numeric'],
    [{ $sqrt: decimal('4') }, '$sqrt of a Decimal128 is not supported by the embedded database'],
  ])('%p is refused', async (expression, message) => {
    expect((await failureOf(valueOf(expression))).message).toContain(message)
  })
})

describe('conversions', () => {
  const id = new ObjectId()
  it.each<[string, unknown, unknown]>([
    ['$toInt of a double', { $toInt: -5.9 }, new BSON.Int32(-5)],
    ['$toInt of text', { $toInt: '-12' }, new BSON.Int32(-12)],
    ['$toLong', { $toLong: decimal('9007199254740993.9') }, long('9007199254740993')],
    ['$toLong of text', { $toLong: max }, long(max)],
    ['$toLong of a date', { $toLong: new Date(5) }, long('5')],
    ['$toDouble keeps its type', { $toDouble: 5 }, new Double(5)],
    ['$toDouble of a decimal', { $toDouble: decimal('1.5') }, new Double(1.5)],
    ['$toDecimal of a double', { $toDecimal: 10.5 }, decimal('10.5000000000000')],
    ['$toDecimal of a long', { $toDecimal: long(max) }, decimal(max)],
    ['$toDecimal of text', { $toDecimal: '1.10' }, decimal('1.10')],
    ['$toBool of a decimal', { $toBool: decimal('0.0') }, false],
    ['$toString of a long', { $toString: long(max) }, max],
    ['$toString of an id', { $toString: id }, id.toHexString()],
    ['$toObjectId', { $toObjectId: id.toHexString() }, id],
    ['$toDate of text', { $toDate: '2026-01-02T03:04:05' }, new Date('2026-01-02T03:04:05Z')],
    ['$toDate of a long', { $toDate: long('5') }, new Date(5)],
    ['$convert by number', { $convert: { input: '7', to: 16 } }, new BSON.Int32(7)],
    ['$convert onError', { $convert: { input: 'x', to: 'int', onError: 'no' } }, 'no'],
    ['$convert onNull', { $convert: { input: null, to: 'int', onNull: 'none' } }, 'none'],
    ['$type', { $type: { $toLong: 5 } }, 'long'],
    ['$type of nothing', { $type: '$nothing' }, 'missing'],
    ['a decimal zero is false', { $cond: [decimal('0'), 1, 2] }, new BSON.Int32(2)],
    ['a long zero is false', { $and: [long('0')] }, false],
  ])('%s', async (_what, expression, expected) => {
    expect(await shown(expression)).toBe(same(expected))
  })

  it.each([
    { $toInt: 3e9 },
    { $toInt: '1.5' },
    { $toLong: 1e19 },
    { $toInt: decimal('NaN') },
    { $toDate: 'soon' },
  ])('%p fails with MongoDB’s code', async expression => {
    expect(Number((await failureOf(valueOf(expression))).code)).toBe(241)
  })
})

describe('arrays and sets by BSON’s order and equality', () => {
  const id = new ObjectId()
  const copy = new ObjectId(id.toHexString())
  const mixed = ['b', null, 2, { a: 1 }, true, new Date(0), decimal('1.5'), long('3'), id, [0]]
  it.each<[string, unknown, unknown]>([
    ['$in', { $in: [copy, [1, id]] }, true],
    ['$in across types', { $in: [long('1'), [decimal('1.0')]] }, true],
    ['$indexOfArray', { $indexOfArray: [[1, { a: id }, 2], { a: copy }] }, 1],
    ['$indexOfArray from', { $indexOfArray: [[1, 2, 1], long('1'), 1] }, 2],
    [
      '$setUnion',
      {
        $setUnion: [
          [id, 1],
          [copy, long('1'), 2],
        ],
      },
      [id, 1, 2],
    ],
    [
      '$setIntersection',
      {
        $setIntersection: [
          [id, { a: 1 }],
          [{ a: decimal('1') }, 3],
        ],
      },
      [{ a: 1 }],
    ],
    ['$setDifference', { $setDifference: [[id, 1, 1, 2], [copy]] }, [1, 2]],
    [
      '$setEquals',
      {
        $setEquals: [
          [id, 1],
          [1, copy, 1],
        ],
      },
      true,
    ],
    ['$setIsSubset', { $setIsSubset: [[new Date(1)], [new Date(1), 2]] }, true],
    [
      '$sortArray',
      { $sortArray: { input: { $literal: mixed }, sortBy: 1 } },
      [null, decimal('1.5'), 2, 3, 'b', { a: 1 }, [0], id, true, new Date(0)],
    ],
    [
      '$sortArray by fields',
      { $sortArray: { input: [{ a: 2 }, { a: 'x' }, { b: 1 }], sortBy: { a: -1 } } },
      [{ a: 'x' }, { a: 2 }, { b: 1 }],
    ],
    ['$maxN', { $maxN: { input: [1, 'a', null, 3], n: 2 } }, ['a', 3]],
    ['$minN', { $minN: { input: [decimal('2'), 1, null], n: 5 } }, [1, decimal('2')]],
    ['$firstN', { $firstN: { input: [1, null, 3], n: 2 } }, [1, null]],
    ['$lastN', { $lastN: { input: [1, 2, 3], n: 2 } }, [2, 3]],
    ['$max', { $max: [1, 'a', null] }, 'a'],
    ['$min of an array', { $min: ['$list'] }, 1],
    ['$avg of decimals', { $avg: [decimal('1'), decimal('2')] }, decimal('1.5')],
    ['$sum of an array', { $sum: '$list' }, 6],
  ])('%s', async (_what, expression, expected) => {
    const stages = [{ $documents: [{ list: [1, 2, 3] }] }, { $replaceWith: { v: expression } }]
    const [row] = await world.db.aggregate(stages).toArray()
    expect(row?.v).toEqual(expected)
  })

  it('variables end with their operator', async () => {
    const inner = { $filter: { input: '$b', cond: { $gte: ['$$this', 2] } } }
    const expression = { $map: { input: '$a', in: { inner, own: '$$this' } } }
    const [row] = await world.db
      .aggregate([{ $documents: [{ a: [7, 8], b: [1, 2, 3] }] }, { $replaceWith: { v: expression } }])
      .toArray()
    expect(row?.v).toEqual([
      { inner: [2, 3], own: 7 },
      { inner: [2, 3], own: 8 },
    ])
  })
})
