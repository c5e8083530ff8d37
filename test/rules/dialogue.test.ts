import { describe, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import type { ChatAction, MessageBody } from '#shared/chat'
import type { Paper, PaperQuestion } from '#shared/quiz'
import { converse, type Input } from '#server/chat/dialogue'
import type { Effect, Outcome } from '#server/chat/effect'
import { anAnswer } from '../support/answer.ts'
import { type Answering, stateOf, type Talk } from '#server/chat/talk'

const idOf = (n: number): string => String(n).padStart(24, '0')
const PAPER = idOf(900)
const PRACTICE = idOf(901)

/** A quiz in memory that knows the rules of rounds; every key is B. */
class FakeQuiz {
  readonly papers = new Map<string, Paper>()
  answers = 0
  constructor(count = 3) {
    this.papers.set(PAPER, paperOf(PAPER, 'daily', count, 1))
  }

  paper(id: string): Paper {
    const paper = this.papers.get(id)
    if (!paper) throw new Error(`no paper ${id}`)
    return paper
  }

  carryOut(effect: Effect): Outcome {
    switch (effect.do) {
      case 'today':
        return { of: 'today', for: effect.for, lesson: null, paper: this.paper(PAPER) }
      case 'look':
        return { of: 'look', tap: effect.tap, paper: this.paper(effect.tap.paper) }
      case 'answer':
        return this.answer(effect)
      case 'postpone':
        this.moveBehind(effect.tap.paper, effect.tap.question)
        return { of: 'postpone', tap: effect.tap, paper: this.paper(effect.tap.paper) }
      case 'go-on': {
        const { refused } = effect
        return { of: 'go-on', paper: this.papers.get(effect.paper) ?? null, refused }
      }
      case 'sum-up': {
        const { kind, questions } = this.paper(effect.paper)
        const counts = { of: questions.length, right: 0, corrected: 0, points: 0 }
        return { of: 'sum-up', summary: { kind, ...counts, byCause: [], returning: [] } }
      }
      case 'practise':
        this.papers.set(PRACTICE, paperOf(PRACTICE, 'practice', 2, 50))
        return { of: 'practise', paper: this.paper(PRACTICE) }
      case 'points': {
        const week = { goal: 4, done: 1, paused: false }
        return { of: 'points', standing: { total: 3, today: 1, cap: 10, mastered: 0, week } }
      }
      case 'wrong-book':
        return { of: 'wrong-book', book: { total: 2, due: 1, topics: [{ topic: '信访', total: 2 }] } }
      case 'free-text':
        return { of: 'free-text', answer: anAnswer() }
    }
  }

  private answer({ tap }: Extract<Effect, { do: 'answer' }>): Outcome {
    const before = this.paper(tap.paper).questions.find(one => one.question.id === tap.question)
    if (!before || before.state === 'right' || before.round !== tap.round) return { of: 'refused', tap }
    this.answers += 1
    const chosen = tap.type === 'answer' ? tap.chosen : []
    const correct = chosen.join() === 'B'
    this.change(tap.paper, tap.question, one => ({
      ...one,
      state: correct ? 'right' : 'missed',
      postponed: false,
      round: correct ? one.round : one.round + 1,
      answered: { ...solution, round: tap.round, chosen, correct },
    }))
    const mark = { ...solution, correct, pointsEarned: correct ? 1 : 0, points: 1 }
    return { of: 'answer', tap, mark, paper: this.paper(tap.paper) }
  }

  private moveBehind(paperId: string, questionId: string): void {
    const paper = this.paper(paperId)
    const [moved, others] = [true, false].map(is =>
      paper.questions.filter(one => (one.question.id === questionId) === is),
    )
    const questions = [...(others ?? []), ...(moved ?? []).map(one => ({ ...one, postponed: true }))]
    this.papers.set(paperId, { ...paper, questions })
  }

  private change(paperId: string, questionId: string, how: (one: PaperQuestion) => PaperQuestion): void {
    const paper = this.paper(paperId)
    const questions = paper.questions.map(one => (one.question.id === questionId ? how(one) : one))
    this.papers.set(paperId, { ...paper, questions, done: questions.every(one => one.state === 'right') })
  }
}

const solution = { key: ['B'], explanation: '因为。', reasons: [], sources: [] }

function paperOf(id: string, kind: Paper['kind'], count: number, from: number): Paper {
  const questions = Array.from({ length: count }, (_, i): PaperQuestion => ({
    number: i + 1,
    reason: 'topic',
    question: {
      id: idOf(from + i),
      type: 'single',
      topic: '信访',
      stem: `第${i + 1}题`,
      options: ['甲', '乙', '丙'].map((text, n) => ({ label: 'ABC'.charAt(n), text })),
      blanks: 0,
    },
    state: 'open',
    postponed: false,
    round: 1,
    answered: null,
  }))
  return { id, kind, questions, done: false }
}

const START: Talk = { paper: null, open: null, today: PAPER, daily: 'new', offer: null }

/** A conversation with a quiz behind it. */
class Conversation {
  talk = START
  readonly quiz: FakeQuiz
  constructor(quiz = new FakeQuiz()) {
    this.quiz = quiz
  }

  hear(input: Input): MessageBody[] {
    let step = converse(this.talk, input)
    const replies = [...step.replies]
    for (let n = 0; step.effect; n += 1) {
      if (n > 8) throw new Error('the dialogue does not come to an end')
      step = converse(step.talk, this.quiz.carryOut(step.effect))
      replies.push(...step.replies)
    }
    this.talk = step.talk
    return replies
  }

  type = (text: string): MessageBody[] => this.hear({ text })
  tap = (action: ChatAction): MessageBody[] => this.hear({ action })
  /** What a tap on 确定 with `chosen` sends for the open question. */
  choose(...chosen: string[]): MessageBody[] {
    const { open } = this.talk
    if (!open) throw new Error('nothing is open')
    return this.tap({
      type: 'answer',
      paper: open.paper,
      question: open.question.id,
      round: open.round,
      chosen,
    })
  }
}

const told = (replies: MessageBody[]): string[] =>
  replies.map(body => {
    if (body.type === 'question') return `问${body.number}/${body.of} 轮${body.round}`
    if (body.type === 'mark') return body.correct ? '对' : '错'
    return body.type
  })

describe('a quiz', () => {
  test('goes on only when asked to, and ends with a summary', () => {
    const chat = new Conversation()
    expect(told(chat.type('开始'))).toEqual(['问1/3 轮1'])
    expect(told(chat.type('B'))).toEqual(['对'])
    expect(chat.talk.open).toBeNull()
    expect(told(chat.type('下一题'))).toEqual(['问2/3 轮1'])
    expect(told(chat.type('b'))).toEqual(['对'])
    expect(told(chat.type('继续'))).toEqual(['问3/3 轮1'])
    expect(told(chat.type('选B'))).toEqual(['对', 'summary'])
    expect(stateOf(chat.talk).chips.map(chip => chip.label)).toEqual([
      '今日一课',
      '问政策',
      '错题',
      '我的积分',
      '帮助',
    ])
    expect(told(chat.type('下一题'))).toEqual(['text'])
  })

  test('asks what was skipped at the end of the round and what was missed in the next one', () => {
    const chat = new Conversation()
    const asked = [
      ['开始', '问1/3 轮1'],
      ['跳过', '问2/3 轮1'],
      ['A', '错'],
      ['下一题', '问3/3 轮1'],
      ['不会', '错'],
      ['下一题', '问1/3 轮1'],
      ['B', '对'],
      ['下一题', '问2/3 轮2'],
      ['跳过', '问3/3 轮2'],
      ['A', '错'],
      ['下一题', '问2/3 轮2'],
      ['B', '对'],
      ['下一题', '问3/3 轮3'],
    ] as const
    for (const [text, reply] of asked) expect(told(chat.type(text))).toEqual([reply])
    expect(told(chat.type('跳过'))).toEqual(['text', '问3/3 轮3'])
    expect(told(chat.type('B'))).toEqual(['对', 'summary'])
  })

  test('does not ask a skipped question again at once while others are left', () => {
    const chat = new Conversation()
    chat.type('开始')
    const order = ['跳过', '跳过', '跳过', '跳过'].flatMap(text => told(chat.type(text)))
    expect(order).toEqual(['问2/3 轮1', '问3/3 轮1', '问1/3 轮1', '问2/3 轮1'])
  })

  test('is the same in a practice, and the daily quiz can be taken up afterwards', () => {
    const chat = new Conversation()
    chat.type('开始')
    expect(told(chat.type('复习'))).toEqual(['问1/2 轮1'])
    chat.type('B')
    chat.type('下一题')
    expect(told(chat.type('B'))).toEqual(['对', 'summary'])
    expect(stateOf(chat.talk).chips[0]).toEqual({ label: '继续今日一测', action: { type: 'start' } })
    expect(told(chat.type('下一题'))).toEqual(['问1/3 轮1'])
  })

  test('that was finished elsewhere is summed up', () => {
    const chat = new Conversation(new FakeQuiz(1))
    chat.type('开始')
    const elsewhere = new Conversation(chat.quiz)
    elsewhere.type('开始')
    elsewhere.type('B')
    expect(told(chat.type('A'))).toEqual(['notice', 'summary'])
    expect(chat.quiz.answers).toBe(1)
  })
})

describe('a detour', () => {
  test.each([
    '对口帮扶是什么',
    'A是什么意思',
    '我的积分',
    '帮助',
    '问政策',
    '今日一课',
    '错题',
    'E',
    'AB',
    '对',
  ])('“%s” is answered, and the open question is shown again', text => {
    const chat = new Conversation()
    chat.type('开始')
    const free = text.endsWith('什么') || text.endsWith('意思')
    expect(told(chat.type(text))).toEqual([free ? 'answer' : 'text', '问1/3 轮1'])
    expect(chat.quiz.answers).toBe(0)
  })

  test('“开始” and “下一题” only show the open question again', () => {
    const chat = new Conversation()
    chat.type('开始')
    expect(told(chat.type('开始'))).toEqual(['问1/3 轮1'])
    expect(told(chat.type('下一题'))).toEqual(['问1/3 轮1'])
  })
})

describe('a tap on an old card', () => {
  test('changes nothing and shows where we are', () => {
    const chat = new Conversation()
    chat.type('开始')
    const old: ChatAction = { type: 'answer', paper: PAPER, question: idOf(1), round: 1, chosen: ['B'] }
    chat.tap(old)
    expect(told(chat.tap(old))).toEqual(['notice'])
    chat.type('下一题')
    expect(told(chat.tap(old))).toEqual(['notice', '问2/3 轮1'])
    expect(chat.quiz.answers).toBe(1)
  })

  test('answers a question that is still open in the quiz, and keeps the one shown last', () => {
    const chat = new Conversation()
    chat.type('开始')
    chat.type('跳过')
    const skipped: ChatAction = { type: 'answer', paper: PAPER, question: idOf(1), round: 1, chosen: ['B'] }
    expect(told(chat.tap(skipped))).toEqual(['对', '问2/3 轮1'])
  })
})

test('an old paper can be answered late, but what comes next is today’s', () => {
  const chat = new Conversation()
  const old = idOf(800)
  chat.quiz.papers.set(old, paperOf(old, 'daily', 2, 80))
  expect(told(chat.tap({ type: 'answer', paper: old, question: idOf(80), round: 1, chosen: ['A'] }))).toEqual(
    ['错'],
  )
  expect(stateOf(chat.talk).chips[0]?.label).toBe('开始今日一测')
  expect(told(chat.type('下一题'))).toEqual(['问1/3 轮1'])
})

test('a refused answer that the paper still asks for ends the paper calmly', () => {
  const chat = new Conversation()
  chat.type('开始')
  const { open } = chat.talk
  if (!open) throw new Error('nothing is open')
  const tap: Answering = { type: 'answer', paper: PAPER, question: open.question.id, round: 1, chosen: ['B'] }
  const step = converse(chat.talk, { of: 'refused', tap })
  expect(step.effect).toEqual({ do: 'go-on', paper: PAPER, refused: tap })
  const end = converse(step.talk, { of: 'go-on', paper: chat.quiz.paper(PAPER), refused: tap })
  expect([told(end.replies), end.talk.open, end.talk.paper]).toEqual([['notice'], null, null])
})

test('the wrong book offers practice on the chips', () => {
  const chat = new Conversation()
  chat.type('错题')
  expect(stateOf(chat.talk).chips.map(chip => chip.label)).toEqual([
    '复习今日到期',
    '练错题',
    '开始今日一测',
    '今日一课',
    '问政策',
    '我的积分',
    '帮助',
  ])
})

const words = fc.constantFrom(
  ...[
    '开始',
    '下一题',
    'A',
    'B',
    'C',
    'E',
    'AB',
    '对',
    '不会',
    '跳过',
    '错题',
    '复习',
    '今日一课',
    '我的积分',
    '帮助',
  ],
  ...['我猜B', '对口帮扶是什么', '？', '练错题'],
)
const anyText = fc.oneof(words, fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }))

