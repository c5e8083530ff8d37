import { beforeEach, describe, expect, test } from '@jest/globals'
import { HOUR, MINUTE, SECOND } from '../support/platform/clock.ts'
import { rawCalls } from '../support/wechat/raw-call.ts'
import { startWechatEmulator } from '../support/wechat/start.ts'

const wechat = startWechatEmulator()
const { session } = wechat
const { get, post, stable, good } = rawCalls(wechat)
const app = { appid: wechat.appid, secret: wechat.secret }
const legacy = () => get('/cgi-bin/token', { grant_type: 'client_credential', ...app })
const worksWith = async (token: string) =>
  (await get('/wxaapi/newtmpl/gettemplate', { access_token: token })).errcode
const SEND = '/cgi-bin/message/subscribe/send'

beforeEach(() => {
  wechat.clock.set('2026-11-23T09:00:00+08:00')
  wechat.token.kill()
  wechat.people.visit('o1')
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
