import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { asksHow, checklistOf, rests } from '#server/policy/answer/checklist'
import { addMonths, deadlineOf, type Period, periodsIn } from '#server/policy/answer/deadline'
import { HOLIDAYS, isWorked, nextWorked } from '#shared/holiday-calendar'
import { deadlineWords } from '#server/policy/answer/wording'
import { addDays } from '#shared/day'
import { passage } from '../support/passages.ts'

const period = (rest: Partial<Period>): Period => ({
  words: '',
  from: '',
  count: 1,
  unit: 'day',
  workdayClause: '',
  before: false,
  ...rest,
})

describe('working days', () => {
  test.each([
    ['2026-02-13', true],
    ['2026-02-14', true],
    ['2026-02-16', false],
    ['2026-02-28', true],
    ['2026-10-07', false],
    ['2026-10-08', true],
    ['2026-10-10', true],
    ['2026-10-11', false],
    ['2025-10-08', false],
    ['2025-10-11', true],
    ['2027-01-01', true],
  ])('%s: %s', (day, worked) => expect(isWorked(day, HOLIDAYS)).toBe(worked))

  test('the holidays of a year are as many days as were announced', () => {
    const count = (year: number) =>
      (HOLIDAYS.get(year)?.off ?? []).reduce(
        (sum, [first, last]) => sum + (Date.parse(last) - Date.parse(first)) / 86_400_000 + 1,
        0,
      )
    expect([count(2025), count(2026)]).toEqual([1 + 8 + 3 + 5 + 3 + 8, 3 + 9 + 3 + 5 + 3 + 3 + 7])
  })
})

describe('the last day of a period', () => {
  test.each([
    // The first day is not counted.
    [{ count: 20 }, '2026-11-24', { day: '2026-12-14', moved: false }],
    // It ends on a Saturday and moves to Monday.
    [{ count: 18 }, '2026-11-24', { day: '2026-12-14', moved: true }],
    [{ count: 5, unit: 'workday' as const }, '2026-11-24', { day: '2026-12-01', moved: false }],
    // The National Day holiday and the Saturday that is worked behind it.
    [{ count: 5, unit: 'workday' as const }, '2026-09-29', { day: '2026-10-12', moved: false }],
    [{ count: 7 }, '2026-09-28', { day: '2026-10-08', moved: true }],
    [{ count: 1, unit: 'month' as const }, '2026-01-31', { day: '2026-02-28', moved: false }],
    [{ count: 1, unit: 'year' as const }, '2025-03-02', { day: '2026-03-02', moved: false }],
    [{ count: 30, before: true }, '2026-12-20', { day: '2026-11-20', moved: false }],
    [{ count: 3, before: true }, '2026-12-01', { day: '2026-11-27', moved: true }],
  ])('%j from %s', (of, start, expected) =>
    expect(deadlineOf(period(of), start, HOLIDAYS)).toEqual({ ...expected, holidaysUnknown: false }),
  )

  test('a period that reaches into a year without an arrangement says so', () => {
    expect(deadlineOf(period({ count: 60 }), '2026-11-24', HOLIDAYS).holidaysUnknown).toBe(true)
  })

  test('it is a working day, never before the days are over, and more days never end sooner', () => {
    const day = fc.integer({ min: 0, max: 600 }).map(count => addDays('2025-01-01', count))
    const unit = fc.constantFrom('day' as const, 'workday' as const, 'month' as const)
    fc.assert(
      fc.property(day, unit, fc.integer({ min: 1, max: 60 }), (start, one, count) => {
        const { day: end } = deadlineOf(period({ unit: one, count }), start, HOLIDAYS)
        expect(isWorked(end, HOLIDAYS)).toBe(true)
        expect(nextWorked(end, HOLIDAYS)).toBe(end)
        if (one === 'day') expect(end >= addDays(start, count)).toBe(true)
        expect(deadlineOf(period({ unit: one, count: count + 1 }), start, HOLIDAYS).day >= end).toBe(true)
      }),
    )
  })

  test.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-12-15', 2, '2027-02-15'],
  ])('%s and %d months: %s', (day, count, end) => expect(addMonths(day, count)).toBe(end))
})

