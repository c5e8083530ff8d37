import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { HOUR, MINUTE, SECOND } from '../support/platform/clock.ts'
import { startWechatEmulator } from '../support/wechat/start.ts'

const wechat = startWechatEmulator()
const { push, subscription, session, security } = wechat
const app = { appid: wechat.appid, secret: wechat.secret }
type Answer = Record<string, unknown> & { errcode?: number; access_token?: string; expires_in?: number }

const get = async (path: string, query: Record<string, string> = {}): Promise<Answer> =>
  (await (await fetch(`${wechat.base}${path}?${new URLSearchParams(query)}`)).json()) as Answer
const post = async (path: string, body: object | string, token = ''): Promise<Answer> => {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const response = await fetch(`${wechat.base}${path}?access_token=${token}`, { method: 'POST', body: text })
  expect(response.status).toBe(200)
  return (await response.json()) as Answer
}
const stable = (more: object = {}) =>
  post('/cgi-bin/stable_token', { grant_type: 'client_credential', ...app, ...more })
const legacy = () => get('/cgi-bin/token', { grant_type: 'client_credential', ...app })
const good = async () => (await stable()).access_token ?? ''
const SEND = '/cgi-bin/message/subscribe/send'
const GET_TEMPLATES = '/wxaapi/newtmpl/gettemplate'
const worksWith = async (token: string) => (await get(GET_TEMPLATES, { access_token: token })).errcode

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

describe('the stable token', () => {
  test('counts down, stays the same until five minutes before its end, and is good until it', async () => {
    const first = await stable()
    expect(first).toEqual({ access_token: expect.stringMatching(/^.{512,}$/), expires_in: 7200 })
    wechat.clock.pass(6_855 * SECOND)
    expect(await stable()).toEqual({ access_token: first.access_token, expires_in: 345 })
    wechat.clock.pass(50 * SECOND)
    const second = await stable()
    expect(second).toMatchObject({ expires_in: 7200 })
    expect(await worksWith(first.access_token ?? '')).toBe(0)
    wechat.clock.pass(300 * SECOND)
    expect(await worksWith(first.access_token ?? '')).toBe(42001)
    expect(await worksWith(second.access_token ?? '')).toBe(0)
  })

  test('is ended at once by force, 30 seconds apart and 20 times a day', async () => {
    const first = await good()
    const forced = await stable({ force_refresh: true })
    expect(forced.access_token).not.toBe(first)
    expect(await worksWith(first)).toBe(40001)
    expect(await stable({ force_refresh: true })).toMatchObject({ errcode: 45011 })
    for (let times = 1; times < 20; times += 1) {
      wechat.clock.pass(30 * SECOND)
      expect((await stable({ force_refresh: true })).errcode).toBeUndefined()
    }
    wechat.clock.pass(30 * SECOND)
    expect(await stable({ force_refresh: true })).toMatchObject({ errcode: 45009 })
  })

  test.each<[string, object, number]>([
    ['another app', { appid: 'wx1' }, 40013],
    ['another secret', { secret: 'x' }, 40125],
    ['no app', { appid: undefined }, 41002],
    ['no secret', { secret: undefined }, 41004],
    ['another grant', { grant_type: 'x' }, 40002],
  ])('is not for %s', async (_, more, errcode) => {
    expect(await stable(more)).toMatchObject({
      errcode,
      errmsg: expect.stringMatching(/ rid: [0-9a-f-]{26}$/),
    })
  })

  test('is asked for by POST', async () => {
    expect(await get('/cgi-bin/stable_token')).toMatchObject({ errcode: 43002 })
  })
})

test('the older token changes with each asking, leaves five minutes to the one before, and the stable one alone', async () => {
  const kept = await good()
  const first = (await legacy()).access_token ?? ''
  const second = (await legacy()).access_token ?? ''
  expect([await worksWith(first), await worksWith(second), await worksWith(kept)]).toEqual([0, 0, 0])
  wechat.clock.pass(5 * MINUTE)
  expect([await worksWith(first), await worksWith(second), await worksWith(kept)]).toEqual([40001, 0, 0])
})

test('calls without a good token, with no body or with a bad one say which', async () => {
  const never = `95_${'a'.repeat(510)}`
  expect([await worksWith(''), await worksWith('x'), await worksWith(never)]).toEqual([41001, 40014, 40001])
  const token = await good()
  expect(await post(SEND, '', token)).toMatchObject({ errcode: 44002 })
  expect(await post(SEND, '{', token)).toMatchObject({ errcode: 47001 })
  expect(await post('/nowhere', {}, token)).toMatchObject({ errcode: 40066 })
})

test('a code of signing in lives five minutes and works once', async () => {
  const trade = (js_code: string) =>
    get('/sns/jscode2session', { ...app, js_code, grant_type: 'authorization_code' })
  const [used, late] = [wechat.signIn.codeOf('o1'), wechat.signIn.codeOf('o1')]
  const session = await trade(used)
  expect(session).toEqual({ openid: 'o1', session_key: expect.stringMatching(/^.{24}$/) })
  expect(await trade(used)).toMatchObject({ errcode: 40163 })
  wechat.clock.pass(5 * MINUTE + 1)
  expect(await trade(late)).toMatchObject({ errcode: 40029 })
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

test('a session takes two messages in the minute after it was opened, five after something was written', async () => {
  const token = await good()
  const send = async () =>
    (
      await post(
        '/cgi-bin/message/custom/send',
        { touser: 'o1', msgtype: 'text', text: { content: '好' } },
        token,
      )
    ).errcode
  expect(await send()).toBe(45015)
  session.enter('o1')
  session.enter('o1')
  expect([await send(), await send(), await send()]).toEqual([0, 0, 45047])
  session.say('o1', '开始')
  session.say('o1', '开始')
  const sent = []
  for (let i = 0; i < 6; i += 1) sent.push(await send())
  expect(sent).toEqual([0, 0, 0, 0, 0, 45047])
  session.enter('o1')
  wechat.clock.pass(MINUTE)
  expect(await send()).toBe(45047)
})

test('a text check wants its version, its scene, no more than 2,500 characters and somebody seen lately', async () => {
  const check = async (more: object) => {
    const body = { content: '荒山', version: 2, scene: 2, openid: 'o1', ...more }
    return (await post('/wxa/msg_sec_check', body, await good())).errcode
  }
  expect(await check({})).toBe(0)
  expect(await check({ version: 1 })).toBe(47001)
  expect(await check({ scene: 9 })).toBe(40129)
  expect(await check({ content: '字'.repeat(2_501) })).toBe(47001)
  expect(await check({ openid: 'nobody' })).toBe(40003)
  wechat.clock.pass(2 * HOUR + 1)
  expect(await check({})).toBe(61010)
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
