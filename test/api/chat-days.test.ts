import { beforeAll, beforeEach, expect, test } from '@jest/globals'
import type { ChatAction } from '#shared/chat'
import { startApp } from '../support/app.ts'
import { bodies, conversation, say, told } from '../support/chat.ts'
import { questions } from '../support/factories.ts'

const app = startApp({ at: '2026-11-23T09:00:00+08:00' })

beforeAll(async () => {
  await questions(20)
})
beforeEach(() => {
  app.now = new Date('2026-11-23T09:00:00+08:00')
})
const nextDay = () => (app.now = new Date('2026-11-24T08:00:00+08:00'))

test('a new day ends what was open and invites to its own quiz', async () => {
  const client = await app.as('隔天的')
  await say(client, '开始')
  nextDay()
  const { messages, state } = await client.call('GET /chat/messages', { query: {} })
  expect(messages.slice(-2).map(({ id }) => id)).toEqual(['day:2026-11-24:lesson', 'day:2026-11-24:invite'])
  expect(state.open).toBeNull()
  expect(state.chips[0]?.label).toBe('开始今日一测')
})

test('an answer kept offline over midnight counts once, and what comes next is the new day’s', async () => {
  const client = await app.as('过了半夜的')
  const [open] = bodies((await say(client, '开始')).messages, 'question')
  if (!open) throw new Error('nothing was asked')
  nextDay()
  const kept: ChatAction = {
    type: 'answer',
    paper: open.paper,
    question: open.question.id,
    round: 1,
    chosen: ['B'],
  }
  const turns = [await say(client, kept), await say(client, kept)]
  expect(turns.map(turn => told(turn.messages))).toEqual([
    ['text', 'text', 'own', 'mark right'],
    ['own', 'notice'],
  ])
  expect((await client.call('GET /points')).total).toBe(1)
  const [next] = bodies((await say(client, '下一题')).messages, 'question')
  expect(next?.paper).toBe((await client.call('GET /today')).paper.id)
})

test('something said first on a new day stands after the greeting of that day', async () => {
  const client = await app.as('先开口的')
  nextDay()
  await say(client, '帮助')
  const ids = (await conversation(client)).map(({ id }) => id)
  expect(ids.slice(0, 3)).toEqual(['day:welcome', 'day:2026-11-24:lesson', 'day:2026-11-24:invite'])
  expect(ids).toHaveLength(5)
})

test('after a week away there is one greeting and one paper', async () => {
  const client = await app.as('防汛回来的')
  await client.call('GET /chat/messages', { query: {} })
  app.now = new Date('2026-11-30T08:00:00+08:00')
  const { messages } = await client.call('GET /chat/messages', { query: {} })
  expect(messages).toHaveLength(5)
})