describe('the periods of a clause', () => {
  test.each([
    ['应当自收到申请之日起二十日内作出决定', [{ from: '收到申请', count: 20, unit: 'day', before: false }]],
    ['应当自受理申请之日起15个工作日内办结', [{ from: '受理申请', count: 15, unit: 'workday' }]],
    ['用人单位提前三十日以书面形式通知劳动者本人', [{ count: 30, unit: 'day', before: true }]],
    ['应当在会议召开三日前公布', [{ count: 3, unit: 'day', before: true }]],
    ['可以自知道之日起六个月内提起诉讼', [{ from: '知道', count: 6, unit: 'month' }]],
    ['自治区、直辖市人民政府应当自受理申请之日起5日内决定', [{ from: '受理申请', count: 5, unit: 'day' }]],
    ['二十日内不能作出决定的，可以延长', []],
    ['处五日以上十日以下拘留', []],
    ['已满十六周岁的人', []],
    ['任期五年', []],
  ])('%s', (sentence, expected) => {
    const periods = periodsIn(sentence, '某条例')

    expect(periods).toHaveLength(expected.length)
    expect(periods).toMatchObject(expected)
  })

  test.each([
    ['行政许可法', '应当自受理之日起二十日内作出决定', 'workday', '第八十二条'],
    ['中华人民共和国行政处罚法', '应当在五日内要求听证', 'workday', '第八十五条'],
    ['行政许可法', '在被告知听证权利之日起五日内提出听证申请', 'day', ''],
    ['行政处罚法', '应当在十五日内缴纳罚款', 'day', ''],
    ['行政强制法', '应当在三十日内作出决定', 'day', ''],
    ['行政复议法', '应当在五日内进行审查', 'workday', '第八十八条'],
    ['某条例', '应当在五日内进行审查', 'day', ''],
  ])('%s: %s', (title, sentence, unit, workdayClause) =>
    expect(periodsIn(sentence, title)).toMatchObject([{ unit, workdayClause }]),
  )
})

describe('the checklist (办事清单)', () => {
  const licence = [
    passage('行政机关应当自受理行政许可申请之日起二十日内作出行政许可决定。', {
      title: '行政许可法',
      label: '第四十二条',
    }),
    passage('公民从事特定活动，依法需要取得行政许可的，应当向行政机关提出申请。今天天气好。', {
      title: '行政许可法',
      label: '第二十九条',
    }),
    passage('行政机关应当在三日内送达许可证件。', { title: '旧条例', label: '第三条', standing: 'repealed' }),
  ]

  test('its steps are sentences of clauses in force, in the order in which things are done', () => {
    const steps = checklistOf(licence, '2026-11-24')

    expect(steps.map(({ stage, cites }) => [stage, cites])).toEqual([
      ['apply', 2],
      ['decide', 1],
    ])
    expect(steps.every(step => rests(step, licence))).toBe(true)
    expect(steps[1]?.deadlines[0]?.deadline).toEqual({
      day: '2026-12-22',
      moved: false,
      holidaysUnknown: false,
    })
  })

  test('items of a list, exceptions and prohibitions are no steps, and a long clause leaves room for others', () => {
    const long = passage(
      `应当向村民公布。${['甲', '乙', '丙', '丁', '戊'].map(who => `${who}应当提出申请。`).join('')}（一）应当公示的；申请书不得涂改，应当提交。但是应当听证的除外。`,
    )
    const steps = checklistOf([long, ...licence], '2026-11-24')

    expect(steps.filter(({ cites }) => cites === 1)).toHaveLength(4)
    expect(steps.map(({ words }) => words).join('')).not.toMatch(/（一）|不得|除外/)
  })

  test('a step that stands in no clause does not rest on it', () => {
    expect(rests({ words: '先交五百元。', cites: 1 }, licence)).toBe(false)
    expect(rests({ words: '行政机关应当', cites: 9 }, licence)).toBe(false)
  })

  test('its deadlines are told with what they are counted from', () => {
    const [one] = checklistOf(licence, '2026-11-24')[1]?.deadlines ?? []

    expect(one && deadlineWords(one.period, one.deadline, '2026-11-24')).toBe(
      '期限：自受理行政许可申请之日起二十日内（该法第八十二条：按工作日算）。“受理行政许可申请”如果是 2026-11-24，20 个工作日到 2026-12-22 为止。',
    )
    const [back] = periodsIn('会议召开三日前公布', '某条例')
    expect(back && deadlineWords(back, null, '2026-11-24')).toBe('期限：三日前，从那件事的日子往前算。')
  })

  test.each([
    ['村民要办建房手续怎么办', true],
    ['办理低保的流程是什么', true],
    ['怎么申请法律援助', true],
    ['村民小组能不能自己决定', false],
  ])('%s: %s', (question, how) => expect(asksHow(question)).toBe(how))
})
