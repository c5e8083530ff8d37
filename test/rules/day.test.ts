import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { addDays, addWorkdays, dayOf, daysFrom, mondayOf, startOf } from '#shared/day'

test.each([
  ['2026-11-22T15:59:59.999Z', '2026-11-22'],
  ['2026-11-22T16:00:00.000Z', '2026-11-23'],
  ['2026-12-31T16:00:00.000Z', '2027-01-01'],
])('the moment %s lies on the Beijing day %s', (moment, day) => {
  expect(dayOf(new Date(moment))).toBe(day)
})

test.each([
  ['2026-11-23', '2026-11-23'],
  ['2026-11-29', '2026-11-23'],
  ['2027-01-01', '2026-12-28'],
])('the week of %s begins on Monday %s', (day, monday) => {
  expect(mondayOf(day)).toBe(monday)
})

test.each([
  ['2026-11-23', 5, '2026-11-30'],
  ['2026-11-27', 1, '2026-11-30'],
  ['2026-11-28', 1, '2026-11-30'],
  ['2026-11-29', 5, '2026-12-04'],
])('%s and %i working days is %s', (day, count, later) => {
  expect(addWorkdays(day, count)).toBe(later)
})

const days = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map(date => dayOf(date))

test('adding days and counting them undo each other', () => {
  fc.assert(
    fc.property(days, fc.integer({ min: -4000, max: 4000 }), (day, count) => {
      expect(daysFrom(day, addDays(day, count))).toBe(count)
    }),
  )
})

test('a day begins at its own first moment and not before', () => {
  fc.assert(
    fc.property(days, day => {
      expect(dayOf(startOf(day))).toBe(day)
      expect(dayOf(new Date(startOf(day).getTime() - 1))).toBe(addDays(day, -1))
    }),
  )
})
