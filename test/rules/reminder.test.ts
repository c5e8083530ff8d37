import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { openWork } from '#server/reminder/day-work'
import { defaultWishes, dueAt, isQuiet, type Matter, MOST_A_DAY, type Wishes } from '#server/reminder/plan'
import { accepted, isAccept, keptBack, noQuota, type Quota } from '#server/reminder/quota'
import { fieldsOf, fitted, wordsOf } from '#server/reminder/wording'
import { addDays, dayOf, timeOf, weekdayOf } from '#shared/day'
import { HOLIDAYS, isHoliday } from '#shared/holiday-calendar'
import { ReminderKind } from '#shared/reminder'
import { fits } from '../support/wechat/field.ts'

// 2026-11-23 is a Monday.
const at = (time: string, day = '2026-11-23') => new Date(`${day}T${time}:00+08:00`)
const on: Wishes = { ...defaultWishes, on: true }
const matter = (kind: ReminderKind, subject = '信访登记'): Matter => ({ kind, key: kind, subject, count: 3 })
const matters = ReminderKind.options.map(kind => matter(kind))
const lesson = [matter('daily-lesson')]
const due = (moment: Date, wishes: Wishes = on, more: Partial<Parameters<typeof dueAt>[1]> = {}) =>
  dueAt(moment, { wishes, matters: lesson, planned: [], ...more }, HOLIDAYS)

describe('a reminder is due', () => {
  test.each([
    ['at a chosen time', at('07:30'), on, true],
    ['a little after it', at('07:59'), on, true],
    ['not long after it', at('08:00'), on, false],
    ['not before it', at('12:29'), on, false],
    ['not unless it was switched on', at('07:30'), defaultWishes, false],
    ['not on a weekend by default', at('07:30', '2026-11-28'), on, false],
    ['on a weekend that was chosen', at('07:30', '2026-11-28'), { ...on, days: [6] }, true],
    ['not on a public holiday', at('07:30', '2026-10-01'), on, false],
    ['on a public holiday when wished', at('07:30', '2026-10-01'), { ...on, holidays: true }, true],
    ['on a Saturday that is worked instead', at('07:30', '2026-10-10'), on, true],
    ['not on such a Saturday for who chose Sundays', at('07:30', '2026-10-10'), { ...on, days: [7] }, false],
    ['not in a pause', at('07:30'), { ...on, pausedUntil: '2026-11-24' }, false],
    ['on the day after a pause', at('07:30'), { ...on, pausedUntil: '2026-11-23' }, true],
    ['not of a kind that was not chosen', at('07:30'), { ...on, kinds: ['review-due' as const] }, false],
    ['never in quiet hours, even if chosen', at('22:00'), { ...on, times: ['22:00'] }, false],
  ])('%s', (_, moment, wishes, expected) => {
    expect(due(moment, wishes) !== null).toBe(expected)
  })

  test('of the day’s work only while it is not done, and of other things all the same', () => {
    const right = { reason: 'lesson' as const, state: 'right' as const, answered: true }
    const lesson = { id: 'l1', title: '先登记', finished: false }
    const done = openWork({ lesson, questions: [right, right] })
    expect(due(at('07:30'), on, { matters: done })).toBeNull()
    expect(due(at('07:30'), on, { matters: openWork({ lesson, questions: [] }) })).not.toBeNull()
    expect(due(at('07:30'), on, { matters: [...done, ...matters] })?.matter.kind).toBe('session-tomorrow')
  })
  test('once for a time, and once a day for a thing', () => {
    expect(due(at('07:40'), on, { planned: [{ slot: '07:30', key: 'other' }] })).toBeNull()
    expect(due(at('12:30'), on, { planned: [{ slot: '07:30', key: 'daily-lesson' }] })).toBeNull()
    expect(due(at('12:30'), on, { planned: [{ slot: '07:30', key: 'other' }] })).toMatchObject({
      slot: '12:30',
    })
  })
  test('of what matters most', () => {
    expect(due(at('07:30'), on, { matters: [...matters].reverse() })?.matter.kind).toBe('session-tomorrow')
  })
})

const anyWishes = fc.record({
  on: fc.boolean(),
  kinds: fc.subarray([...ReminderKind.options]),
  times: fc.array(
    fc.nat(47).map(half => `${String(half >> 1).padStart(2, '0')}:${half % 2 ? '30' : '00'}`),
    { minLength: 1, maxLength: 6 },
  ),
  days: fc.subarray([1, 2, 3, 4, 5, 6, 7]),
  holidays: fc.boolean(),
  learning: fc.boolean(),
  pausedUntil: fc.option(fc.constantFrom('2026-09-30', '2026-10-05', '2026-10-20')),
})

