import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  type Answered,
  daysAround,
  DUE_PER_DAY,
  lighterDay,
  LONGEST_INTERVAL_DAYS,
  type Memory,
  relearn,
  relieve,
  remember,
  respread,
} from '#server/quiz/memory'
import { addDays, daysFrom } from '#shared/day'

const day = '2026-11-23'
const right = { correct: true, guessed: false }
const wrong = { correct: false, guessed: false }
const lucky = { correct: true, guessed: true }

/** What is known after a first answer and, each time it comes due, the next ones. */
const after = (...answers: Answered[]): Memory => {
  let at = day
  let memory = remember(null, answers[0] ?? right, at)
  for (const answer of answers.slice(1)) {
    at = memory.dueOn ?? addDays(at, 1)
    memory = remember(memory, answer, at)
  }
  return memory
}

describe('after the first answer', () => {
  test('a right one needs no review', () =>
    expect(after(right)).toMatchObject({ dueOn: null, card: null, missed: 0, mastered: false }))
  test('a wrong one comes back tomorrow', () =>
    expect(after(wrong)).toMatchObject({ dueOn: '2026-11-24', missed: 1 }))
  test('a guessed one comes back a little later', () =>
    expect(after(lucky)).toMatchObject({ dueOn: '2026-11-25', missed: 1 }))
  test('a second one on the same day changes nothing', () => {
    const memory = after(wrong)
    expect(remember(memory, right, day)).toBe(memory)
  })
})

describe('reviews', () => {
  test('answered right come back at growing distances', () => {
    const intervals = [1, 2, 3, 4].map(
      count => after(wrong, ...Array<Answered>(count).fill(right)).card?.scheduledDays,
    )
    expect(intervals).toEqual([3, 8, 22, 54])
  })
  test('answered wrong come back soon again', () => {
    expect(after(wrong, right, right, wrong).card?.scheduledDays).toBeLessThanOrEqual(3)
  })
  test('end once the distance is more than half a year', () => {
    const memory = after(wrong, right, right, right, right, right, right)
    expect(memory.card?.scheduledDays).toBeGreaterThan(LONGEST_INTERVAL_DAYS)
    expect(memory.dueOn).toBeNull()
  })
  test('begin for one that was right at first and is missed later', () => {
    expect(remember(after(right), wrong, '2026-12-01')).toMatchObject({ dueOn: '2026-12-02', missed: 1 })
  })
})

describe('已掌握', () => {
  const met = after(right)
  test.each([
    ['right six days later', right, 6, false],
    ['right seven days later', right, 7, true],
    ['guessed seven days later', lucky, 7, false],
    ['wrong seven days later', wrong, 7, false],
  ])('%s', (_, answered, days, expected) => {
    expect(remember(met, answered, addDays(day, days)).mastered).toBe(expected)
  })
  test('is lost when answered wrong', () => {
    const mastered = remember(met, right, addDays(day, 7))
    expect(remember(mastered, wrong, addDays(day, 9)).mastered).toBe(false)
  })
})

const answers = fc.array(
  fc.record({ correct: fc.boolean(), guessed: fc.boolean(), wait: fc.integer({ min: 0, max: 400 }) }),
  { minLength: 1, maxLength: 25 },
)

test('whatever is answered whenever: it never comes back the same day, and never after more than a year', () => {
  fc.assert(
    fc.property(answers, list => {
      let memory: Memory | null = null
      let at = day
      for (const { wait, ...answered } of list) {
        at = addDays(at, wait)
        memory = remember(memory, answered, at)
        if (memory.lastDay === at && memory.dueOn) {
          expect(memory.dueOn > at).toBe(true)
          expect(daysFrom(at, memory.dueOn)).toBeLessThanOrEqual(365)
        }
      }
    }),
  )
})

describe('spreading', () => {
  test('leaves a day that has room', () =>
    expect(lighterDay('2026-11-30', day, new Map())).toBe('2026-11-30'))
  test('moves to the nearest day that has', () => {
    expect(lighterDay('2026-11-30', day, new Map([['2026-11-30', 3]]))).toBe('2026-12-01')
    expect(
      lighterDay(
        '2026-11-30',
        day,
        new Map([
          ['2026-11-30', 3],
          ['2026-12-01', 3],
        ]),
      ),
    ).toBe('2026-11-29')
  })
  test('never moves to today', () => {
    expect(lighterDay('2026-11-24', day, new Map([['2026-11-24', 3]]))).toBe('2026-11-25')
  })

  const loads = fc
    .array(fc.tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 6 })))
    .map(pairs => new Map(pairs.map(([offset, count]) => [addDays(day, offset), count])))

  test('stays within a tenth of the distance or two days, after today, on a day with room if there is one', () => {
    fc.assert(
      fc.property(loads, fc.integer({ min: 1, max: 50 }), (load, interval) => {
        const dueOn = addDays(day, interval)
        const moved = lighterDay(dueOn, day, load)
        const { from, to } = daysAround(dueOn, day)
        expect(moved > day && moved >= from && moved <= to).toBe(true)
        expect(Math.abs(daysFrom(dueOn, moved))).toBeLessThanOrEqual(Math.max(2, Math.round(interval / 10)))
        const around = Array.from({ length: daysFrom(from, to) + 1 }, (_, index) => addDays(from, index))
        const room = around.some(one => (load.get(one) ?? 0) < DUE_PER_DAY)
        if (room) expect(load.get(moved) ?? 0).toBeLessThan(DUE_PER_DAY)
      }),
    )
  })

  test('overdue ones go to coming days without filling any beyond three', () => {
    fc.assert(
      fc.property(loads, fc.integer({ min: 0, max: 150 }), (load, count) => {
        const days = respread(count, day, load)
        expect(days).toHaveLength(count)
        expect(days).toEqual([...days].sort())
        for (const one of new Set(days)) {
          expect(one > day).toBe(true)
          expect((load.get(one) ?? 0) + days.filter(other => other === one).length).toBeLessThanOrEqual(
            DUE_PER_DAY,
          )
        }
      }),
    )
  })
})

describe('after a correction of the key', () => {
  test('a miss that was none is taken out, with its review', () => {
    expect(relieve(after(wrong), day)).toMatchObject({ missed: 0, dueOn: null, card: null })
  })
  test('what was learnt since stays', () => {
    const memory = after(wrong, wrong)
    expect(relieve(memory, day)).toMatchObject({ missed: 1, dueOn: memory.dueOn })
  })
  test('a right answer that was none comes back', () => {
    expect(relearn(after(right), '2026-12-01')).toMatchObject({
      missed: 1,
      dueOn: '2026-12-02',
      mastered: false,
    })
  })
})
