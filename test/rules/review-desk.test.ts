import { describe, expect, test } from '@jest/globals'
import { strayNumbers, withoutClause } from '../../miniprogram/src/pages/review-item/numbering.ts'
import {
  emptyQuestion,
  isComplete,
  questionBody,
  toggledKey,
} from '../../miniprogram/src/pages/review-item/question-draft.ts'

describe('an answer written by a person', () => {
  test('loses the number of a clause that is taken away, and later ones move up', () => {
    expect(withoutClause(['要开会[1]，要报批[2][3]。', '见[1]'], 2)).toEqual([
      '要开会[1]，要报批[2]。',
      '见[1]',
    ])
    expect(withoutClause(['要开会[1]，要报批[2]。'], 1)).toEqual(['要开会，要报批[1]。'])
  })
  test('tells the numbers that no clause bears, each once', () => {
    expect(strayNumbers(['甲[1]乙[3]', '丙[3]丁[0]'], 2)).toEqual([3, 0])
    expect(strayNumbers(['甲[1]乙[2]'], 2)).toEqual([])
  })
})

describe('a quiz question being written', () => {
  const draft = {
    ...emptyQuestion(),
    topic: '基层治理',
    stem: '出租荒山由谁决定？',
    options: [
      { text: '小组长', why: '无权单独决定' },
      { text: ' ', why: '' },
      { text: '村民会议', why: '' },
    ],
    key: ['C'],
    explanation: '处分集体财产要经村民会议。',
  }

  test('is sent without its empty options, and the key follows its option', () => {
    expect(questionBody(draft)).toMatchObject({
      options: [
        { text: '小组长', why: '无权单独决定' },
        { text: '村民会议', why: '' },
      ],
      key: ['B'],
    })
    expect(isComplete(draft)).toBe(true)
  })
  test('of judgement has no options of its own', () => {
    const judge = { ...draft, type: 'judge' as const, key: ['B'] }
    expect(questionBody(judge)).toMatchObject({ options: [], key: ['B'] })
    expect(isComplete(judge)).toBe(true)
  })
  test.each([
    ['no key', { key: [] }],
    ['a key on an empty option', { key: ['B'] }],
    ['one option', { options: draft.options.slice(2) }],
    ['one right option of several', { type: 'multiple' as const }],
    ['no explanation', { explanation: ' ' }],
    ['no topic', { topic: '' }],
    ['a stem too short', { stem: '谁？' }],
  ])('is not complete with %s', (_, part) => {
    expect(isComplete({ ...draft, ...part })).toBe(false)
  })
  test('a tap chooses one of a single choice and turns one of several', () => {
    expect(toggledKey({ ...draft, key: ['A'] }, 'C')).toEqual(['C'])
    expect(toggledKey({ ...draft, type: 'multiple', key: ['C'] }, 'A')).toEqual(['A', 'C'])
    expect(toggledKey({ ...draft, type: 'multiple', key: ['A', 'C'] }, 'A')).toEqual(['C'])
  })
})
