import { describe, expect, test } from '@jest/globals'
import { readLessonFile, type LessonFile } from '#server/course/lesson-file'
import { wordProblem } from '#server/course/wording'
import * as fc from 'fast-check'

const front = `order: 3
title: 先报险情
category: 应急管理
topic: 防汛值守
minutes: 3
scene: 凌晨两点来了电话。
reviewBy: 2027-04-30
sources:
  - { law: 突发事件应对法, article: 第六十一条, version: 2024年修订, checkedOn: 2026-11-20 }
questions:
  - type: single
    scenario: true
    stem: 先做什么？
    options:
      - { text: 等天亮, why: 迟报。 }
      - { text: 先报已知, key: true }
    explanation: 及时、客观、真实。
    difficulty: 2
    source: { law: 突发事件应对法, article: 第六十一条 }
  - type: judge
    stem: 可以少报。
    key: 错误
    why: 少报是谎报。
  - type: blank
    stem: 通知在（　）日前，表决经（　）以上同意。
    key: [10, 三分之二]
    source: { law: 民法典, article: 第一条 }`

const body = `## 凌晨的电话

电话**响了**，
小石去接。

- 时间
- **地点**

> 及时、客观、真实

## 明天就能做的一件事

写一张卡片。
`

const fileOf = (yaml = front, markdown = body) => `---\n${yaml}\n---\n\n${markdown}`
const read = (text = fileOf()) => readLessonFile('content/03-fangxun.md', text)
const problemsOf = (file: LessonFile) => (file.ok ? [] : file.problems)
const taken = (file: LessonFile) => {
  if (!file.ok) throw new Error(file.problems.map(wordProblem).join('\n'))
  return file
}

