import { describe, expect, test } from '@jest/globals'
import { stagesOf } from '../../miniprogram/src/pages/checklist/stages.ts'
import { headingsAt, paragraphsOf, rowsOf } from '../../miniprogram/src/pages/clause/article-text.ts'

describe('the paragraphs of an article', () => {
  const names = (text: string): string[] => paragraphsOf(text).map(({ name }) => name)

  test('bear their names where there are several; items bear none', () => {
    expect(names('下列事项：\n（一）补贴；\n（二）收益；\n可以授权。\n另有规定的除外。')).toEqual([
      '第一款',
      '',
      '',
      '第二款',
      '第三款',
    ])
  })
  test('an only paragraph bears no name', () => {
    expect(names('应当登记。')).toEqual([''])
    expect(names('下列事项：\n（一）补贴；\n1. 午餐；')).toEqual(['', '', ''])
  })
  test('are counted beyond ten', () => {
    const many = names(Array.from({ length: 21 }, () => '款').join('\n'))
    expect([many[9], many[10], many[19], many[20]]).toEqual(['第十款', '第十一款', '第二十款', '第二十一款'])
  })
})

describe('a part of a table', () => {
  test('has its first row as head where it is the first part', () => {
    expect(rowsOf('事项 | 期限\n登记 | 5日', '')).toEqual([
      [
        { name: '事项', text: '登记' },
        { name: '期限', text: '5日' },
      ],
    ])
  })
  test('has the head of the whole table where it is a further part', () => {
    expect(rowsOf('答复 | 60日', '事项 | 期限')?.[0]?.[1]).toEqual({ name: '期限', text: '60日' })
  })
  test('a row with more cells than the head keeps them', () => {
    expect(rowsOf('甲 | 乙 | 丙', '一 | 二')?.[0]?.[2]).toEqual({ name: '', text: '丙' })
  })
  test('a text without cells is no table', () => {
    expect(rowsOf('应当登记。\n应当告知。', '')).toBeNull()
  })
})

describe('headings between articles', () => {
  test.each([
    [['第一编', '第一章'], undefined, ['第一编', '第一章']],
    [['第一编', '第二章'], ['第一编', '第一章'], ['第二章']],
    [
      ['第二编', '第一章'],
      ['第一编', '第一章'],
      ['第二编', '第一章'],
    ],
    [['第一章'], ['第一章'], []],
  ])('%j after %j: %j', (path, before, headings) => {
    expect(headingsAt(path, before)).toEqual(headings)
  })
})

test('steps of a checklist stand by stage, and a stage that comes again stands again', () => {
  const stages = stagesOf(['登记', '登记', '办理', '登记'].map(stage => ({ stage })))
  expect(stages.map(({ name, steps }) => [name, steps.length])).toEqual([
    ['登记', 2],
    ['办理', 1],
    ['登记', 1],
  ])
})
