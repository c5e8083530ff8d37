import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { defaultGoal, studied, weekShown } from '#server/points/goal'
import {
  excuse,
  extend,
  noStreak,
  pause,
  resume,
  shown,
  type Streak,
  switchedOn,
} from '#server/points/streak'
import { addDays } from '#shared/day'

// 2026-11-23 is a Monday.
const monday = '2026-11-23'

describe('the week', () => {
  test('runs from Monday to Sunday and counts a day once', () => {
    let week = studied({ monday: '2026-11-16', days: ['2026-11-22'] }, '2026-11-25')
    week = studied(studied(week, '2026-11-25'), monday)
    expect(weekShown(week, defaultGoal, '2026-11-29')).toEqual({
      goal: 4,
      done: 2,
      paused: false,
      days: [0, 1, 2, 3, 4, 5, 6].map(offset => ({
        day: addDays(monday, offset),
        done: offset === 0 || offset === 2,
      })),
    })
  })

  test('begins empty on the next Monday', () => {
    const week = studied({ monday, days: [] }, '2026-11-29')
    expect(weekShown(week, defaultGoal, '2026-11-30')).toMatchObject({
      done: 0,
      days: [{ day: '2026-11-30' }, {}, {}, {}, {}, {}, {}],
    })
  })
})

describe('a streak', () => {
  const three: Streak = { on: true, days: 3, lastDay: '2026-11-22' }

  test('does not exist unless switched on', () => {
    expect(extend(noStreak, monday, false)).toBe(noStreak)
    expect(shown(noStreak, monday, false)).toBeNull()
  })
  test('begins today when today was studied', () =>
    expect(shown(switchedOn(monday, true), monday, false)).toEqual({ days: 1 }))
  test('begins with the next study day otherwise', () =>
    expect(extend(switchedOn(monday, false), monday, false)).toMatchObject({ days: 1 }))
  test('grows on the next day', () => expect(extend(three, monday, false).days).toBe(4))
  test('counts a day once', () => expect(extend(three, '2026-11-22', false)).toBe(three))
  test('starts over after a missed day', () => expect(extend(three, '2026-11-24', false).days).toBe(1))
  test('stands through the day after, then it is gone', () => {
    expect(shown(three, '2026-11-23', false)).toEqual({ days: 3 })
    expect(shown(three, '2026-11-24', false)).toEqual({ days: 0 })
  })
  test('stands and grows while paused', () => {
    expect(shown(three, '2026-12-20', true)).toEqual({ days: 3 })
    expect(extend(three, '2026-12-20', true).days).toBe(4)
  })
  test('goes on after a pause', () => {
    const resumed = resume(pause(three, monday), '2026-12-20')
    expect(shown(resumed, '2026-12-20', false)).toEqual({ days: 3 })
    expect(extend(resumed, '2026-12-20', false).days).toBe(4)
  })
  test('a pause does not bring back what was broken', () => {
    expect(shown(resume(pause(three, '2026-11-25'), '2026-12-20'), '2026-12-20', false)).toEqual({ days: 0 })
  })
  test('days with nothing due do not break it', () => {
    const excused = excuse(three, null, '2026-12-10')
    expect(extend(excused, '2026-12-10', false).days).toBe(4)
  })
  test('a day on which something waited does', () => {
    const excused = excuse(three, '2026-12-05', '2026-12-10')
    expect(extend(excused, '2026-12-10', false).days).toBe(1)
    expect(excuse(three, '2026-11-01', '2026-12-10')).toBe(three)
  })
  test('something due only today leaves it whole', () => {
    expect(extend(excuse(three, '2026-12-10', '2026-12-10'), '2026-12-10', false).days).toBe(4)
  })

  test('never counts more days than have passed', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 60 }), gaps => {
        let streak = switchedOn(monday, false)
        let day = monday
        let passed = 1
        for (const gap of gaps) {
          day = addDays(day, gap)
          passed += gap
          streak = extend(streak, day, false)
          expect(streak.days).toBeLessThanOrEqual(passed)
          expect(shown(streak, day, false)?.days).toBeGreaterThan(0)
        }
      }),
    )
  })
})
