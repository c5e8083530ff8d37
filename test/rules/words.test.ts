import { describe, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { read, type Reading, type Waiting } from '#server/chat/words'
import type { QuestionType } from '#shared/question'

const PAPER = 'a'.repeat(24)
const QUESTION = 'b'.repeat(24)

function waiting(type: QuestionType, { options = 4, blanks = 0 } = {}): Waiting {
  const texts = type === 'judge' ? ['正确', '错误'] : ['甲', '乙', '丙', '丁', '戊', '己'].slice(0, options)
  return {
    paper: PAPER,
    round: 1,
    question: {
      id: QUESTION,
      type,
      topic: '基层治理',
      stem: '题干',
      options: type === 'blank' ? [] : texts.map((text, i) => ({ label: 'ABCDEF'.charAt(i), text })),
      blanks,
    },
  }
}

const chosenIn = (reading: Reading) =>
  'action' in reading && reading.action.type === 'answer'
    ? (reading.action.guessed ? '猜' : '') + reading.action.chosen.join('|')
    : 'action' in reading
      ? reading.action.type
      : 'hint' in reading
        ? reading.hint
        : 'free'

describe('a command means the same whatever waits', () => {
  test.each([
    ['开始', 'start'],
    ['开始答题', 'start'],
    ['今日一测', 'start'],
    [' 开始今日一测。', 'start'],
    ['下一题', 'next'],
    ['继续', 'next'],
    ['今日一课', 'lesson'],
    ['错题', 'wrong-book'],
    ['错题本！', 'wrong-book'],
    ['复习', 'practise'],
    ['练错题', 'practise'],
    ['我的积分', 'points'],
    ['积分', 'points'],
    ['帮助', 'help'],
    ['？', 'help'],
    ['?', 'help'],
  ])('%s', (text, action) => {
    for (const open of [null, waiting('single'), waiting('judge'), waiting('blank', { blanks: 1 })]) {
      expect(chosenIn(read(text, open))).toBe(action)
    }
  })
})

describe('a whole answer token answers', () => {
  test.each<[string, QuestionType, string]>([
    ['A', 'single', 'A'],
    ['a', 'single', 'A'],
    ['Ｂ', 'single', 'B'],
    ['b。', 'single', 'B'],
    ['选C', 'single', 'C'],
    ['我选 c', 'single', 'C'],
    ['答案是D', 'single', 'D'],
    ['A A', 'single', 'A'],
    ['我猜A', 'single', '猜A'],
    ['猜 B', 'single', '猜B'],
    ['B D', 'multiple', 'B|D'],
    ['bd', 'multiple', 'B|D'],
    ['db', 'multiple', 'B|D'],
    ['ＡＢ', 'multiple', 'A|B'],
    ['A、C', 'multiple', 'A|C'],
    ['a,c', 'multiple', 'A|C'],
    ['A和C', 'multiple', 'A|C'],
    ['我猜 A、C', 'multiple', '猜A|C'],
    ['对', 'judge', 'A'],
    ['正确', 'judge', 'A'],
    ['√', 'judge', 'A'],
    ['✔️', 'judge', 'A'],
    ['错', 'judge', 'B'],
    ['错误。', 'judge', 'B'],
    ['不对', 'judge', 'B'],
    ['×', 'judge', 'B'],
    ['A', 'judge', 'A'],
    ['我猜对', 'judge', '猜A'],
    ['不会', 'single', 'dont-know'],
    ['不知道', 'blank', 'dont-know'],
    ['跳过', 'multiple', 'postpone'],
  ])('%s (%s)', (text, type, expected) => {
    expect(chosenIn(read(text, waiting(type, { blanks: 1 })))).toBe(expected)
  })
})

describe('what only begins like an answer does not answer', () => {
  test.each<[string, QuestionType]>([
    ['对口帮扶是什么', 'judge'],
    ['对口帮扶是什么', 'single'],
    ['A是什么意思', 'single'],
    ['A？', 'single'],
    ['正确的做法是什么', 'judge'],
    ['错在哪里', 'judge'],
    ['hello', 'single'],
    ['ok', 'single'],
    ['我猜', 'single'],
    ['不会开车怎么办', 'single'],
    ['开始日期', 'single'],
  ])('%s (%s)', (text, type) => {
    expect(read(text, waiting(type))).toEqual({ free: true })
  })
})

test.each<[string, QuestionType, string]>([
  ['E', 'single', 'no-such-option'],
  ['AE', 'multiple', 'no-such-option'],
  ['C', 'judge', 'no-such-option'],
  ['AB', 'single', 'one-option'],
  ['对', 'single', 'letters'],
])('%s to a %s question gets a hint', (text, type, hint) => {
  expect(chosenIn(read(text, waiting(type)))).toBe(hint)
})

describe('gaps', () => {
  test.each<[number, string, string]>([
    [1, '村民会议', '村民会议'],
    [1, '30日', '30日'],
    [1, 'ABC', 'ABC'],
    [1, '甲、乙', '甲、乙'],
    [1, '我猜三分之二', '猜三分之二'],
    [2, '三分之二；半数', '三分之二|半数'],
    [2, '三分之二; 半数', '三分之二|半数'],
    [2, '三分之二、半数', '三分之二|半数'],
    [2, '三分之二 半数', '三分之二|半数'],
    [2, '三分之二，半数', '三分之二|半数'],
    [2, '甲、乙；丙', '甲、乙|丙'],
    [3, '甲；乙、丙', '甲|乙|丙'],
    [2, '三分之二', 'gaps'],
    [2, '甲；乙；丙', 'gaps'],
    [1, '长'.repeat(201), 'too-long'],
  ])('%i: %s', (blanks, text, expected) => {
    expect(chosenIn(read(text, waiting('blank', { blanks })))).toBe(expected)
  })

  test('a question is no answer', () => {
    expect(read('这个空是什么意思？', waiting('blank', { blanks: 1 }))).toEqual({ free: true })
  })
})

test('with nothing open, a whole answer is told that nothing waits for it; other text stays a text', () => {
  for (const text of ['A', 'b d', '对', '×']) expect(read(text, null)).toEqual({ hint: 'nothing-open' })
  for (const text of ['对口帮扶是什么', 'A是什么意思', 'ok']) expect(read(text, null)).toEqual({ free: true })
  expect(read('不会', null)).toEqual({ hint: 'nothing-open' })
  expect(read('跳过', null)).toEqual({ hint: 'nothing-open' })
})

test('no text throws, and an answer names only options there are', () => {
  const types = fc.constantFrom<QuestionType>('single', 'multiple', 'judge', 'blank')
  const likeAnswers = fc.string({
    unit: fc.constantFrom(...'AaBＢ对错不会猜选、 ,；?？。我是'),
    maxLength: 6,
  })
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: 'grapheme', maxLength: 500 }), likeAnswers),
      types,
      (text, type) => {
        const open = waiting(type, { blanks: type === 'blank' ? 2 : 0 })
        const reading = read(text, open)
        if (!('action' in reading) || reading.action.type !== 'answer') return
        const { chosen } = reading.action
        expect(chosen.length).toBe(type === 'multiple' ? chosen.length : type === 'blank' ? 2 : 1)
        if (type === 'blank') return
        const labels = open.question.options.map(option => option.label)
        expect(chosen.every(label => labels.includes(label))).toBe(true)
        expect(text.normalize('NFKC').length).toBeLessThan(40)
      },
    ),
    { numRuns: 500 },
  )
})

test('a Chinese sentence never answers a choice', () => {
  const sentence = fc.string({
    unit: fc.constantFrom(...'对错村民会议是什么怎么办理帮扶口'),
    minLength: 4,
    maxLength: 30,
  })
  fc.assert(
    fc.property(sentence, fc.constantFrom<QuestionType>('single', 'multiple', 'judge'), (text, type) => {
      expect(read(text, waiting(type))).toEqual({ free: true })
    }),
  )
})
