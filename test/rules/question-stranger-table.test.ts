import { describe, expect, it } from '@jest/globals'
import { paragraph, sheet, wordFile, wordTable, workbook } from '../support/documents.ts'
import { findingsOf, lineOf } from '../support/import.ts'

const S = '我国的首都是（ ）。'
const M = '下列属于直辖市的有（ ）。'
const CITIES = ['上海', '北京', '广州', '深圳']
const FOUR = ['北京', '天津', '苏州', '重庆']
const SINGLE = `single ${S} A上海/B北京/C广州/D深圳 →北京`
const MULTIPLE = `multiple ${M} A北京/B天津/C苏州/D重庆 →北京+天津+重庆`
const JUDGE = 'judge 长江是我国最长的河流。 A正确/B错误 →正确'
const WRONG = 'judge 黄河是我国最长的河流。 A正确/B错误 →错误'
const lettered = (words: string[]) => words.map((word, at) => `${'ABCD'[at]}. ${word}`).join('\n')
const [CAPITAL, DIRECT] = [`1. ${S}\n${lettered(CITIES)}\n`, `2. ${M}\n${lettered(FOUR)}\n`]
const [RIGHT, FALSE] = ['长江是我国最长的河流。', '黄河是我国最长的河流。']

type Layout = [title: string, file: string, content: string | Buffer, expected: string[]]

const tables: Layout[] = [
  [
    'a header of two rows',
    'a.xlsx',
    sheet([
      ['竞赛题库'],
      ['序号', '题目内容', '备选项', '', '', '', '标准答案'],
      ['', '', 'A', 'B', 'C', 'D', ''],
      [1, S, ...CITIES, 'B'],
      [2, M, ...FOUR, 'ABD'],
    ]),
    [SINGLE, MULTIPLE],
  ],
  [
    'an option to a row and whether it is right beside it',
    'a.xlsx',
    sheet([
      ['题号', '题目', '选项', '是否正确'],
      ...CITIES.map((city, at) => [at === 0 ? 1 : '', at === 0 ? S : '', city, at === 1 ? '是' : '否']),
    ]),
    [SINGLE],
  ],
  ['whether a statement is right', 'a.csv', `题目,是否正确\n${RIGHT},是\n${FALSE},否`, [JUDGE, WRONG]],
  [
    'a column 正确 and a column 错误, one of them ticked',
    'a.xlsx',
    sheet([
      ['题干', '正确', '错误'],
      [RIGHT, '√', ''],
      [FALSE, '', '√'],
      ['黄山在安徽。', '√', '×'],
    ]),
    [JUDGE, WRONG],
  ],
  [
    'the answers on sheets of their own, by type and number',
    'a.xlsx',
    workbook({
      单选题: {
        rows: [
          ['题号', '题目', 'A', 'B', 'C', 'D'],
          [1, S, ...CITIES],
        ],
      },
      多选题: {
        rows: [
          ['题号', '题目', 'A', 'B', 'C', 'D'],
          [1, M, ...FOUR],
        ],
      },
      单选题答案: {
        rows: [
          ['题号', '答案'],
          [1, 'B'],
        ],
      },
      多选题答案: {
        rows: [
          ['题号', '答案'],
          [1, 'ABD'],
        ],
      },
    }),
    [SINGLE, MULTIPLE],
  ],
  [
    'a table of answers behind the text',
    'a.docx',
    wordFile([
      ...`${CAPITAL}${DIRECT}参考答案`.split('\n').map(line => paragraph(line)),
      wordTable([
        ['题号', '1', '2'],
        ['答案', 'B', 'ABD'],
      ]),
    ]),
    [SINGLE, MULTIPLE],
  ],
  [
    'wrong options in columns of their own',
    'a.csv',
    `题目,正确答案,干扰项1,干扰项2\n${S},北京,上海,广州`,
    [`single ${S} A上海/B北京/C广州 →北京`],
  ],
  [
    'tags and entities in the cells',
    'a.csv',
    `题目,选项,答案\n"<p>我国的首都是&#65288;&nbsp;&#65289;。</p>","<p>A.上海</p><p>B.北京</p><p>C.广州</p><p>D.深圳</p>",<p>B</p>`,
    [SINGLE],
  ],
  [
    'a quiz site with limits in its names and numbers from 1',
    'a.xlsx',
    sheet([
      [
        'Question - max 120 characters',
        'Answer 1 - max 75',
        'Answer 2 - max 75',
        'Correct answer(s) - choose',
      ],
      ['首都是？', '上海', '北京', 2],
      ['最长的河是？', '长江', '黄河', 1],
    ]),
    ['single 首都是？ A上海/B北京 →北京', 'single 最长的河是？ A长江/B黄河 →长江'],
  ],
  [
    'one name above all columns of options, judge options with letters of their own',
    'a.xlsx',
    sheet([
      ['题型', '题干', '选项', '', '', '', '答案'],
      ['单选题', S, ...CITIES, 'B'],
      ['判断题', RIGHT, 'A.正确', 'B.错误', '', '', 'A'],
      ['判断题', FALSE, 'A.正确', 'B.错误', '', '', 'B'],
    ]),
    [SINGLE, JUDGE, WRONG],
  ],
]

const trees: Layout[] = [
  [
    'options named by number',
    'a.json',
    JSON.stringify([{ question: S, options: { 1: '上海', 2: '北京', 3: '广州', 4: '深圳' }, answer: '2' }]),
    [SINGLE],
  ],
  [
    'answers that are the options with their marks',
    'a.json',
    JSON.stringify([{ content: S, answers: CITIES.map((content, at) => ({ content, right: at === 1 })) }]),
    [SINGLE],
  ],
  [
    'names of a school platform',
    'a.json',
    JSON.stringify({
      records: [
        {
          quesContent: S,
          quesType: '1',
          optionList: CITIES.map((optionContent, at) => ({ optionTag: 'ABCD'[at], optionContent })),
          rightAnswer: 'B',
        },
      ],
    }),
    [SINGLE],
  ],
  [
    'letters that are true or false, numbers and ids as MongoDB exports them',
    'a.json',
    [
      { _id: { $oid: '5f' }, title: S, options: CITIES, answer: { $numberInt: '1' } },
      { _id: { $oid: '60' }, title: '最后的城市是？', options: CITIES, answer: { $numberInt: '0' } },
    ]
      .map(line => JSON.stringify(line))
      .join('\n'),
    [SINGLE, 'single 最后的城市是？ A上海/B北京/C广州/D深圳 →上海'],
  ],
  [
    'an answer that says of each letter whether it is right',
    'a.json',
    JSON.stringify([
      {
        question: M,
        options: { A: '北京', B: '天津', C: '苏州', D: '重庆' },
        answer: { A: true, B: true, C: false, D: true },
      },
    ]),
    [MULTIPLE],
  ],
]

describe('a table or tree in a layout found elsewhere gives its questions', () => {
  it.each([...tables, ...trees])('%s', async (_, name, content, expected) => {
    expect((await findingsOf(content, name)).drafts.map(lineOf)).toEqual(expected)
  })
})
