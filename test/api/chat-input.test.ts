import { beforeAll, describe, expect, test } from '@jest/globals'
import { ChatMessage } from '#server/chat/model'
import { startApp } from '../support/app.ts'
import { bodies, conversation, say, told } from '../support/chat.ts'
import { questions } from '../support/factories.ts'

const app = startApp({ at: '2026-11-23T09:00:00+08:00' })
const NOBODY = '0'.repeat(24)

beforeAll(async () => {
  await questions(5)
})

describe('refused, and changes nothing', () => {
  const place = { paper: NOBODY, question: NOBODY }
  test.each<[string, unknown, number, string]>([
    ['nothing', {}, 400, 'request.invalid'],
    ['text and action', { text: 'A', action: { type: 'help' } }, 400, 'request.invalid'],
    ['an empty text', { text: '' }, 400, 'request.invalid'],
    ['a text of spaces', { text: ' \n ' }, 400, 'request.invalid'],
    ['a question of 10,000 characters', { text: '长'.repeat(10_000) }, 422, 'text.too-long'],
    ['a text of 20,001 characters', { text: 'x'.repeat(20_001) }, 400, 'request.invalid'],
    ['a text that is a number', { text: 7 }, 400, 'request.invalid'],
    ['a list', [], 400, 'request.invalid'],
    ['a short id', { id: 'x', text: 'A' }, 400, 'request.invalid'],
    ['an id of 日知’s own', { id: 'day:2026-11-23:lesson', text: 'A' }, 400, 'request.invalid'],
    ['an unknown action', { action: { type: 'pay' } }, 400, 'request.invalid'],
    ['an action with more in it', { action: { type: 'start', points: 9 } }, 400, 'request.invalid'],
    [
      'a malformed question',
      { action: { type: 'dont-know', paper: 'x', question: 'y', round: 1 } },
      400,
      'request.invalid',
    ],
    ['a forged paper', { action: { type: 'dont-know', ...place, round: 1 } }, 404, 'not-found'],
    ['a forged postponement', { action: { type: 'postpone', ...place } }, 404, 'not-found'],
    ['round 0', { action: { type: 'answer', ...place, round: 0, chosen: ['A'] } }, 400, 'request.invalid'],
    [
      'an empty answer',
      { action: { type: 'answer', ...place, round: 1, chosen: [] } },
      400,
      'request.invalid',
    ],
    ['a marked text', { text: '机密★10年 关于某事的通知' }, 422, 'text.classified'],
    ['a text with a level', { text: '密级：秘密' }, 422, 'text.classified'],
    [
      'a marked topic',
      { action: { type: 'practise', scope: 'wrong', topic: '绝密★' } },
      422,
      'text.classified',
    ],
  ])('%s', async (_, body, status, code) => {
    const client = await app.as('乱发的')
    const before = await conversation(client)
    await expect(
      client.events('POST /chat/messages', { body: body as { text: string } }),
    ).rejects.toMatchObject({ status, code })
    expect(await conversation(client)).toEqual(before)
  })

  test('a question of somebody else’s paper', async () => {
    const other = await app.as('别人')
    const [open] = bodies((await say(other, '开始')).messages, 'question')
    const forged = {
      type: 'dont-know',
      paper: open?.paper ?? '',
      question: open?.question.id ?? '',
      round: 1,
    } as const
    await expect(say(await app.as('冒名的'), forged)).rejects.toMatchObject({ status: 404 })
  })

  test('options there are not, and two for one', async () => {
    const client = await app.as('乱选的')
    const [open] = bodies((await say(client, '开始')).messages, 'question')
    if (!open) throw new Error('nothing was asked')
    const place = { type: 'answer', paper: open.paper, question: open.question.id, round: 1 } as const
    await expect(say(client, { ...place, chosen: ['Z'] })).rejects.toMatchObject({
      status: 400,
      code: 'quiz.option-unknown',
    })
    await expect(say(client, { ...place, chosen: ['A', 'B'] })).rejects.toMatchObject({
      status: 400,
      code: 'quiz.one-option',
    })
    expect(told((await say(client, 'Z')).messages)).toEqual(['own', 'text', 'question 1 round 1'])
    expect(told((await say(client, 'AB')).messages)).toEqual(['own', 'text', 'question 1 round 1'])
    expect(told((await say(client, 'b')).messages)).toEqual(['own', 'mark right'])
  })

  test.each(['before=x', 'after=-1', 'limit=51', 'limit=0', 'wait=26', 'before=1&after=1', 'after=1e99'])(
    'a look with %s',
    async query => {
      const { token } = await app.as('乱看的')
      const response = await app.fetch(`/api/chat/messages?${query}`, {
        headers: { authorization: `Bearer ${token}` },
      })
      expect(response.status).toBe(400)
    },
  )

  test('nobody without a session', async () => {
    await expect(app.anyone.call('GET /chat/messages', { query: {} })).rejects.toMatchObject({ status: 401 })
    await expect(say(app.anyone, 'A')).rejects.toMatchObject({ status: 401 })
  })
})

test('identity and mobile numbers and names are masked before anything is stored', async () => {
  const client = await app.as('留电话的')
  const { messages } = await say(client, '我叫张三，13812345678，433125199001011234')
  const own = messages.filter(({ from }) => from === 'cadre')
  expect(bodies(own, 'text')[0]?.text).toBe('我叫张某，138****5678，433***********1234')
  expect(JSON.stringify(await ChatMessage.find({}).lean())).not.toMatch(/13812345678|199001011234/)
})

test('no request was a bug', () => {
  expect(app.failures).toEqual([])
})
