import { beforeAll, describe, expect, test } from '@jest/globals'
import type { ChatAction, Message } from '#shared/chat'
import type { Question } from '#shared/question'
import { startApp } from '../support/app.ts'
import { bodies, conversation, say, told } from '../support/chat.ts'
import type { Client } from '../support/client.ts'
import { aQuestion } from '../support/factories.ts'

const app = startApp({ at: '2026-11-23T09:00:00+08:00' })

const judge = [
  { label: 'A', text: '正确' },
  { label: 'B', text: '错误' },
].map(option => ({ ...option, why: '' }))

beforeAll(async () => {
  await aQuestion()
  await aQuestion()
  await aQuestion({ type: 'multiple', key: ['A', 'C'] })
  await aQuestion({ type: 'judge', key: ['A'], options: judge })
  await aQuestion({ type: 'blank', key: ['三分之二', '过半数'], ordered: true, options: [] })
})

const right: Record<Question['type'], string[]> = {
  single: ['B'],
  multiple: ['A', 'C'],
  judge: ['A'],
  blank: ['三分之二', '过半数'],
}
const wrong: Record<Question['type'], string[]> = {
  single: ['A'],
  multiple: ['B', 'C'],
  judge: ['B'],
  blank: ['半数', '三分之二'],
}
const typedRight = { single: '我选b', multiple: 'Ａ、c', judge: '对', blank: '三分之二；过半数' }
const typedWrong = { single: 'A', multiple: 'B C', judge: '错', blank: '半数 三分之二' }

/** How the day goes: skip one, miss one, not know one, the rest right; the later rounds all right. */
type Move = 'right' | 'wrong' | 'dont-know' | 'postpone'
const moveAt = (asked: number): Move =>
  (({ 2: 'postpone', 3: 'wrong', 4: 'dont-know' }) as Record<number, Move>)[asked] ?? 'right'

const typed = (move: Move, { type }: Question): string =>
  ({ right: typedRight[type], wrong: typedWrong[type], 'dont-know': '不会', postpone: '跳过' })[move]

function tapped(
  move: Move,
  { paper, question, round }: { paper: string; question: Question; round: number },
): ChatAction {
  const place = { paper, question: question.id }
  if (move === 'postpone') return { type: 'postpone', ...place }
  if (move === 'dont-know') return { type: 'dont-know', ...place, round }
  return { type: 'answer', ...place, round, chosen: (move === 'right' ? right : wrong)[question.type] }
}

/** Works the day's quiz through in one manner and gives everything that was said. */
async function wholeDay(client: Client, manner: 'typing' | 'tapping'): Promise<Message[]> {
  await client.call('GET /chat/messages', { query: {} })
  const typing = manner === 'typing'
  let turn = await say(client, typing ? '开始' : { type: 'start' })
  for (let asked = 1; asked < 40; asked += 1) {
    const open = bodies(turn.messages, 'question').at(-1)
    if (!open) break
    const move = moveAt(asked)
    turn = await say(client, typing ? typed(move, open.question) : tapped(move, open))
    if (turn.state.open || bodies(turn.messages, 'summary').length > 0) continue
    turn = await say(client, typing ? '下一题' : { type: 'next' })
  }
  return conversation(client)
}

describe('a whole day', () => {
  test('comes to the same by typing and by tapping', async () => {
    const typist = await app.as('打字的')
    const tapper = await app.as('点按的')
    const byTyping = await wholeDay(typist, 'typing')
    const byTapping = await wholeDay(tapper, 'tapping')

    expect(told(byTapping)).toEqual(told(byTyping))
    const points = await Promise.all([typist, tapper].map(client => client.call('GET /points')))
    expect(points[0]?.total).toBe(5)
    expect(points[1]?.total).toBe(5)
    const [summary] = bodies(byTyping, 'summary')
    expect(summary).toMatchObject({
      kind: 'daily',
      of: 5,
      right: 3,
      corrected: 2,
      points: 5,
      story: '答题 5 分',
    })
    expect(summary?.returning.reduce((sum, { count }) => sum + count, 0)).toBeGreaterThan(0)
    const { paper } = await typist.call('GET /today')
    expect(paper.done).toBe(true)
  })

  test('asks skipped ones at the end of the round and missed ones in round 2', async () => {
    const said = told(await wholeDay(await app.as('按顺序的'), 'typing'))
    const questions = said.filter(text => text.startsWith('question'))
    expect(questions).toEqual(
      [1, 2, 3, 4, 5, 2].map(n => `question ${n} round 1`).concat([3, 4].map(n => `question ${n} round 2`)),
    )
  })

  test('ends quietly: what is asked for afterwards is answered without a new invitation', async () => {
    const client = await app.as('答完的')
    await wholeDay(client, 'typing')
    expect(told((await say(client, '开始')).messages)).toEqual(['own', 'text'])
    expect(told((await say(client, '下一题')).messages)).toEqual(['own', 'text'])
    const { state } = await client.call('GET /chat/messages', { query: {} })
    expect(state).toMatchObject({ open: null })
    expect(state.chips.map(chip => chip.label)).toEqual(['今日一课', '问政策', '错题', '我的积分', '帮助'])
  })
})

