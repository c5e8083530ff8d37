import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { type Choice, fraction, QUESTIONS_A_DAY, select } from '#server/quiz/selection'

const nothing: Choice = { due: [], lesson: [], topic: [], answeredToday: new Set() }
const candidate = (question: string, more: { lastDay?: string; reserved?: boolean } = {}) => ({
  question,
  lastDay: null,
  reserved: false,
  ...more,
})
const reasons = (choice: Partial<Choice>) =>
  select({ ...nothing, ...choice }, 's').map(({ reason }) => reason)
const ids = (choice: Partial<Choice>) =>
  select({ ...nothing, ...choice }, 's').map(({ question }) => question)

describe('the five questions of a day', () => {
  test('are due reviews first, then the lesson’s own, then topics', () => {
    const choice = { due: ['r1', 'r2'], lesson: ['l1', 'l2'], topic: [candidate('t1'), candidate('t2')] }
    expect(reasons(choice)).toEqual(['review', 'review', 'lesson', 'lesson', 'topic'])
    expect(ids(choice).slice(0, 4)).toEqual(['r1', 'r2', 'l1', 'l2'])
  })
  test('are five due ones when more are waiting, the oldest', () => {
    expect(ids({ due: ['a', 'b', 'c', 'd', 'e', 'f'], lesson: ['l'] })).toEqual(['a', 'b', 'c', 'd', 'e'])
  })
  test('name a question once: a due one of the lesson is a review', () => {
    expect(select({ ...nothing, due: ['x'], lesson: ['x', 'y'] }, 's')).toEqual([
      { question: 'x', reason: 'review' },
      { question: 'y', reason: 'lesson' },
    ])
  })
  test('leave out what was answered today', () => {
    expect(ids({ due: ['a'], lesson: ['b', 'c'], answeredToday: new Set(['a', 'b']) })).toEqual(['c'])
  })
  test('take new ones before those kept for a lesson, and these before ones met long ago', () => {
    const topic = [
      candidate('met later', { lastDay: '2026-10-02' }),
      candidate('met', { lastDay: '2026-10-01' }),
      candidate('kept', { reserved: true }),
      candidate('new'),
    ]
    expect(ids({ topic })).toEqual(['new', 'kept', 'met', 'met later'])
  })
  test('may be fewer than five', () => expect(ids({})).toEqual([]))
})

const id = fc.integer({ min: 0, max: 12 }).map(String)
const list = fc.array(id, { maxLength: 15 })
const choices = fc.record({
  due: list,
  lesson: list,
  topic: fc.array(
    fc.record({ question: id, lastDay: fc.option(fc.constant('2026-01-01')), reserved: fc.boolean() }),
    { maxLength: 15 },
  ),
  answeredToday: list.map(ids => new Set(ids)),
})

test('whatever there is to choose from: at most five, none twice, none answered today, the same for the same seed', () => {
  fc.assert(
    fc.property(choices, fc.string(), (choice, seed) => {
      const selected = select(choice, seed)
      const chosen = selected.map(({ question }) => question)
      expect(chosen.length).toBeLessThanOrEqual(QUESTIONS_A_DAY)
      expect(new Set(chosen).size).toBe(chosen.length)
      expect(chosen.some(question => choice.answeredToday.has(question))).toBe(false)
      expect(select({ ...choice, topic: [...choice.topic] }, seed)).toEqual(selected)
    }),
  )
})

test('nothing is left out while there is room', () => {
  fc.assert(
    fc.property(choices, fc.string(), (choice, seed) => {
      const all = new Set([...choice.due, ...choice.lesson, ...choice.topic.map(({ question }) => question)])
      const left = [...all].filter(question => !choice.answeredToday.has(question))
      expect(select(choice, seed)).toHaveLength(Math.min(QUESTIONS_A_DAY, left.length))
    }),
  )
})

test('another day draws other questions', () => {
  const topic = Array.from({ length: 50 }, (_, index) => candidate(`q${index}`))
  const drawn = ['d1', 'd2', 'd3'].map(seed =>
    select({ ...nothing, topic }, seed)
      .map(({ question }) => question)
      .join(),
  )
  expect(new Set(drawn).size).toBe(3)
})

test('a fraction lies in [0, 1) and spreads evenly', () => {
  const tenths = new Array<number>(10).fill(0)
  for (let index = 0; index < 10_000; index += 1) {
    const tenth = Math.floor(fraction(`cadre:${index}`) * 10)
    tenths[tenth] = (tenths[tenth] ?? 0) + 1
  }
  expect(Math.min(...tenths)).toBeGreaterThan(850)
  expect(Math.max(...tenths)).toBeLessThan(1150)
})
