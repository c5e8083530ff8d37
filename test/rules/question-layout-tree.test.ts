import { describe, expect, it } from '@jest/globals'
import { findingsOf, lineOf } from '../support/import.ts'

const SINGLE = 'single 我国的首都是（ ）。 A上海/B北京/C广州/D深圳 →北京'
const MULTIPLE = 'multiple 下列属于直辖市的有（ ）。 A北京/B天津/C苏州/D重庆 →北京+天津+重庆'
const JUDGE = 'judge 长江是我国最长的河流。 A正确/B错误 →正确'
const S = '我国的首都是（ ）。'
const M = '下列属于直辖市的有（ ）。'
const J = '长江是我国最长的河流。'
const CITIES = ['上海', '北京', '广州', '深圳']
const MUNICIPAL = ['北京', '天津', '苏州', '重庆']
const object = (texts: string[]) => Object.fromEntries(texts.map((text, i) => ['ABCD'[i] ?? '', text]))

const layouts: [string, unknown, string[]][] = [
  [
    'options as strings, answers as letters',
    [
      { question: S, options: CITIES, answer: 'B' },
      { question: M, options: MUNICIPAL, answer: ['A', 'B', 'D'] },
      { question: J, answer: true },
    ],
    [SINGLE, MULTIPLE, JUDGE],
  ],
  [
    'lists by type, answers from 0',
    {
      单选题: [{ question: S, options: CITIES.map((c, i) => `${'ABCD'[i] ?? ''}. ${c}`), correct: 1 }],
      多选题: [{ question: M, options: MUNICIPAL, correct: [0, 1, 3] }],
      判断题: [{ question: J, options: ['正确', '错误'], correct: 0 }],
    },
    [SINGLE, MULTIPLE, JUDGE],
  ],
  [
    'the reply of a server, options as an object',
    {
      code: 0,
      data: {
        total: 2,
        list: [
          { id: 7, title: S, type: 1, options: object(CITIES), rightAnswer: 'B' },
          { id: 8, title: M, type: 2, options: object(MUNICIPAL), rightAnswer: 'A,B,D' },
        ],
      },
    },
    [SINGLE, MULTIPLE],
  ],
  [
    'options that say whether they are right',
    {
      questions: [
        {
          stem: S,
          type: 'radio',
          options: CITIES.map((text, i) => ({ label: 'ABCD'[i], text, isCorrect: i === 1 })),
        },
        { stem: M, options: MUNICIPAL.map((value, i) => ({ key: 'ABCD'[i], value, isCorrect: i !== 2 })) },
      ],
    },
    [SINGLE, MULTIPLE],
  ],
  [
    'options as one text, answers as words',
    [
      { 题干: S, 选项: 'A.上海\nB.北京\nC.广州\nD.深圳', 答案: '北京' },
      { 题干: M, 选项: MUNICIPAL.join('|'), 答案: ['北京', '天津', '重庆'] },
    ],
    [SINGLE, MULTIPLE],
  ],
  [
    'one property an option, HTML inside',
    [
      {
        content: `<p>${S}</p>`,
        option_a: '<p>上海</p>',
        option_b: '北京&nbsp;',
        option_c: '广州',
        option_d: '深圳',
        option_e: null,
        answer: 'B',
      },
    ],
    [SINGLE],
  ],
  [
    'rows as arrays under a header',
    [
      ['题目', 'A', 'B', 'C', 'D', '答案'],
      [S, ...CITIES, 'B'],
      [M, ...MUNICIPAL, 'ABD'],
    ],
    [SINGLE, MULTIPLE],
  ],
  [
    'an object of questions by number',
    {
      '1': { question: S, choices: CITIES, answerIndex: 2 },
      '2': { question: M, choices: MUNICIPAL, answerIndex: [1, 2, 4] },
    },
    [SINGLE, MULTIPLE],
  ],
  [
    'options as objects of one letter',
    [{ question: S, options: CITIES.map((text, i) => ({ ['ABCD'[i] ?? '']: text })), answer: 'B' }],
    [SINGLE],
  ],
  [
    'a type stated once over its list',
    { name: '题库', sections: [{ type: '判断题', items: [{ question: J, answer: '√' }] }] },
    [JUDGE],
  ],
  [
    'names with a prefix, flags as numbers',
    {
      rows: [
        {
          questionContent: `<p>${S}</p>`,
          questionType: '0',
          optionList: CITIES.map((text, i) => ({
            optionKey: 'ABCD'[i],
            optionContent: text,
            isAnswer: i === 1 ? 1 : 0,
          })),
        },
      ],
    },
    [SINGLE],
  ],
  [
    'rows without a header, options in one',
    [S, S.replace('首都', '行政中心'), S.replace('首都', '第一大城')].map(stem => [
      '单选',
      stem,
      CITIES.join('|'),
      'B',
    ]),
    [SINGLE, SINGLE.replace('首都', '行政中心'), SINGLE.replace('首都', '第一大城')],
  ],
  [
    'a list under one letter',
    [
      { q: S, a: CITIES, correct: 1 },
      { q: S.replace('首都', '行政中心'), a: CITIES, correct: 0 },
    ],
    [SINGLE, SINGLE.replace('首都', '行政中心').replace('→北京', '→上海')],
  ],
]

describe('a JSON tree gives its questions', () => {
  it.each(layouts)('with %s', async (_, value, expected) => {
    const { drafts, rejected } = await findingsOf(JSON.stringify(value), 'a.json')
    expect(rejected).toEqual([])
    expect(drafts.map(lineOf)).toEqual(expected)
  })

  it('line by line, a damaged line stopping nothing', async () => {
    const good = JSON.stringify({ question: S, options: CITIES, answer: 'B' })
    const { drafts, rejected } = await findingsOf(
      `${good}\n{"question": "断\n${good.replace('首都', '行政中心')}`,
      'a.json',
    )
    expect(drafts.map(lineOf)).toEqual([SINGLE, SINGLE.replace('首都', '行政中心')])
    expect(rejected).toEqual(['$[1]: row.not-a-question'])
  })

  it('however deep the rest of the tree is', async () => {
    const deep = `${'['.repeat(5000)}${']'.repeat(5000)}`
    expect((await findingsOf(deep, 'a.json')).rejected).toEqual(['file: layout.unknown'])
  })
})
