import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { charsOf, type Progress, reachSection, waitOf } from '#server/course/reading'
import { ahead } from '#server/course/sequence'

const now = new Date('2026-11-23T01:00:00Z')
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000)

describe('reaching a section', () => {
  test('the first begins', () =>
    expect(reachSection(null, 0, now)).toEqual({
      order: true,
      moved: true,
      progress: { reached: 1, startedAt: now },
    }))
  test('the next one goes on from the beginning', () =>
    expect(reachSection({ reached: 1, startedAt: now }, 1, later(9))).toMatchObject({
      progress: { reached: 2, startedAt: now },
    }))
  test('again changes nothing', () => {
    const progress = { reached: 3, startedAt: now }
    expect(reachSection(progress, 1, later(9))).toEqual({ order: true, moved: false, progress })
  })
  test.each([
    ['beginning in the middle', null, 1],
    ['jumping over one', { reached: 1, startedAt: now }, 2],
  ])('%s is out of order', (_, progress, section) => {
    expect(reachSection(progress, section, now)).toEqual({ order: false })
  })

  test('however it is called, sections are reached one after the other', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 8 })), sections => {
        let progress: Progress | null = null
        for (const section of sections) {
          const before: number = progress?.reached ?? 0
          const result = reachSection(progress, section, now)
          if (!result.order) continue
          expect(result.progress.reached).toBe(section === before ? before + 1 : before)
          progress = result.progress
        }
      }),
    )
  })
})

describe('the pace', () => {
  test.each([
    [500, 0, 20],
    [500, 19.2, 1],
    [500, 20, 0],
    [500, 3600, 0],
    [0, 0, 0],
  ])('%i characters after %d seconds wait %i', (chars, seconds, wait) => {
    expect(waitOf(chars, now, later(seconds))).toBe(wait)
  })

  test('counts the characters of every block', () => {
    expect(
      charsOf([
        { type: 'paragraph', spans: [{ text: '接访 先听' }, { text: '后记', strong: true }] },
        { type: 'list', ordered: false, items: [[{ text: '一' }], [{ text: '二三' }]] },
        { type: 'quote', spans: [{ text: '第五条' }] },
      ]),
    ).toBe(12)
  })
})

describe('the lessons ahead', () => {
  const lessons = ['a', 'b', 'c'].map(id => ({ id }))
  test('leave out what is behind', () =>
    expect(
      ahead(lessons, [{ lesson: 'a', closedOn: '2026-11-22' }], '2026-11-23').map(({ id }) => id),
    ).toEqual(['b', 'c']))
  test('do not change on the day a lesson is finished', () =>
    expect(ahead(lessons, [{ lesson: 'a', closedOn: '2026-11-23' }], '2026-11-23')[0]?.id).toBe('a'))
  test('are none after the last', () =>
    expect(
      ahead(
        lessons,
        lessons.map(({ id }) => ({ lesson: id, closedOn: '2026-11-01' })),
        '2026-11-23',
      ),
    ).toEqual([]))
})
