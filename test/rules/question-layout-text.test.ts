import { describe, expect, it } from '@jest/globals'
import { oldWordFile, paragraph, wordFile, wordTable } from '../support/documents.ts'
import { findingsOf, lineOf } from '../support/import.ts'

const SINGLE = 'single 我国的首都是（ ）。 A上海/B北京/C广州/D深圳 →北京'
const MULTIPLE = 'multiple 下列属于直辖市的有（ ）。 A北京/B天津/C苏州/D重庆 →北京+天津+重庆'
const JUDGE = 'judge 长江是我国最长的河流。 A正确/B错误 →正确'
const WRONG = 'judge 黄河是我国最长的河流。 A正确/B错误 →错误'
const BLANK = 'blank 新中国成立于____年。  →1949'
const all = [SINGLE, MULTIPLE, JUDGE]

const layouts: [string, string, Buffer | string, string[]][] = [
  [
    'sections, options on one line, answer lines',
    'a.txt',
    `题库\n\n一、单项选择题（共1题，每题1分）\n1、我国的首都是（ ）。\nA、上海\tB、北京\tC、广州\tD、深圳\n答案：B\n二、多选题\n1、下列属于直辖市的有（ ）。\nA、北京\nB、天津\nC、苏州\nD、重庆\n正确答案：A、B、D\n三、判断题\n1、长江是我国最长的河流。\n（正确）\n2、黄河是我国最长的河流。（ ）\n答案：×`,
    [...all, WRONG],
  ],
  [
    'full-width everything',
    'a.txt',
    `１．我国的首都是（　）。\nＡ．上海　Ｂ．北京　Ｃ．广州　Ｄ．深圳\n【答案】Ｂ\n【解析】常识\n２．下列属于直辖市的有（　）。\nＡ．北京　Ｂ．天津　Ｃ．苏州　Ｄ．重庆\n【答案】ＡＢＤ\n【解析】１．北京是。２．天津是。`,
    [SINGLE, MULTIPLE],
  ],
  [
    'answers in the brackets of the stems',
    'a.txt',
    `单选题\n1. 我国的首都是（ B ）。\nA. 上海\nB. 北京\nC. 广州\nD. 深圳\n多选题\n2. 下列属于直辖市的有（ABD）。\nA. 北京 B. 天津 C. 苏州 D. 重庆\n判断题\n3. 长江是我国最长的河流。（√）\n4.（×）黄河是我国最长的河流。`,
    [...all, WRONG],
  ],
  [
    'answers at the end by ranges',
    'a.txt',
    `一、单选题\n1. 我国的首都是（ ）。\nA. 上海 B. 北京 C. 广州 D. 深圳\n2. 我国的行政中心是（ ）。\nA. 上海 B. 北京 C. 广州 D. 深圳\n二、判断题\n3. 长江是我国最长的河流。（ ）\n4. 黄河是我国最长的河流。（ ）\n\n参考答案\n1-2 BB\n3-4：√×`,
    [SINGLE, SINGLE.replace('首都', '行政中心'), JUDGE, WRONG],
  ],
  [
    'answers at the end by sections that count from 1',
    'a.txt',
    `一、单选题\n1. 我国的首都是（ ）。\nA. 上海 B. 北京 C. 广州 D. 深圳\n二、多选题\n1. 下列属于直辖市的有（ ）。\nA. 北京 B. 天津 C. 苏州 D. 重庆\n三、判断题\n1. 长江是我国最长的河流。\n2. 黄河是我国最长的河流。\n参考答案：\n一、单选题：1.B\n二、多选题：1.ABD\n三、判断题\n1.对 2.错`,
    [...all, WRONG],
  ],
  [
    'no numbers, blank lines between',
    'a.txt',
    `我国的首都是（ ）。\nA. 上海\nB. 北京\nC. 广州\nD. 深圳\n答案：B\n解析：常识。\n\n下列属于直辖市的有（ ）。\nA. 北京\nB. 天津\nC. 苏州\nD. 重庆\n答案：ABD\n\n长江是我国最长的河流。\n答案：正确`,
    all,
  ],
  [
    'labelled fields',
    'a.txt',
    `题型：单选题\n题目：我国的首都是（ ）。\n选项：\nA. 上海\nB. 北京\nC. 广州\nD. 深圳\n答案：B\n难度：易\n\n题型：多选题\n题目：下列属于直辖市的有（ ）。\n选项：\nA. 北京\nB. 天津\nC. 苏州\nD. 重庆\n答案：ABD\n难度：中`,
    [SINGLE, MULTIPLE],
  ],
  [
    'type before each question',
    'a.txt',
    `1.【单选题】我国的首都是（ ）。\nA. 上海 B. 北京 C. 广州 D. 深圳\n答案：B 解析：略\n2.【多选题】下列属于直辖市的有（ ）。\nA. 北京 B. 天津 C. 苏州 D. 重庆\n答案：ABD\n3.【判断题】长江是我国最长的河流。\n答案：正确`,
    all,
  ],
  [
    'a stem over several lines with a list inside',
    'a.txt',
    `1、下列城市中属于直辖市的有（ ）。\n（1）北京\n（2）苏州\n（3）天津\nA、（1）（2）\nB、（1）（3）\n答案：B\n2、我国的首都是（ ）。\nA、上海 B、北京 C、广州 D、深圳\n答案：B`,
    [
      'single 下列城市中属于直辖市的有（ ）。\n（1）北京\n（2）苏州\n（3）天津 A（1）（2）/B（1）（3） →（1）（3）'.replace(
        '→（1）（3）',
        '→(1)(3)',
      ),
      SINGLE,
    ],
  ],
  [
    'an explanation that counts',
    'a.txt',
    `1、我国的首都是（ ）。\nA、上海 B、北京 C、广州 D、深圳\n答案：B\n解析：\n1、北京是首都。\n2、上海是直辖市。\n2、下列属于直辖市的有（ ）。\nA、北京 B、天津 C、苏州 D、重庆\n答案：ABD`,
    [SINGLE, MULTIPLE],
  ],
  [
    'real numbers kept, running numbers dropped',
    'a.txt',
    `1、1949年成立的是（ ）。\nA、新中国 B、民国\n答案：A\n2、5G是（ ）。\nA、技术 B、年份\n答案：A\n3.3.15是（ ）。\nA、消费者权益日 B、植树节\n答案：A`,
    [
      'single 1949年成立的是（ ）。 A新中国/B民国 →新中国',
      'single 5G是（ ）。 A技术/B年份 →技术',
      'single 3.15是（ ）。 A消费者权益日/B植树节 →消费者权益日',
    ],
  ],
  [
    'Markdown headings and bold labels',
    'a.md',
    `# 题库\n\n## 1. 我国的首都是（ ）。\n\n- A. 上海\n- B. 北京\n- C. 广州\n- D. 深圳\n\n**答案：** B\n\n> 解析：常识\n\n## 2. 下列属于直辖市的有（ ）。\n\n- A. 北京\n- B. 天津\n- C. 苏州\n- D. 重庆\n\n**答案：** ABD\n`,
    [SINGLE, MULTIPLE],
  ],
  [
    'Markdown check lists',
    'a.md',
    `1. 我国的首都是（ ）。\n   - [ ] A. 上海\n   - [x] B. 北京\n   - [ ] C. 广州\n   - [ ] D. 深圳\n\n2. 下列属于直辖市的有（ ）。\n   - [x] 北京\n   - [x] 天津\n   - [ ] 苏州\n   - [x] 重庆\n`,
    [SINGLE, MULTIPLE],
  ],
  [
    'Markdown with fields in bold',
    'a.md',
    `### 第 1 题 [单选题]\n\n**题目**: 我国的首都是（ ）。\n\n**选项**:\n- **A**. 上海\n- **B**. 北京\n- **C**. 广州\n- **D**. 深圳\n\n**正确答案**: B\n\n---\n\n### 第 2 题 [填空题]\n\n**题目**: 新中国成立于1年。\n\n**正确答案**:\n- 空 1: 1949\n`,
    [SINGLE, BLANK],
  ],
  [
    'Word paragraphs',
    'a.docx',
    wordFile(
      [
        '一、单选题',
        '1.我国的首都是（ ）。',
        'A.上海 B.北京',
        'C.广州 D.深圳',
        '答案：B',
        '二、判断题',
        '1.长江是我国最长的河流。（ ）',
        '答案：对',
      ].map(text => paragraph(text)),
    ),
    [SINGLE, JUDGE],
  ],
  [
    'Word lists with automatic numbers and letters',
    'a.docx',
    wordFile([
      paragraph('我国的首都是（ ）。', 1),
      ...['上海', '北京', '广州', '深圳'].map(text => `${paragraph(text, 2)}`),
      paragraph('答案：B'),
    ]),
    [SINGLE],
  ],
  [
    'a heading before a Word table',
    'a.docx',
    wordFile([
      paragraph('三、判断题'),
      wordTable([
        ['题干', '答案'],
        ['长江是我国最长的河流。', 'T'],
        ['黄河是我国最长的河流。', 'F'],
      ]),
    ]),
    [JUDGE, WRONG],
  ],
  [
    'text laid out in the cells of a sheet',
    'a.csv',
    '1、我国的首都是（ ）。\nA、上海 B、北京 C、广州 D、深圳\n答案：B\n',
    [SINGLE],
  ],
  [
    'blanks with lines and lists',
    'a.txt',
    `填空题\n1、新中国成立于____年。\n答案：1949\n2、健全共建、（ ）、（ ）的制度。\n答案：共治；共享`,
    [BLANK, 'blank 健全共建、（ ）、（ ）的制度。  →共治+共享'],
  ],
  [
    'an old Word file',
    'a.doc',
    oldWordFile(
      '一、单选题\n1、我国的首都是（ ）。\nA、上海\tB、北京\nC、广州\tD、深圳\n答案：B\n三、判断题\n题干\u0007答案\u0007\n长江是我国最长的河流。\u0007对\u0007\n黄河是我国最长的河流。\u0007错\u0007',
    ),
    [SINGLE, JUDGE, WRONG],
  ],
  [
    'verdicts before the numbers',
    'a.txt',
    '一、判断题（对的打“√”，错的打“×”，每题2分）\n（ √ ）1、长江是我国最长的河流。\n（ × ）2、黄河是我国最长的河流。',
    [JUDGE, WRONG],
  ],
  [
    'verdicts behind the sentence',
    'a.md',
    '# 判断题\n1. 长江是我国最长的河流。 **对**\n2. 黄河是我国最长的河流。 **错**',
    [JUDGE, WRONG],
  ],
  [
    'no marks at all',
    'a.txt',
    '1 我国的首都是（ ）。\nA 上海\nB 北京\nC 广州\nD 深圳\n答案 B\n2 下列属于直辖市的有（ ）。\nA 北京\nB 天津\nC 苏州\nD 重庆\n答案 ABD',
    [SINGLE, MULTIPLE],
  ],
  [
    'options glued to the word for the answer',
    'a.txt',
    '1、我国的首都是（ ）。\nA、上海\tB、北京\tC、广州\tD、深圳答案：B\n2、下列属于直辖市的有（ ）。\nA、北京 B、天津 C、苏州 D、重庆正确答案：ABD',
    [SINGLE, MULTIPLE],
  ],
  [
    'letters in brackets',
    'a.txt',
    '(1) 我国的首都是（ ）。\n(A) 上海 (B) 北京\n(C) 广州 (D) 深圳\n答：(B)\n(2) 下列属于直辖市的有（ ）。\n(A) 北京 (B) 天津 (C) 苏州 (D) 重庆\n答：(ABD)',
    [SINGLE, MULTIPLE],
  ],
  [
    'a questionnaire',
    'a.txt',
    '1、我国的首都是（ ）。[单选题] *\n○A、上海\n○B、北京\n○C、广州\n○D、深圳\n正确答案: B\n\n2、下列属于直辖市的有（ ）。[多选题] *\n□A、北京\n□B、天津\n□C、苏州\n□D、重庆\n正确答案: ABD',
    [SINGLE, MULTIPLE],
  ],
  [
    'a label for every option',
    'a.txt',
    '【题型】单选题\n【题干】我国的首都是（ ）。\n【选项A】上海\n【选项B】北京\n【选项C】广州\n【选项D】深圳\n【答案】B\n\n【题型】判断题\n【题干】长江是我国最长的河流。\n【答案】正确',
    [SINGLE, JUDGE],
  ],
  [
    'answers and explanations at the end',
    'a.txt',
    '1.我国的首都是（ ）。\nA.上海\nB.北京\nC.广州\nD.深圳\n2.下列属于直辖市的有（ ）。\nA.北京\nB.天津\nC.苏州\nD.重庆\n\n参考答案及解析\n1.【答案】B\n【解析】北京。\n2.【答案】ABD。解析：苏州不是。',
    [SINGLE, MULTIPLE],
  ],
  [
    'types written behind the numbers',
    'a.txt',
    '第1题（单选题）：我国的首都是（ ）。\nA：上海\nB：北京\nC：广州\nD：深圳\n【参考答案】：B\n第2题（判断题）：长江是我国最长的河流。\n【参考答案】：正确',
    [SINGLE, JUDGE],
  ],
  [
    'English words',
    'a.txt',
    '1. 我国的首都是（ ）。\nA) 上海\nB) 北京\nC) 广州\nD) 深圳\nANSWER: B\n\n2. 下列属于直辖市的有（ ）。\nA) 北京\nB) 天津\nC) 苏州\nD) 重庆\nANSWER: A, B, D',
    [SINGLE, MULTIPLE],
  ],
  [
    'the record of an exam',
    'a.txt',
    '1、我国的首都是（ ）。\nA、上海 B、北京 C、广州 D、深圳\n我的答案：A 正确答案：B\n得分：0\n2、下列属于直辖市的有（ ）。\nA、北京 B、天津 C、苏州 D、重庆\n我的答案：ABD\n正确答案：ABD',
    [SINGLE, MULTIPLE],
  ],
]

describe('running text gives its questions', () => {
  it.each(layouts)('from %s', async (_, name, content, expected) => {
    const { drafts, rejected } = await findingsOf(content, name)
    expect(rejected).toEqual([])
    expect(drafts.map(lineOf)).toEqual(expected)
  })

  it('but never two answers as one', async () => {
    const text =
      '1、甲？\nA、一 B、二\n答案：A\n（无题号）乙？\nA、一 B、二\n答案：B\n2、丙？\nA、一 B、二\n答案：B'
    const { drafts, rejected } = await findingsOf(text, 'a.txt')
    expect(rejected).toEqual(['line 1: answer.twice'])
    expect(drafts.map(({ stem }) => stem)).toEqual(['丙？'])
  })

  it('and keeps explanation, topic and difficulty', async () => {
    const text = `1. 我国的首都是（ ）。\nA. 上海 B. 北京\n答案：B\n解析：写在宪法里。\n难度：较难\n知识点：国情`
    const { drafts } = await findingsOf(text, 'a.txt')
    expect(drafts).toMatchObject([{ explanation: '写在宪法里。', difficulty: 4, topic: '国情' }])
  })
})