describe('a lesson file', () => {
  test('becomes a lesson with sections, and the last section stands apart', () => {
    const { lesson } = taken(read())
    expect(lesson).toMatchObject({ slug: '03-fangxun', order: 3, title: '先报险情', reviewBy: '2027-04-30' })
    expect(lesson.body).toEqual([
      {
        heading: '凌晨的电话',
        blocks: [
          {
            type: 'paragraph',
            spans: [{ text: '电话' }, { text: '响了', strong: true }, { text: '，小石去接。' }],
          },
          { type: 'list', ordered: false, items: [[{ text: '时间' }], [{ text: '地点', strong: true }]] },
          { type: 'quote', spans: [{ text: '及时、客观、真实' }] },
        ],
      },
    ])
    expect(lesson.tomorrow).toEqual([{ type: 'paragraph', spans: [{ text: '写一张卡片。' }] }])
  })

  test('gives its questions in order, and a question inherits version and checking day of the same law', () => {
    const { questions } = taken(read())
    expect(questions.map(({ draft }) => [draft.type, draft.key, draft.ordered])).toEqual([
      ['single', ['B'], false],
      ['judge', ['B'], false],
      ['blank', ['10', '三分之二'], true],
    ])
    expect(questions.map(({ scenario }) => scenario)).toEqual([true, null, null])
    expect(questions.map(({ draft }) => draft.sources)).toEqual([
      [{ law: '突发事件应对法', article: '第六十一条', version: '2024年修订', checkedOn: '2026-11-20' }],
      [],
      [{ law: '民法典', article: '第一条' }],
    ])
    expect(questions[0]?.draft).toMatchObject({ topic: '防汛值守', difficulty: 2 })
    expect(questions[1]?.draft.options).toEqual([
      { label: 'A', text: '正确', why: '少报是谎报。' },
      { label: 'B', text: '错误', why: '' },
    ])
  })

  test('is the same with Windows line ends and a byte order mark', () => {
    expect(read(`\uFEFF${fileOf().replaceAll('\n', '\r\n')}`)).toEqual(read())
  })

  test('without the last section is read; the lint speaks of it', () => {
    expect(taken(read(fileOf(front, '## 一\n\n二\n'))).lesson.tomorrow).toEqual([])
  })

  const questionProblems: [string, string, string, string, number][] = [
    ['a single with two keys', 'why: 迟报。 }', 'key: true }', 'question.one-key', 16],
    ['a multiple with one key', 'type: single', 'type: multiple', 'question.two-keys', 16],
    ['the same option twice', 'text: 等天亮', 'text: 先报已知', 'question.option-twice', 17],
    ['a judge that is neither right nor wrong', 'key: 错误', 'key: 也许', 'question.judge-key', 23],
    ['more gaps than texts', 'key: [10, 三分之二]', 'key: [10]', 'question.gaps', 27],
    ['a blank without a key', '    key: [10, 三分之二]\n', '', 'question.no-key', 25],
    ['a single that also names a key', '    difficulty: 2', '    key: B', 'question.key-field', 19],
  ]
  test.each(questionProblems)('%s is named with its line', (_, from, to, code, line) => {
    expect(problemsOf(read(fileOf(front.replace(from, to))))).toEqual([
      expect.objectContaining({ code, line }),
    ])
  })

  const fieldProblems: [string, string, string, string, string, number | null][] = [
    ['a missing field', 'title: 先报险情\n', '', 'field.missing', 'title', 2],
    ['an empty field', 'title: 先报险情', 'title: ""', 'field.missing', 'title', 3],
    [
      'a misspelt field',
      'explanation: 及',
      'explaination: 及',
      'field.unknown',
      'questions[0].explaination',
      18,
    ],
    ['a day that is none', '2027-04-30', '2027-02-30', 'field.value', 'reviewBy', 8],
    ['a word for a number', 'minutes: 3', 'minutes: 三', 'field.type', 'minutes', 6],
    ['an unknown type', 'type: judge', 'type: 判断', 'field.value', 'questions[1].type', 21],
    [
      'a difficulty off the scale',
      'difficulty: 2',
      'difficulty: 9',
      'field.value',
      'questions[0].difficulty',
      19,
    ],
  ]
  test.each(fieldProblems)('%s is named with its place and line', (_, from, to, code, place, line) => {
    expect(problemsOf(read(fileOf(front.replace(from, to))))).toEqual([
      expect.objectContaining({ code, place, line }),
    ])
  })

  const bodyProblems: [string, string, string, number | null][] = [
    ['no section', '\n', 'body.empty', null],
    ['text before the first heading', '引子\n\n## 一\n\n二\n', 'body.text-before-heading', 31],
    ['an empty section', '## 一\n\n二\n\n## 三\n', 'body.section-empty', 35],
    ['a picture', '## 一\n\n二\n\n![图](a.png)\n', 'body.unsupported', 35],
    ['a table', '## 一\n\n二\n\n| a | b |\n| - | - |\n| 1 | 2 |\n', 'body.unsupported', 35],
    ['HTML', '## 一\n\n二<br>三\n', 'body.unsupported', 33],
    [
      'a section behind the last one',
      '## 一\n\n二\n\n## 明天就能做的一件事\n\n三\n\n## 四\n\n五\n',
      'body.after-tomorrow',
      39,
    ],
  ]
  test.each(bodyProblems)('%s in the body is named with its line', (_, markdown, code, line) => {
    expect(problemsOf(read(fileOf(front, markdown)))).toEqual([expect.objectContaining({ code, line })])
  })

  test('names in words what cannot be drawn', () => {
    const words = (markdown: string) =>
      problemsOf(read(fileOf(front, `## 一\n\n${markdown}\n`))).map(wordProblem)[0]
    expect(words('看![图](a.png)')).toContain('（图片）')
    expect(words('- 一\n- 二<b>三</b>')).toContain('（HTML）')
    expect(words('- 一\n  - 二')).toContain('（列表里套列表）')
    expect(words('> - 一')).toContain('（引用里套别的内容）')
    expect(words('### 一之一')).toContain('（其他级别的标题）')
  })

  test('that is no lesson at all says so', () => {
    expect(problemsOf(read('随手记'))).toEqual([
      expect.objectContaining({ code: 'file.no-front-matter', line: 1 }),
    ])
    expect(problemsOf(read('---\ntitle: [一\n---\n'))[0]).toMatchObject({ code: 'file.yaml' })
    expect(problemsOf(readLessonFile('第三课.md', fileOf()))).toEqual([
      expect.objectContaining({ code: 'file.name' }),
    ])
  })

  test('tells all its problems at once, each in a Chinese sentence with line and field', () => {
    const broken = front.replace('minutes: 3', 'minutes: 三').replace('order: 3\n', '')
    expect(problemsOf(read(fileOf(broken, '## 一\n'))).map(wordProblem)).toEqual([
      '第 2 行，order：没有填写。',
      '第 5 行，minutes：类型不对，应为数字。',
      '第 30 行：小节“一”没有内容。',
    ])
  })

  test('whatever the text, it is read or refused with reasons, and never throws', () => {
    const text = fc.oneof(
      fc.string(),
      fc.tuple(fc.string(), fc.string()).map(([yaml, markdown]) => fileOf(yaml, markdown)),
      fc.string().map(markdown => fileOf(front, markdown)),
      fc.anything().map(value => fileOf(JSON.stringify(value) ?? '')),
    )
    fc.assert(
      fc.property(text, content => {
        const file = read(content)
        expect(file.ok || file.problems.length > 0).toBe(true)
        expect(
          problemsOf(file)
            .map(wordProblem)
            .every(words => /[。）]$/.test(words)),
        ).toBe(true)
      }),
    )
  })

  test('with YAML aliases that would unfold without end is refused', () => {
    const bomb = [
      'a: &a [x, x]',
      ...[...'bcdefghijk'].map(
        (name, i) => `${name}: &${name} [*${'abcdefghij'[i]}, *${'abcdefghij'[i]}, *${'abcdefghij'[i]}]`,
      ),
    ]
    expect(read(fileOf(bomb.join('\n'))).ok).toBe(false)
  })
})
