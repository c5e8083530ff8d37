import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { HOUR } from '../support/platform/clock.ts'
import { rawCalls } from '../support/wechat/raw-call.ts'
import { startWechatEmulator } from '../support/wechat/start.ts'

const wechat = startWechatEmulator()
const { push, subscription, session, security } = wechat
const { post, good } = rawCalls(wechat)
const SEND = '/cgi-bin/message/subscribe/send'

/** A server of ours that answers pushes as it is told to. */
const heard: string[] = []
let answer: (times: number) => { status: number; text: string } | 'nothing' = () => ({
  status: 200,
  text: 'success',
})
const ours = createServer((request, response) => {
  const parts: Buffer[] = []
  request.on('data', (part: Buffer) => parts.push(part))
  request.on('end', () => {
    heard.push(Buffer.concat(parts).toString())
    const what = answer(heard.length)
    if (what !== 'nothing') response.writeHead(what.status).end(what.text)
  })
})

beforeAll(async () => {
  wechat.clock.set('2026-11-23T09:00:00+08:00')
  await new Promise<void>(listening => ours.listen(0, '127.0.0.1', listening))
  push.config.url = `http://127.0.0.1:${(ours.address() as AddressInfo).port}/`
  push.config.mode = 'plain'
  subscription.addTemplate({ id: 'ONE', title: '一次', fields: { thing1: '课程' } })
  subscription.addTemplate({ id: 'LONG', title: '长期', fields: { thing1: '课程' }, type: 3 })
})
afterAll(async () => {
  ours.closeAllConnections()
  await new Promise(closed => ours.close(closed))
})
beforeEach(() => {
  wechat.clock.pass(24 * HOUR)
  wechat.people.visit('o1')
  heard.length = 0
  answer = () => ({ status: 200, text: 'success' })
})

describe('subscription messages', () => {
  const data = { thing1: { value: '土地承包' } }
  const send = async (more: object = {}) =>
    (await post(SEND, { touser: 'o1', template_id: 'ONE', data, ...more }, await good())).errcode

  test('are allowed one by one, and a refused popup takes none back', async () => {
    expect(await send()).toBe(43101)
    subscription.accept('o1', 'ONE')
    subscription.accept('o1', 'ONE')
    subscription.reject('o1', 'ONE')
    expect([await send(), await send(), await send()]).toEqual([0, 0, 43101])
  })

  test('switched off are allowed no more, unless WeChat keeps what was accepted', async () => {
    subscription.accept('o1', 'ONE')
    subscription.switchOff('o1', 'ONE')
    expect(await send()).toBe(43101)
    subscription.switches.rejectClears = false
    subscription.accept('o1', 'ONE')
    subscription.switchOff('o1', 'ONE')
    expect(await send()).toBe(0)
    subscription.switches.rejectClears = true
  })

  test('of long-term templates are allowed once for all', async () => {
    subscription.accept('o1', 'LONG')
    const long = { template_id: 'LONG' }
    expect([await send(long), await send(long), await send(long)]).toEqual([0, 0, 0])
    subscription.switchOff('o1', 'LONG')
    expect(await send(long)).toBe(43101)
  })

  test.each<[string, unknown]>([
    ['a string', JSON.stringify(data)],
    ['names with .DATA', { 'thing1.DATA': { value: '土地' } }],
    ['plain strings', { thing1: '土地' }],
    ['a field too many', { ...data, thing2: { value: '土地' } }],
    ['a field too few', {}],
    ['an empty value', { thing1: { value: '' } }],
    ['a number', { thing1: { value: 1 } }],
    ['two lines', { thing1: { value: '土\n地' } }],
  ])('with %s for data are refused and use nothing up', async (_, wrong) => {
    subscription.accept('o1', 'ONE')
    const before = subscription.left('o1', 'ONE')
    expect(await send({ data: wrong })).toBe(47003)
    expect(subscription.left('o1', 'ONE')).toBe(before)
  })

  test('open released pages only', async () => {
    subscription.switches.pages.add('pages/chat/index')
    expect(await send({ page: 'pages/chat/index?a=1' })).toBe(0)
    expect(await send({ page: 'pages/other/index' })).toBe(41030)
    expect(await send({ page: '/pages/chat/index' })).toBe(41030)
    subscription.switches.pages.clear()
  })

  test('written with escapes arrive with them', async () => {
    subscription.accept('o1', 'ONE')
    const body = `{"touser":"o1","template_id":"ONE","data":{"thing1":{"value":"\\u571f"}}}`
    await post(SEND, body, await good())
    expect(subscription.messages.at(-1)?.texts.thing1).not.toBe('土')
  })

  test('are told of afterwards', async () => {
    subscription.accept('o1', 'ONE')
    await push.settled()
    heard.length = 0
    await send()
    await push.settled()
    expect(JSON.parse(heard[0] ?? '')).toMatchObject({
      FromUserName: 'o1',
      Event: 'subscribe_msg_sent_event',
      List: { TemplateId: 'ONE', ErrorCode: '0', ErrorStatus: 'success', MsgID: expect.anything() },
    })
  })
})

describe('a push', () => {
  test('of several items has a list, of one its item', async () => {
    subscription.accept('o1', 'ONE', 'LONG')
    subscription.accept('o1', 'ONE')
    await push.settled()
    const lists = heard.map(body => (JSON.parse(body) as { List: unknown }).List)
    expect(lists.map(list => Array.isArray(list)).sort((a, b) => Number(a) - Number(b))).toEqual([
      false,
      true,
    ])
  })

  test('without a good answer is sent again, three times at most', async () => {
    answer = times => (times < 3 ? { status: 500, text: '' } : { status: 200, text: '' })
    session.enter('o1')
    await push.settled()
    expect(heard).toHaveLength(3)

    heard.length = 0
    answer = () => ({ status: 200, text: 'what?' })
    session.enter('o1')
    await push.settled()
    expect(heard).toHaveLength(4)
  })

  test('that is answered too late is sent again', async () => {
    push.config.patienceMs = 50
    answer = times => (times === 1 ? 'nothing' : { status: 200, text: 'success' })
    session.enter('o1')
    await push.settled()
    push.config.patienceMs = 5_000
    expect(heard).toHaveLength(2)
  })
})

test('a media check has its verdict later, also when the file cannot be had', async () => {
  security.words.set('bad', { suggest: 'risky', label: 20002 })
  const token = await good()
  for (const name of ['bad.jpg', 'missing.jpg']) {
    const body = { media_url: `https://x.cn/${name}`, media_type: 2, version: 2, scene: 1, openid: 'o1' }
    const { trace_id } = await post('/wxa/media_check_async', body, token)
    while (!heard.some(text => text.includes(String(trace_id))))
      await new Promise(later => setTimeout(later, 5))
  }
  await push.settled()
  const results = heard.map(text => JSON.parse(text) as Record<string, unknown>)
  expect(results).toMatchObject([
    { Event: 'wxa_media_check', errcode: 0, result: { suggest: 'risky', label: 20002 } },
    { Event: 'wxa_media_check', errcode: -1008 },
  ])
})
