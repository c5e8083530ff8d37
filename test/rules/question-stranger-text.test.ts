import { describe, expect, it } from '@jest/globals'
import { paragraph, wordFile, wordTable } from '../support/documents.ts'
import { findingsOf, lineOf } from '../support/import.ts'

const S = '我国的首都是（ ）。'
const M = '下列属于直辖市的有（ ）。'
const CITIES = ['上海', '北京', '广州', '深圳']
const FOUR = ['北京', '天津', '苏州', '重庆']
const SINGLE = `single ${S} A上海/B北京/C广州/D深圳 →北京`
const MULTIPLE = `multiple ${M} A北京/B天津/C苏州/D重庆 →北京+天津+重庆`
const JUDGE = 'judge 长江是我国最长的河流。 A正确/B错误 →正确'
const WRONG = 'judge 黄河是我国最长的河流。 A正确/B错误 →错误'
const BLANK = 'blank 新中国成立于____年。  →1949'
const lettered = (words: string[]) => words.map((word, at) => `${'ABCD'[at]}. ${word}`).join('\n')
const [CAPITAL, DIRECT] = [`1. ${S}\n${lettered(CITIES)}\n`, `2. ${M}\n${lettered(FOUR)}\n`]
const [RIGHT, FALSE] = ['长江是我国最长的河流。', '黄河是我国最长的河流。']

type Layout = [title: string, file: string, content: string | Buffer, expected: string[]]

const texts: Layout[] = [
  [
    'a questionnaire with circles, boxes and the right answers noted behind the options',
    'a.txt',
    `1. ${S} [单选题] *\n○ 上海\n○ 北京(正确答案)\n○ 广州\n○ 深圳\n\n2. ${M} [多选题] *\n□ 北京(正确答案)\n□ 天津(正确答案)\n□ 苏州\n□ 重庆(正确答案)\n\n3. ${RIGHT} [判断题] *\n○对(正确答案)\n○错\n\n4. 新中国成立于____年。 [填空题] *\n____________(答案：1949)`,
    [SINGLE, MULTIPLE, JUDGE, BLANK],
  ],
  [
    'ticks behind and stars before the right options',
    'a.txt',
    `1. ${S}\nA. 上海 B. 北京 √ C. 广州 D. 深圳\n2. ${M}\n*A. 北京\n*B. 天津\nC. 苏州\n*D. 重庆`,
    [SINGLE, MULTIPLE],
  ],
  [
    'options counted ①②③ or (1)(2)(3) where the answer names them so',
    'a.txt',
    `1. ${S}\n①上海 ②北京 ③广州 ④深圳\n答案：②\n2. ${M}\n(1)北京\n(2)天津\n(3)苏州\n(4)重庆\n答案：(1)(2)(4)`,
    [SINGLE, MULTIPLE],
  ],
  [
    'options counted 1. 2. 3. under stems counted 一、二、',
    'a.txt',
    `一、${S}\n1. 上海\n2. 北京\n3. 广州\n4. 深圳\n答案：2\n二、${M}\n1. 北京\n2. 天津\n3. 苏州\n4. 重庆\n答案：1、2、4`,
    [SINGLE, MULTIPLE],
  ],
  [
    'options without any label where the answer repeats their words',
    'a.txt',
    `1. ${S}\n${CITIES.join('\n')}\n答案：北京\n\n2. ${M}\n${FOUR.map(word => `- ${word}`).join('\n')}\n答案：北京、天津、重庆`,
    [SINGLE, MULTIPLE],
  ],
  [
    'letters on lines of their own',
    'a.txt',
    `1.单选题 (2分)\n${S}\nA\n上海\nB\n北京\nC\n广州\nD\n深圳\n正确答案：B`,
    [SINGLE],
  ],
  [
    'the type with its points before the stem, and words for the learner behind the answer',
    'a.txt',
    `单选(2分)${S}\n${lettered(CITIES)}\n正确答案：B你错选为A\n多选(2分)${M}\n${lettered(FOUR)}\n正确答案：A、B、D你选对了`,
    [SINGLE, MULTIPLE],
  ],
  ['letters alone under the options', 'a.txt', `${CAPITAL}B\n${DIRECT}（ABD）`, [SINGLE, MULTIPLE]],
  [
    'the answer between stem and options, options in a table of two columns',
    'a.docx',
    wordFile([
      paragraph(`1．${S}（答案：B）`),
      wordTable([
        ['A．上海', 'B．北京'],
        ['C．广州', 'D．深圳'],
      ]),
      paragraph(`2．${M}（答案：ABD）`),
      ...lettered(FOUR)
        .split('\n')
        .map(line => paragraph(line)),
    ]),
    [SINGLE, MULTIPLE],
  ],
  [
    'a remark that says which letter means 正确',
    'a.txt',
    `判断题（A为正确，B为错误）\n1. ${RIGHT}答案：A\n2. ${FALSE}（B）`,
    [JUDGE, WRONG],
  ],
  [
    'a verdict with its reason in brackets',
    'a.txt',
    `1. ${RIGHT}（ ）\n答案：√。见教材\n2. ${FALSE}（ ）\n答案：×（应为长江）`,
    [JUDGE, WRONG],
  ],
  [
    'answers in words such as 答案为A和B, letters with the words of the option',
    'a.txt',
    `${CAPITAL}正确答案是B（北京）\n${DIRECT}答案为：A、B和D`,
    [SINGLE, MULTIPLE],
  ],
  [
    'lists of answers under each part, and explanations with numbers of their own',
    'a.txt',
    `一、单选题\n${CAPITAL}\n单选题答案：\n1. B【解析】常识：1.首都 2.城市\n\n二、判断题\n1. ${RIGHT}\n2. ${FALSE}\n判断题答案：1.√ 2.×\n三、填空题\n1. 新中国成立于____年。\n2. 一周有____天。\n答案：\n1. 1949\n2. 七`,
    [SINGLE, JUDGE, WRONG, BLANK, 'blank 一周有____天。  →七'],
  ],
  [
    'stars before the numbers',
    'a.txt',
    `★${CAPITAL}标准答案：B\n★${DIRECT}标准答案：ABD`,
    [SINGLE, MULTIPLE],
  ],
  [
    'questions that open with 问：',
    'a.txt',
    `问：${S}\n${lettered(CITIES)}\n答：B\n\n问：${RIGHT}\n答：正确`,
    [SINGLE, JUDGE],
  ],
  [
    'numbers of pages between the lines',
    'a.txt',
    `${CAPITAL.replace('C.', '- 1 -\nC.')}第 1 页 共 9 页\n答案：B\n${DIRECT}答案：ABD`,
    [SINGLE, MULTIPLE],
  ],
  [
    'answers to unfold in Markdown',
    'a.md',
    `### ${CAPITAL}\n<details>\n<summary>查看答案</summary>\n\n**B**\n\n</details>\n\n### ${DIRECT}\n<details>\n<summary>答案</summary>\nABD\n</details>`,
    [SINGLE, MULTIPLE],
  ],
  [
    "Anki's export",
    'a.txt',
    `#separator:tab\n#html:true\n${S}<br>${lettered(CITIES).replaceAll('\n', '<br>')}\tB\t地理\n${M}<br>${lettered(FOUR).replaceAll('\n', '<br>')}\tABD\t地理\n${RIGHT}\t对\t地理\n`,
    [SINGLE, MULTIPLE, JUDGE],
  ],
]

describe('running text in a layout found elsewhere gives its questions', () => {
  it.each(texts)('%s', async (_, name, content, expected) => {
    expect((await findingsOf(content, name)).drafts.map(lineOf)).toEqual(expected)
  })
})
