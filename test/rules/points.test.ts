import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { type Earner, firstRule, type PointRule, pointsFor, ruleOn } from '#server/points/earning'
import { mismatches } from '#server/points/ledger-check'
import { afterAward, afterCorrection, emptyTally, MONTHS_KEPT } from '#server/points/tally'
import { entryText, ruleLines } from '#server/points/wording'
import { addDays } from '#shared/day'

const day = '2026-09-03'

describe('points for one more happening', () => {
  test.each([
    ['a lesson', 'lesson', 0, 0, 2],
    ['a question', 'question', 0, 0, 1],
    ['a review session', 'review', 0, 0, 2],
    ['the last question paid', 'question', 4, 4, 1],
    ['a sixth question', 'question', 5, 5, 0],
    ['a lesson that only half fits under the cap', 'lesson', 9, 5, 1],
    ['a lesson past the cap', 'lesson', 10, 5, 0],
    ['a question past the cap', 'question', 10, 2, 0],
  ] as const)('%s', (_, cause, points, paid, expected) => {
    expect(pointsFor(firstRule, cause, { points, questions: paid })).toBe(expected)
  })
})

describe('the rule of a day', () => {
  const second: PointRule = { ...firstRule, version: 2, from: '2026-10-01', lesson: 3 }
  test.each([
    ['the day before a new version', '2026-09-30', 1],
    ['its first day', '2026-10-01', 2],
    ['a day long before the first', '1999-01-01', 1],
  ])('on %s', (_, on, version) => {
    expect(ruleOn(on, [second, firstRule]).version).toBe(version)
  })

  test('of two versions that begin together the later one holds', () => {
    expect(ruleOn('2026-10-01', [second, { ...second, version: 3 }, firstRule]).version).toBe(3)
  })
})

const cause = fc.constantFrom<Earner>('lesson', 'question', 'review')
const happenings = fc.array(fc.record({ cause, later: fc.integer({ min: 0, max: 1 }) }), { maxLength: 80 })

test('under any sequence no day brings more than the cap, and the total is the sum of the entries', () => {
  fc.assert(
    fc.property(happenings, list => {
      let tally = emptyTally(day)
      let today = day
      const entries: { day: string; earned: number; cause: Earner }[] = []
      for (const { cause, later } of list) {
        today = addDays(today, later)
        const after = afterAward(tally, cause, today, firstRule)
        entries.push({ day: today, earned: after.earned, cause })
        tally = after.tally
      }
      for (const one of new Set(entries.map(entry => entry.day))) {
        const ofDay = entries.filter(entry => entry.day === one)
        const questions = ofDay.filter(entry => entry.cause === 'question')
        expect(ofDay.reduce((sum, { earned }) => sum + earned, 0)).toBeLessThanOrEqual(firstRule.dailyCap)
        expect(questions.reduce((sum, { earned }) => sum + earned, 0)).toBeLessThanOrEqual(5)
      }
      expect(tally.total).toBe(entries.reduce((sum, { earned }) => sum + earned, 0))
    }),
  )
})

test('the tally stays small however many months there are', () => {
  let tally = emptyTally('2020-01-15')
  for (let month = 0; month < 60; month += 1) {
    tally = afterAward(tally, 'lesson', addDays('2020-01-15', month * 31), firstRule).tally
  }
  expect(tally.months).toHaveLength(MONTHS_KEPT)
  expect(tally.months[0]?.month).toBe('2025-01')
  expect(tally.total).toBe(120)
})

test('a correction stands outside the cap and is no study', () => {
  const full = { ...emptyTally(day), total: 10, today: { day, points: 10, questions: 5 } }
  const corrected = afterCorrection(full, 1, day)
  expect(corrected).toMatchObject({
    total: 11,
    today: { points: 10 },
    months: [{ correction: 1 }],
    week: { days: [] },
  })
})

describe('an entry in words', () => {
  const entry = { day, cause: 'question' as const, points: 1, ruleVersion: 1, detail: { number: 2 } }
  test.each([
    [entry, '9月3日 每日答题 第2题 +1，规则第1版'],
    [
      { ...entry, points: 0, detail: { number: 2, limit: 'cap' as const } },
      '9月3日 每日答题 第2题 +0，当天积分已到上限，规则第1版',
    ],
    [
      { ...entry, cause: 'lesson' as const, points: 2, detail: { title: '接访' } },
      '9月3日 今日一课 《接访》 +2，规则第1版',
    ],
    [
      { ...entry, cause: 'correction' as const, detail: { of: '2026-08-31', number: 4 } },
      '9月3日 更正 8月31日第4题 +1，规则第1版',
    ],
    [{ ...entry, cause: 'review' as const, points: 2, detail: {} }, '9月3日 复习 +2，规则第1版'],
  ])('%#', (given, text) => expect(entryText(given)).toBe(text))

  test('the rule can be read', () => {
    expect(ruleLines(firstRule).join()).toContain('一天最多得10分')
  })
})

describe('standing and ledger', () => {
  const month = { month: '2026-09', lesson: 2, question: 3, review: 0, correction: 0 }
  const ledger = [
    { month: '2026-09', cause: 'lesson' as const, points: 2 },
    { month: '2026-09', cause: 'question' as const, points: 3 },
  ]
  test('agree', () => expect(mismatches('c', { total: 5, months: [month] }, ledger)).toEqual([]))
  test('a wrong total is told', () => {
    expect(mismatches('c', { total: 6, months: [month] }, ledger)).toEqual([
      { cadreId: 'c', figure: 'total', standing: 6, ledger: 5 },
    ])
  })
  test('a wrong month is told', () => {
    const found = mismatches('c', { total: 5, months: [{ ...month, lesson: 1 }] }, ledger)
    expect(found).toEqual([{ cadreId: 'c', figure: '2026-09 lesson', standing: 1, ledger: 2 }])
  })
  test('entries without a standing are told', () => {
    expect(mismatches('c', undefined, ledger)).toMatchObject([{ figure: 'total', standing: 0, ledger: 5 }])
  })
})
