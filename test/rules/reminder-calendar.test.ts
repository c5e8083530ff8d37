import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { addDays, dayOf, timeOf, weekdayOf } from '#shared/day'
import {
  addTime,
  removeTime,
  timesBetween,
  toggleDay,
} from '../../miniprogram/src/pages/reminders/choices.ts'
import { eventsOf, icsOf, monthsAfter } from '../../miniprogram/src/pages/reminders/phone-calendar.ts'

/** A Sunday morning. */
const NOW = new Date('2026-11-29T09:54:00+08:00')
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7]
const seconds = (text: string): number => Date.parse(text) / 1000

const aTime = fc.constantFrom(...timesBetween('07:00', '21:30'))
const someDays = fc.subarray(EVERY_DAY, { minLength: 1 })
const aMoment = fc.date({ min: new Date('2026-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })

describe('events for the phone’s calendar', () => {
  test('every day is one event, from the next time that comes to the end of the last day', () => {
    const ringing = { time: '07:30', days: EVERY_DAY, last: '2027-02-28' }
    expect(eventsOf(ringing, NOW)).toEqual([
      {
        startTime: seconds('2026-11-30T07:30:00+08:00'),
        repeatInterval: 'day',
        repeatEndTime: seconds('2027-02-28T23:59:59+08:00'),
      },
    ])
    expect(eventsOf({ ...ringing, time: '20:00' }, NOW)).toMatchObject([
      { startTime: seconds('2026-11-29T20:00:00+08:00') },
    ])
  })

  test('some days of the week are one weekly event each', () => {
    const events = eventsOf({ time: '07:30', days: [1, 3, 7], last: '2027-02-28' }, NOW)
    expect(events.map(({ repeatInterval }) => repeatInterval)).toEqual(['week', 'week', 'week'])
    expect(events.map(({ startTime }) => startTime)).toEqual(
      ['2026-11-30', '2026-12-02', '2026-12-06'].map(day => seconds(`${day}T07:30:00+08:00`)),
    )
  })

  test('each begins after now, within eight days, at its time on its day', () => {
    fc.assert(
      fc.property(aTime, someDays, aMoment, (time, days, now) => {
        const events = eventsOf({ time, days, last: '2031-01-01' }, now)
        const starts = events.map(({ startTime }) => new Date(startTime * 1000))
        for (const start of starts) {
          expect(start > now && dayOf(start) <= addDays(dayOf(now), 7)).toBe(true)
          expect(timeOf(start)).toBe(time)
          expect(days).toContain(weekdayOf(dayOf(start)))
        }
        expect(events).toHaveLength(days.length === 7 ? 1 : days.length)
      }),
    )
  })

  test.each([
    ['2026-11-29', 3, '2027-02-28'],
    ['2026-11-30', 1, '2026-12-30'],
    ['2026-08-31', 6, '2027-02-28'],
    ['2027-08-31', 6, '2028-02-29'],
    ['2026-12-15', 1, '2027-01-15'],
  ])('%s and %d months is %s', (day, months, last) => {
    expect(monthsAfter(day, months)).toBe(last)
  })
})

describe('the same as a file', () => {
  const linesOf = (days: number[], time = '07:30', now = NOW) =>
    icsOf({ time, days, last: '2027-02-28' }, now).split('\r\n')

  test('the rule ends in UTC with the last day in Beijing, and rings when it begins', () => {
    const lines = linesOf([1, 2, 3, 4, 5])
    expect(lines).toContain('DTSTART;TZID=Asia/Shanghai:20261130T073000')
    expect(lines).toContain('RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;UNTIL=20270228T155959Z')
    expect(lines).toContain('TRIGGER:PT0M')
    expect(linesOf(EVERY_DAY)).toContain('RRULE:FREQ=DAILY;UNTIL=20270228T155959Z')
  })

  test('the same rule keeps its name on another day, another rule has another', () => {
    const nameIn = (lines: string[]) => lines.find(line => line.startsWith('UID:'))
    expect(nameIn(linesOf([1, 2], '07:30', new Date('2026-12-24T12:00:00Z')))).toBe(nameIn(linesOf([2, 1])))
    expect(nameIn(linesOf([1, 3]))).not.toBe(nameIn(linesOf([1, 2])))
  })

  test('every line is short enough not to be folded, ends in CRLF, and what begins ends', () => {
    fc.assert(
      fc.property(aTime, someDays, aMoment, (time, days, now) => {
        const text = icsOf({ time, days, last: '2031-01-01' }, now)
        expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true)
        const open: string[] = []
        for (const line of text.split('\r\n').slice(0, -1)) {
          expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
          expect(line).not.toMatch(/[\r\n]/)
          if (line.startsWith('BEGIN:')) open.push(line.slice(6))
          if (line.startsWith('END:')) expect(open.pop()).toBe(line.slice(4))
        }
        expect(open).toEqual([])
      }),
    )
  })
})

describe('choosing', () => {
  test('times lie on full and half hours', () => {
    expect(timesBetween('07:00', '08:30')).toEqual(['07:00', '07:30', '08:00', '08:30'])
  })

  test('whatever is tapped, there are one to three times in their order, and one to seven days', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), aTime, fc.integer({ min: 1, max: 7 }))), taps => {
        let times = ['07:30', '12:30', '20:00']
        let days = [1, 2, 3, 4, 5]
        for (const [adding, time, day] of taps) {
          times = adding ? addTime(times, time) : removeTime(times, time)
          days = toggleDay(days, day)
          expect(times.length >= 1 && times.length <= 3).toBe(true)
          expect(times).toEqual([...new Set(times)].sort())
          expect(days.length).toBeGreaterThanOrEqual(1)
          expect(days).toEqual([...new Set(days)].sort((a, b) => a - b))
        }
      }),
    )
  })
})