test('whatever is typed, nothing throws and the open question stays reachable', () => {
  fc.assert(
    fc.property(fc.array(anyText, { maxLength: 30 }), texts => {
      const chat = new Conversation()
      for (const text of texts) {
        const before = chat.talk.open
        const replies = chat.type(text)
        expect(replies.length).toBeGreaterThan(0)
        const stillOpen = chat.talk.open
        if (stillOpen) expect(replies.at(-1)).toEqual(stillOpen)
        if (before && !stillOpen) expect(replies.some(body => body.type === 'mark')).toBe(true)
      }
      chat.type('开始')
      for (let left = 40; left > 0 && chat.talk.open; left -= 1) {
        chat.type('B')
        chat.type('下一题')
      }
      expect(chat.quiz.paper(PAPER).done).toBe(true)
    }),
  )
})

test('typing and tapping come to the same', () => {
  const moves = fc.array(
    fc.constantFrom('开始', '下一题', 'A', 'B', '不会', '跳过', '复习', '错题', '帮助'),
    { maxLength: 40 },
  )
  const taps: Record<string, ChatAction> = {
    开始: { type: 'start' },
    下一题: { type: 'next' },
    复习: { type: 'practise', scope: 'due' },
    错题: { type: 'wrong-book' },
    帮助: { type: 'help' },
  }
  fc.assert(
    fc.property(moves, texts => {
      const typed = new Conversation()
      const tapped = new Conversation()
      for (const text of texts) {
        const { open } = tapped.talk
        if (!open && ['A', 'B', '不会', '跳过'].includes(text)) continue
        const place = { paper: open?.paper ?? '', question: open?.question.id ?? '' }
        const action: ChatAction =
          taps[text] ??
          (text === '跳过'
            ? { type: 'postpone', ...place }
            : text === '不会'
              ? { type: 'dont-know', ...place, round: open?.round ?? 1 }
              : { type: 'answer', ...place, round: open?.round ?? 1, chosen: [text] })
        expect(tapped.tap(action)).toEqual(typed.type(text))
        expect(tapped.talk).toEqual(typed.talk)
      }
    }),
  )
})