describe('opening the chat', () => {
  test('welcomes once, and brings lesson and invitation once a day, on every device', async () => {
    const phone = await app.as('第一次来的')
    const desk = await app.as('第一次来的')
    const pages = await Promise.all(
      [phone, desk, phone].map(client => client.call('GET /chat/messages', { query: {} })),
    )
    for (const page of pages) expect(page).toEqual(pages[0])
    expect(pages[0]?.messages.map(({ id, seq }) => [seq, id])).toEqual([
      [1, 'day:welcome'],
      [2, 'day:2026-11-23:lesson'],
      [3, 'day:2026-11-23:invite'],
    ])
    expect(pages[0]?.state.chips[0]).toEqual({ label: '开始今日一测', action: { type: 'start' } })
  })

  test('resumes on another device where the first one stopped', async () => {
    const phone = await app.as('换设备的')
    const asked = await say(phone, '开始')
    const desk = await app.as('换设备的')
    const { state, messages } = await desk.call('GET /chat/messages', { query: {} })
    expect(state).toEqual(asked.state)
    expect(messages.at(-1)).toEqual(asked.messages.at(-1))
    const [question] = bodies(messages, 'question')
    expect(JSON.stringify(question)).not.toMatch(/"key"|explanation|why/)
    const marked = await say(desk, '不会')
    expect(told(marked.messages)).toEqual(['own', 'mark wrong'])
    const late = await say(phone, {
      type: 'dont-know',
      paper: question?.paper ?? '',
      question: question?.question.id ?? '',
      round: 1,
    })
    expect(told(late.messages)).toEqual(['own', 'notice'])
    expect(told((await say(phone, '继续')).messages)).toEqual(['own', 'question 2 round 1'])
  })

  test('pages back and forth without gaps', async () => {
    const client = await app.as('翻页的')
    for (let n = 0; n < 10; n += 1) await say(client, '帮助')
    const all = await conversation(client)
    expect(all.map(message => message.seq)).toEqual(all.map((_, index) => index + 1))
    expect(all).toHaveLength(23)
    const page = await client.call('GET /chat/messages', { query: { after: 20, limit: 2 } })
    expect(page.messages.map(message => message.seq)).toEqual([21, 22])
    expect(page.more).toBe(true)
  })
})

describe('the same message again', () => {
  test('with its id stores nothing and brings the same replies', async () => {
    const client = await app.as('重发的')
    await say(client, '开始')
    const first = await say(client, '不会', 'same-id-0001')
    const again = await say(client, '不会', 'same-id-0001')
    expect(again.messages).toEqual(first.messages)
    const before = (await conversation(client)).length
    const many = await Promise.all(Array.from({ length: 10 }, () => say(client, '下一题', 'same-id-0002')))
    for (const one of many) expect(one.messages).toEqual(many[0]?.messages)
    expect(await conversation(client)).toHaveLength(before + 2)
  })

  test('after a crash between marking and writing gives the same mark, paid once', async () => {
    const client = await app.as('断线的')
    const { messages } = await say(client, '开始')
    const [open] = bodies(messages, 'question')
    if (!open) throw new Error('nothing was asked')
    const params = { id: open.question.id }
    const before = await client.call('POST /quiz/questions/:id/answer', {
      params,
      body: { chosen: right[open.question.type] },
    })
    const turn = await say(client, tapped('right', open), 'after-the-crash')
    expect(bodies(turn.messages, 'mark')).toMatchObject([
      { correct: true, pointsEarned: before.pointsEarned },
    ])
    expect((await client.call('GET /points')).total).toBe(1)
  })

  test('tapped twice at once with different ids, an answer counts once', async () => {
    const client = await app.as('连点的')
    const [open] = bodies((await say(client, '开始')).messages, 'question')
    if (!open) throw new Error('nothing was asked')
    const turns = await Promise.all(Array.from({ length: 5 }, () => say(client, tapped('right', open))))
    expect(turns.flatMap(turn => bodies(turn.messages, 'mark'))).toHaveLength(1)
    expect(turns.flatMap(turn => bodies(turn.messages, 'notice'))).toHaveLength(4)
    expect((await client.call('GET /points')).total).toBe(1)
  })
})

test('twenty posts at once leave no gap and lose nothing', async () => {
  const client = await app.as('手快的')
  const texts = Array.from({ length: 20 }, (_, n) => `第${n}句话`)
  await Promise.all(texts.map(text => say(client, text)))
  const all = await conversation(client)
  expect(all.map(message => message.seq)).toEqual(all.map((_, index) => index + 1))
  const own = all
    .filter(message => message.from === 'cadre')
    .map(({ body }) => (body.type === 'text' ? body.text : ''))
  expect(own.sort()).toEqual(texts.sort())
})

test('practice of wrong answers runs by the same dialogue', async () => {
  const client = await app.as('练习的')
  await say(client, '开始')
  await say(client, '不会')
  const book = await say(client, '错题')
  expect(book.state.chips.map(chip => chip.label)).toContain('练错题')
  const [open] = bodies((await say(client, '练错题')).messages, 'question')
  if (!open) throw new Error('nothing was asked')
  expect(open).toMatchObject({ kind: 'practice', number: 1, of: 1, round: 1 })
  const end = await say(client, typedRight[open.question.type])
  expect(told(end.messages)).toEqual(['own', 'mark right', 'summary'])
  expect(told((await say(client, '下一题')).messages)).toEqual(['own', 'question 2 round 1'])
})
