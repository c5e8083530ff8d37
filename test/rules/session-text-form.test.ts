import { describe, expect, test } from '@jest/globals'
import { linkOf, textForm } from '#server/chat/session/text-form'
import { chipWords, HELP, WELCOME } from '#server/chat/wording'
import { read } from '#server/chat/words'
import type { MessageBody } from '#shared/chat'
import type { Question } from '#shared/question'
import { anAnswer } from '../support/answer.ts'

const ID = '0'.repeat(24)
const linkTo = linkOf('wx0123456789abcdef')
const form = (body: MessageBody) => textForm(body, linkTo)
const textOf = (body: MessageBody): string =>
  form(body)
    .map(({ text }) => text)
    .join('\n')

const question = (more: Partial<Question> = {}): Question => ({
  id: ID,
  type: 'single',
  topic: '基层治理',
  stem: '村民会议至少多久召开一次？',
  options: ['每季度一次', '每年一次'].map((text, at) => ({ label: 'AB'.charAt(at), text })),
  blanks: 0,
  ...more,
})
const asked = (more: Partial<Question> = {}, round = 1): MessageBody => ({
  ...{ type: 'question', paper: ID, kind: 'daily', question: question(more), number: 1, of: 5 },
  ...{ round, reason: 'topic' },
})
const marked = (more: Partial<Extract<MessageBody, { type: 'mark' }>> = {}): MessageBody => ({
  ...{ type: 'mark', paper: ID, question: question(), round: 1, chosen: ['B'], correct: true },
  ...{ dontKnow: false, pointsEarned: 1, key: ['B'], explanation: '每年至少一次。' },
  reasons: [{ label: 'A', text: '没有这样规定' }],
  sources: [{ law: '村民委员会组织法', article: '第二十一条', checkedOn: '2026-09-01' }],
  ...more,
})

describe('a question', () => {
  test('stands with its place, its type, its options and how to answer it', () => {
    expect(textOf(asked())).toBe(
      '1/5（单选）村民会议至少多久召开一次？\nA. 每季度一次\nB. 每年一次\n回复字母作答；不会就回复“不会”，想先放着就回复“跳过”。',
    )
  })

  test.each<[Partial<Question>, string]>([
    [{ type: 'multiple' }, '可以选几个，回复字母作答，如 BD'],
    [{ type: 'judge' }, '回复“对”或“错”作答'],
    [{ type: 'blank', options: [], blanks: 1 }, '直接写答案'],
    [{ type: 'blank', options: [], blanks: 2 }, '有 2 个空，按顺序写，中间用分号隔开'],
  ])('%o', (more, words) => {
    expect(textOf(asked(more))).toContain(words)
  })

  test('that comes again says so', () => {
    expect(textOf(asked({}, 2))).toMatch(/^1\/5（单选，再答一次）/)
  })
})

describe('a mark', () => {
  test('says right or wrong, the key in words, why, and by which article', () => {
    expect(textOf(marked())).toBe(
      '答对了。得 1 分。\n正确答案：B. 每年一次\n解析：每年至少一次。\nA. 没有这样规定\n依据：《村民委员会组织法》第二十一条（2026-09-01 核对）',
    )
    expect(textOf(marked({ correct: false, pointsEarned: 0 }))).toMatch(/^答错了/)
    expect(textOf(marked({ correct: false, dontKnow: true, pointsEarned: 0 }))).toMatch(/^没关系/)
  })

  test('of a gap gives the words to fill in', () => {
    const gap = question({ type: 'blank', options: [], blanks: 2 })
    expect(textOf(marked({ question: gap, key: ['三分之二', '过半数'] }))).toContain(
      '正确答案：三分之二；过半数',
    )
  })
})

test('a lesson is told in two lines and a link that opens it', () => {
  const lesson = { id: ID, title: '开村民会议', category: '', topic: '', scene: '老王要卖集体的地。' }
  const text = textOf({
    type: 'lesson',
    lesson: { ...lesson, minutes: 4, sections: 3, reached: 0, finished: false },
  })
  expect(text).toContain('今日一课：开村民会议（约 4 分钟）\n老王要卖集体的地。')
  expect(text).toContain(
    `<a data-miniprogram-appid="wx0123456789abcdef" data-miniprogram-path="pages/lesson/index?id=${ID}">打开这一课</a>`,
  )
})

test('a summary tells how it went, the points and what comes back', () => {
  const summary: MessageBody = {
    ...{ type: 'summary', kind: 'daily', of: 5, right: 3, corrected: 2, points: 5 },
    ...{ story: '答题 5 分', returning: [{ day: '2026-11-24', count: 2 }] },
  }
  expect(textOf(summary)).toBe(
    '今天的题答完了：5 道题，一次答对 3 道，后来改对 2 道。\n积分 +5：答题 5 分。\n会再来的题：2026-11-24 2 道。',
  )
})

describe('an answer', () => {
  const clause = {
    ...{ number: 1, id: ID, title: '信访工作条例', label: '第二十二条', path: [], columns: '' },
    ...{ text: '应当登记。\n在15日内告知。', day: '2022-05-01', standing: 'in-force' as const },
    ...{ status: '状态未核实，收录截至 2026-11-01', level: '党内法规', marked: [] },
  }
  test.each([
    ['model', 'AI生成', '（本内容由AI生成）', true],
    ['excerpt', '原文摘录', '', false],
    ['reviewed', '人工审核', '', false],
  ] as const)(
    'by %s bears its label and is marked as a model’s only where it is',
    (by, label, copyLine, ai) => {
      const lines = ['十五日内告知[1]。']
      const body = anAnswer({ by, label, copyLine, lines, clauses: [clause], notice: '', refused: false })
      const parts = form({ type: 'answer', ...body })
      expect(parts[0]).toMatchObject({
        ai,
        text: [`【${label}】`, ...lines, copyLine].filter(Boolean).join('\n'),
      })
      expect(parts.at(-1)).toMatchObject({
        ai: false,
        text: '[1]《信访工作条例》第二十二条（状态未核实，收录截至 2026-11-01）\n应当登记。\n在15日内告知。',
      })
    },
  )

  test('tells how it was understood, for which day, and what is unusual, apart from a model’s words', () => {
    const unusual = { understood: '信访几天答复？', asOf: '按 2015-06-30 的规定', notice: '已停止' }
    const parts = form({ type: 'answer', ...anAnswer({ by: 'model', lines: ['甲[1]'], ...unusual }) })
    expect(parts.find(({ text }) => text.includes('已停止'))).toMatchObject({
      ai: false,
      text: '您问的是：信访几天答复？\n按 2015-06-30 的规定\n已停止',
    })
  })
})

test.each([WELCOME, HELP])('nothing speaks of buttons, as there are none', text => {
  expect(text).toContain('按钮')
  expect(textOf({ type: 'text', text })).not.toContain('按钮')
})

test('nobody’s words become a link', () => {
  const text = textOf({ type: 'text', text: '<a href="https://example.org">领奖</a>' })
  expect(text).toBe('＜a href="https://example.org">领奖＜/a>')
})

test('whatever a chip offers can be typed instead', () => {
  const answering = new Set([chipWords.dontKnow, chipWords.postpone])
  for (const label of Object.values(chipWords)) {
    const reading = read(label, null)
    if (answering.has(label)) expect(reading).toEqual({ hint: 'nothing-open' })
    else expect(reading).toHaveProperty('action')
  }
})
