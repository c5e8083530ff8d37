import { describe, expect, it } from '@jest/globals'
import { sheet, workbook, wordFile, wordTable } from '../support/documents.ts'
import { findingsOf, lineOf } from '../support/import.ts'

const SINGLE = 'single 我国的首都是（ ）。 A上海/B北京/C广州/D深圳 →北京'
const MULTIPLE = 'multiple 下列属于直辖市的有（ ）。 A北京/B天津/C苏州/D重庆 →北京+天津+重庆'
const JUDGE = 'judge 长江是我国最长的河流。 A正确/B错误 →正确'
const BLANK = 'blank 新中国成立于____年。  →1949'

const S = '我国的首都是（ ）。'
const M = '下列属于直辖市的有（ ）。'
const J = '长江是我国最长的河流。'
const B = '新中国成立于____年。'
const CITIES = ['上海', '北京', '广州', '深圳']
const MUNICIPAL = ['北京', '天津', '苏州', '重庆']

const header = ['题号', '题型', '题干', '选项A', '选项B', '选项C', '选项D', '答案', '解析']
const plainRows = [
  [1, '单选题', S, ...CITIES, 'B', '略'],
  [2, '多选题', M, ...MUNICIPAL, 'ABD', ''],
  [3, '判断题', J, '', '', '', '', '正确', ''],
  [4, '填空题', B, '', '', '', '', '1949', ''],
]
const all = [SINGLE, MULTIPLE, JUDGE, BLANK]