test('over any days and any wishes: at most two a day, none without a switch, in quiet hours or in pauses', () => {
  const minutes = fc
    .uniqueArray(fc.nat(20 * 24 * 12), { maxLength: 120 })
    .map(all => all.sort((a, b) => a - b))
  const run = fc.record({ wishes: anyWishes, minutes })
  fc.assert(
    fc.property(run, ({ wishes, minutes: steps }) => {
      const planned = new Map<string, { slot: string; key: string }[]>()
      for (const step of steps) {
        const moment = new Date(at('00:00', '2026-09-25').getTime() + step * 5 * 60_000)
        const day = dayOf(moment)
        const today = planned.get(day) ?? []
        const found = dueAt(moment, { wishes, matters, planned: today }, HOLIDAYS)
        if (!found) continue
        planned.set(day, [...today, { slot: found.slot, key: found.matter.key }])
        expect(wishes.on).toBe(true)
        expect(isQuiet(moment)).toBe(false)
        expect(timeOf(moment) >= '07:00' && timeOf(moment) < '22:00').toBe(true)
        expect(wishes.kinds).toContain(found.matter.kind)
        expect(wishes.times).toContain(found.slot)
        expect(wishes.pausedUntil === null || wishes.pausedUntil <= day).toBe(true)
        expect(wishes.holidays || !isHoliday(day, HOLIDAYS)).toBe(true)
      }
      for (const today of planned.values()) {
        expect(today.length).toBeLessThanOrEqual(MOST_A_DAY)
        expect(new Set(today.map(({ slot }) => slot)).size).toBe(today.length)
        expect(new Set(today.map(({ key }) => key)).size).toBe(today.length)
      }
    }),
  )
})

describe('a quota', () => {
  const after = (...told: Parameters<typeof accepted>[1][]): Quota => told.reduce(accepted, noQuota)
  const report = (moment: number) => ({
    by: 'report' as const,
    at: moment,
    name: String(moment),
  })
  const event = (moment: number) => ({
    by: 'event' as const,
    at: moment,
    name: String(moment),
  })

  test.each([
    ['one permission, told twice', [report(1_000), event(2_000)], 1],
    ['the event first', [event(1_000), report(1_500)], 1],
    ['told again by the same', [report(1_000), report(1_000), event(2_000), event(2_000), report(1_000)], 1],
    ['two permissions, told by both', [report(1_000), report(9_000), event(2_000), event(9_500)], 2],
    ['told by one only', [event(1_000), event(5_000)], 2],
    ['hours apart are two', [report(1_000), event(7_200_000)], 2],
  ])('%s', (_, happenings, left) => {
    expect(after(...happenings).left).toBe(left)
  })

  test('counts each of any permissions once, in whatever order its witnesses come', () => {
    const permissions = fc.uniqueArray(fc.nat(50), { maxLength: 12 })
    fc.assert(
      fc.property(permissions, fc.infiniteStream(fc.boolean()), (hours, coin) => {
        const told = hours.flatMap(hour => {
          const [first, second] = [report(hour * 3_600_000), event(hour * 3_600_000 + 900)]
          return coin.next().value ? [first, second, first] : [second, first, second]
        })
        expect(after(...told).left).toBe(hours.length)
      }),
    )
  })

  test.each([
    [1, 'daily-lesson', [], true],
    [1, 'daily-lesson', ['session-tomorrow'], false],
    [1, 'session-tomorrow', ['daily-lesson'], true],
    [2, 'daily-lesson', ['session-tomorrow'], true],
    [0, 'session-tomorrow', [], false],
  ] as [number, ReminderKind, ReminderKind[], boolean][])(
    'with %d left, %s beside %j may use one: %s',
    (left, kind, rivals, expected) => {
      expect(left > keptBack(kind, rivals)).toBe(expected)
    },
  )

  test('all forms of accept are one', () => {
    expect(['accept', 'acceptWithAudio', 'reject', 'ban', 'filter'].map(isAccept)).toEqual([
      ...[true, true],
      ...[false, false, false],
    ])
  })
})

describe('what a message says', () => {
  const names = { title: 'thing1', text: 'thing4', time: 'time2' }

  test('fits its fields, whatever it is about', () => {
    const subject = fc.string({
      unit: fc.constantFrom('课', 'a', '\n', '\u0000', ' ', '😀', '…'),
      maxLength: 60,
    })
    const kind = fc.constantFrom(...ReminderKind.options)
    fc.assert(
      fc.property(kind, subject, fc.nat(99_999), fc.nat(700), (of, about, count, days) => {
        const day = addDays('2026-01-01', days)
        const words = wordsOf({ kind: of, key: 'k', subject: about, count })
        for (const [name, value] of Object.entries(fieldsOf(words, { day, slot: '07:30' }, names)))
          expect([name, value, fits(name, value)]).toEqual([name, value, true])
      }),
    )
  })
  test.each([
    ['信访登记', '信访登记'],
    ['一二三四五六七八九十一二三四五六七八九十', '一二三四五六七八九十一二三四五六七八九十'],
    ['一二三四五六七八九十一二三四五六七八九十一', '一二三四五六七八九十一二三四五六七八九…'],
    ['第一行\n第二行', '第一行 第二行'],
    [' \n ', '请打开查看'],
  ])('%j becomes %j', (value, expected) => {
    expect(fitted(value)).toBe(expected)
  })
  test('a day is told as WeChat takes it', () => {
    const words = wordsOf(matter('unfinished-quiz'))
    expect(fieldsOf(words, { day: '2026-11-03', slot: '20:00' }, names)).toEqual({
      thing1: '今日一测',
      thing4: '还有 3 题没答完，点开接着答',
      time2: '2026年11月3日 20:00',
    })
  })
})

test.each([
  ['2026-11-23', 1],
  ['2026-11-29', 7],
])('%s is day %d of its week', (day, weekday) => {
  expect(weekdayOf(day)).toBe(weekday)
})
