import { describe, expect, it } from '@jest/globals'
import type { Document } from 'mongodb'
import { engineInMemory, failureOf } from './support.ts'

const world = engineInMemory()
const at = (text: string) => new Date(text)

async function valueOf(expression: Document): Promise<unknown> {
  const stages = [{ $documents: [{}] }, { $replaceWith: { v: expression } }]
  return (await world.db.aggregate(stages).toArray())[0]?.v
}

describe('$dateTrunc', () => {
  const date = at('2021-03-20T11:30:05.123Z')
  it.each<[string, Document, string]>([
    ['a second', { unit: 'second' }, '2021-03-20T11:30:05.000Z'],
    ['25 minutes', { unit: 'minute', binSize: 25 }, '2021-03-20T11:30:00.000Z'],
    ['2 hours', { unit: 'hour', binSize: 2 }, '2021-03-20T10:00:00.000Z'],
    ['a day', { unit: 'day' }, '2021-03-20T00:00:00.000Z'],
    ['a week', { unit: 'week' }, '2021-03-14T00:00:00.000Z'],
    ['a week from Monday', { unit: 'week', startOfWeek: 'mon' }, '2021-03-15T00:00:00.000Z'],
    ['a week from Saturday', { unit: 'week', startOfWeek: 'Saturday' }, '2021-03-20T00:00:00.000Z'],
    ['a month', { unit: 'month' }, '2021-03-01T00:00:00.000Z'],
    ['a quarter', { unit: 'quarter' }, '2021-01-01T00:00:00.000Z'],
    ['5 months', { unit: 'month', binSize: 5 }, '2020-11-01T00:00:00.000Z'],
    ['a year', { unit: 'year' }, '2021-01-01T00:00:00.000Z'],
    ['10 years', { unit: 'year', binSize: 10 }, '2020-01-01T00:00:00.000Z'],
    ['a day in Shanghai', { unit: 'day', timezone: 'Asia/Shanghai' }, '2021-03-19T16:00:00.000Z'],
    ['a month in summer time', { unit: 'month', timezone: 'America/New_York' }, '2021-03-01T05:00:00.000Z'],
    [
      'two weeks in Los Angeles',
      { unit: 'week', binSize: 2, timezone: 'America/Los_Angeles', startOfWeek: 'Monday' },
      '2021-03-15T07:00:00.000Z',
    ],
    ['an hour at +05:30', { unit: 'hour', timezone: '+05:30' }, '2021-03-20T11:30:00.000Z'],
  ])('%s', async (_what, options, expected) => {
    expect(await valueOf({ $dateTrunc: { date, ...options } })).toEqual(at(expected))
  })

  it('before the year 2000, of nothing and by an unknown unit', async () => {
    const early = { date: at('1969-07-20T20:17:40Z'), unit: 'month', binSize: 2 }
    expect(await valueOf({ $dateTrunc: early })).toEqual(at('1969-07-01'))
    expect(await valueOf({ $dateTrunc: { date: '$nothing', unit: 'day' } })).toBeNull()
    expect((await failureOf(valueOf({ $dateTrunc: { date, unit: 'era' } }))).message).toContain('era')
  })
})

describe('$dateDiff', () => {
  it.each<[string, string, Document, number]>([
    ['2021-01-31T23:59:59Z', '2021-02-01T00:00:00Z', { unit: 'month' }, 1],
    ['2020-12-31T23:59:59Z', '2021-01-01T00:00:00Z', { unit: 'year' }, 1],
    ['2021-03-31T00:00:00Z', '2021-04-01T00:00:00Z', { unit: 'quarter' }, 1],
    ['2021-02-28T23:00:00Z', '2021-02-28T01:00:00Z', { unit: 'day' }, 0],
    ['2021-03-01T01:00:00Z', '2021-02-28T01:00:00Z', { unit: 'day' }, -1],
    ['2021-03-20T10:59:59Z', '2021-03-20T11:00:00Z', { unit: 'hour' }, 1],
    ['2021-03-20T10:59:59Z', '2021-03-20T11:00:00Z', { unit: 'second' }, 1],
    ['2021-03-20T00:00:00Z', '2021-03-21T00:00:00Z', { unit: 'week' }, 1],
    ['2021-03-20T00:00:00Z', '2021-03-21T00:00:00Z', { unit: 'week', startOfWeek: 'monday' }, 0],
    ['2021-03-20T15:00:00Z', '2021-03-20T17:00:00Z', { unit: 'day', timezone: 'Asia/Shanghai' }, 1],
    ['2021-03-14T06:30:00Z', '2021-03-14T07:30:00Z', { unit: 'hour', timezone: 'America/New_York' }, 1],
    ['2021-03-13T12:00:00Z', '2021-03-15T12:00:00Z', { unit: 'hour', timezone: 'America/New_York' }, 48],
  ])('from %s to %s by %p', async (start, end, options, expected) => {
    expect(await valueOf({ $dateDiff: { startDate: at(start), endDate: at(end), ...options } })).toBe(
      expected,
    )
  })
})

describe('$dateAdd and $dateSubtract', () => {
  const timezone = 'America/New_York'
  it.each<[string, Document, string]>([
    ['2021-01-31T12:00:00Z', { unit: 'month', amount: 1 }, '2021-02-28T12:00:00.000Z'],
    ['2020-02-29T12:00:00Z', { unit: 'year', amount: 1 }, '2021-02-28T12:00:00.000Z'],
    ['2021-03-31T12:00:00Z', { unit: 'quarter', amount: -1 }, '2020-12-31T12:00:00.000Z'],
    ['2021-03-13T17:00:00Z', { unit: 'day', amount: 1, timezone }, '2021-03-14T16:00:00.000Z'],
    ['2021-03-13T17:00:00Z', { unit: 'hour', amount: 24, timezone }, '2021-03-14T17:00:00.000Z'],
    ['2021-03-13T07:30:00Z', { unit: 'day', amount: 1, timezone }, '2021-03-14T07:30:00.000Z'],
    ['2021-10-31T05:30:00Z', { unit: 'week', amount: 1, timezone }, '2021-11-07T05:30:00.000Z'],
  ])('%s and %p', async (start, options, expected) => {
    expect(await valueOf({ $dateAdd: { startDate: at(start), ...options } })).toEqual(at(expected))
    const back = { ...options, amount: -options.amount }
    expect(await valueOf({ $dateSubtract: { startDate: at(start), ...back } })).toEqual(at(expected))
  })

  it('parts and text are read by a zone’s clock', async () => {
    const parts = { year: 2021, month: 7, day: 1, hour: 9, timezone }
    expect(await valueOf({ $dateFromParts: parts })).toEqual(at('2021-07-01T13:00:00Z'))
    const text = { dateString: '2021-01-01T09:00:00', timezone }
    expect(await valueOf({ $dateFromString: text })).toEqual(at('2021-01-01T14:00:00Z'))
    expect(
      (await failureOf(valueOf({ $dateAdd: { startDate: at('2021'), unit: 'day', amount: 1.5 } }))).code,
    ).toBe(9)
  })
})