const csv = (rows: (string | number)[][], by = ',') =>
  rows
    .map(row =>
      row
        .map(cell => (/[",;\n\t]/.test(String(cell)) ? `"${String(cell).replaceAll('"', '""')}"` : cell))
        .join(by),
    )
    .join('\r\n')

/** Name, file name, content, expected lines. */
const layouts: [string, string, Buffer | string, string[]][] = [
  ['a plain sheet', 'a.xlsx', sheet([header, ...plainRows]), all],
  ['an old .xls', 'a.xls', sheet([header, ...plainRows], 'biff8'), all],
  ['.xls that is really a web page', 'a.xls', sheet([header, ...plainRows], 'html'), all],
  [
    'title rows, blank rows and full-width headers',
    'a.xlsx',
    sheet([
      ['二〇二六年题库'],
      [],
      ['试题内容', '试题类型', '备选项１', '备选项２', '备选项３', '备选项４', '标准答案（必填）'],
      [],
      [S, '单项选择题', ...CITIES, 'Ｂ'],
      [],
      [M, '多项选择', ...MUNICIPAL, 'A、B、D'],
    ]),
    [SINGLE, MULTIPLE],
  ],
  [
    'columns in another order and English names',
    'a.xlsx',
    sheet([
      ['correct_answer', 'optionA', 'optionB', 'optionC', 'optionD', 'question', 'type'],
      ['b', ...CITIES, S, 'single_choice'],
      ['a,b,d', ...MUNICIPAL, M, 'multiple_choice'],
      ['true', '', '', '', '', J, 'true_or_false'],
    ]),
    [SINGLE, MULTIPLE, JUDGE],
  ],
  [
    'options in one cell by lines',
    'a.xlsx',
    sheet([
      ['题目', '选项', '正确答案'],
      [S, CITIES.map((city, i) => `${'ABCD'[i] ?? ''}.${city}`).join('\n'), 'B'],
      [M, MUNICIPAL.join('\n'), 'A B D'],
    ]),
    [SINGLE, MULTIPLE],
  ],
  [
    'options in one cell by bars',
    'a.xlsx',
    sheet([
      ['问题', '备选答案', '参考答案'],
      [S, CITIES.join('|'), '北京'],
      [M, MUNICIPAL.join(' | '), '北京|天津|重庆'],
    ]),
    [SINGLE, MULTIPLE],
  ],
  [
    'options in one cell by semicolons with letters',
    'a.csv',
    csv([
      ['题干', '选项', '答案'],
      [S, 'A、上海；B、北京；C、广州；D、深圳', 'B'],
      [M, 'A:北京;B:天津;C:苏州;D:重庆', 'ABD'],
    ]),
    [SINGLE, MULTIPLE],
  ],
  [
    'options in one cell running on',
    'a.xlsx',
    sheet([
      ['题干', '选项', '答案'],
      [S, 'A.上海 B.北京 C.广州 D.深圳', 'B'],
      [M, '（A）北京（B）天津（C）苏州（D）重庆', 'ＡＢＤ'],
    ]),
    [SINGLE, MULTIPLE],
  ],
  [
    'options inside the stem',
    'a.xlsx',
    sheet([
      ['题目', '答案'],
      [`1.${S}A.上海B.北京C.广州D.深圳`, 'B'],
      [`2.${M}A.北京B.天津C.苏州D.重庆`, 'ABD'],
    ]),
    [SINGLE, MULTIPLE],
  ],
  [
    'letters repeated in option cells and answers with words',
    'a.xlsx',
    sheet([
      ['题目', 'A', 'B', 'C', 'D', '答案'],
      [`1、${S}`, ...CITIES.map((city, i) => `${'ABCD'[i] ?? ''}、${city}`), 'B、北京'],
      [
        `2、${M}`,
        ...MUNICIPAL.map((city, i) => `${'ＡＢＣＤ'[i] ?? ''}．${city}`),
        'A、北京；B、天津；D、重庆',
      ],
    ]),
    [SINGLE, MULTIPLE],
  ],
  [
    'types named by the sheets',
    'a.xlsx',
    workbook({
      单选题: {
        rows: [
          ['题干', 'A', 'B', 'C', 'D', '答案'],
          [S, ...CITIES, 'B'],
        ],
      },
      '多选题(1)': {
        rows: [
          ['题干', 'A', 'B', 'C', 'D', '答案'],
          [M, ...MUNICIPAL, 'ABD'],
        ],
      },
      判断题: {
        rows: [
          ['题干', '答案'],
          [`${J}（ ）`, '√'],
        ],
      },
      填空题: {
        rows: [
          ['题干', '答案'],
          [B, 1949],
        ],
      },
    }),
    all,
  ],
  [
    'types named by rows between questions, headers repeated',
    'a.xlsx',
    sheet([
      ['一、单选题（每题2分）'],
      ['题干', 'A', 'B', 'C', 'D', '答案'],
      [S, ...CITIES, 'B'],
      ['二、判断题'],
      ['题干', '答案'],
      [J, '对'],
    ]),
    [SINGLE, JUDGE],
  ],
  [
    'a type merged over its questions',
    'a.xlsx',
    workbook({
      S: {
        rows: [
          ['题型', '题干', 'A', 'B', 'C', 'D', '答案'],
          ['单选', S, ...CITIES, 'B'],
          [null, S.replace('首都', '行政中心'), ...CITIES, 'B'],
        ],
        merges: [{ s: { r: 1, c: 0 }, e: { r: 2, c: 0 } }],
      },
    }),
    [SINGLE, SINGLE.replace('首都', '行政中心')],
  ],
  [
    'an option a row',
    'a.xlsx',
    sheet([
      ['题干', '选项', '答案'],
      [S, 'A.上海', 'B'],
      ['', 'B.北京', ''],
      ['', 'C.广州', ''],
      ['', 'D.深圳', ''],
    ]),
    [SINGLE],
  ],
  [
    'answers counted from 0',
    'a.csv',
    csv([
      ['question', 'option1', 'option2', 'option3', 'option4', 'answer'],
      [S, ...CITIES, 1],
      [M, ...MUNICIPAL, '0,1,3'],
    ]),
    [SINGLE, MULTIPLE],
  ],
  [
    'answers counted from 1',
    'a.csv',
    csv([
      ['question', 'option1', 'option2', 'option3', 'option4', 'answer'],
      [S, ...CITIES, 2],
      [M, ...MUNICIPAL, '1,2,4'],
    ]),
    [SINGLE, MULTIPLE],
  ],
  ['tabs', 'a.txt', csv([header, ...plainRows], '\t'), all],
  [
    'semicolons and quoted line ends',
    'a.csv',
    csv(
      [
        ['题目', '选项', '答案', '题型'],
        [S, CITIES.join('\n'), 'B', '单选'],
        [M, MUNICIPAL.join('\n'), 'A,B,D', '多选'],
      ],
      ';',
    ),
    [SINGLE, MULTIPLE],
  ],
  [
    'no header at all',
    'a.csv',
    csv([
      [1, '单选题', S, ...CITIES, 'B'],
      [2, '多选题', M, ...MUNICIPAL, 'ABD'],
      [3, '单选题', S.replace('首都', '行政中心'), ...CITIES, 'B'],
    ]),
    [SINGLE, MULTIPLE, SINGLE.replace('首都', '行政中心')],
  ],
  [
    'Python lists',
    'a.csv',
    csv([
      ['题目', '选项', '答案'],
      [S, "['上海', '北京', '广州', '深圳']", "['B']"],
      [M, "['北京', '天津', '苏州', '重庆']", "['北京', '天津', '重庆']"],
    ]),
    [SINGLE, MULTIPLE],
  ],
  ['a Word table', 'a.docx', wordFile([wordTable([header, ...plainRows.map(row => row.map(String))])]), all],
  [
    'a Word table of names and values',
    'a.docx',
    wordFile([
      wordTable([
        ['题目', S],
        ['选项A', '上海'],
        ['选项B', '北京'],
        ['选项C', '广州'],
        ['选项D', '深圳'],
        ['答案', 'B'],
        ['题目', J],
        ['答案', '正确'],
      ]),
    ]),
    [SINGLE, JUDGE],
  ],
  [
    'a Markdown table',
    'a.md',
    `# 题库\n\n| 题目 | A | B | C | D | 答案 |\n|---|---|---|:-:|---|---|\n| ${S} | ${CITIES.join(' | ')} | **B** |\n| ${M} | ${MUNICIPAL.join(' | ')} | ABD |\n`,
    [SINGLE, MULTIPLE],
  ],
]

describe('a table gives its questions', () => {
  it.each(layouts)('from %s', async (_, name, content, expected) => {
    const { drafts, rejected } = await findingsOf(content, name)
    expect(rejected).toEqual([])
    expect(drafts.map(lineOf)).toEqual(expected)
  })

  it('whatever the encoding of its text', async () => {
    const text = csv([
      ['题目', 'A', 'B', 'C', 'D', '答案'],
      [S, ...CITIES, 'B'],
      [M, ...MUNICIPAL, 'ABD'],
    ])
    const utf16 = Buffer.from(text, 'utf16le')
    const files = [
      Buffer.from(`\uFEFF${text}`),
      Buffer.from(`\uFEFF${text}`, 'utf16le'),
      Buffer.from(`\uFEFF${text}`, 'utf16le').swap16(),
      utf16,
    ]
    for (const file of files)
      expect((await findingsOf(file, 'a.csv')).drafts.map(lineOf)).toEqual([SINGLE, MULTIPLE])
  })

  it('written in GB18030', async () => {
    // 题目,A,B,答案 / 天是（ ）的,蓝,绿,A
    const bytes = Buffer.from('cce2c4bf2c412c422cb4f0b0b80acceccac7a3a820a3a9b5c42cc0b62cc2cc2c410a', 'hex')
    expect((await findingsOf(bytes, 'a.csv')).drafts.map(lineOf)).toEqual(['single 天是（ ）的 A蓝/B绿 →蓝'])
  })
})
