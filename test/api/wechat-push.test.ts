import { request } from 'node:http'
import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { Arrival } from '#server/base/arrival'
import { startApp } from '../support/app.ts'
import { MINUTE } from '../support/platform/clock.ts'
import type { PushConfig } from '../support/wechat/push.ts'
import { startWechatEmulator } from '../support/wechat/start.ts'

const wechat = startWechatEmulator()
const { push } = wechat
const safe = startApp({ at: '2026-11-23T09:00:00+08:00', push: { ...push.config } })
const standard: PushConfig = { ...push.config }

beforeAll(() => {
  standard.url = `${safe.base}/wechat/push`
})
beforeEach(async () => {
  Object.assign(push.config, standard)
  wechat.clock.set('2026-11-23T09:00:00+08:00')
  push.deliveries.length = 0
  await Arrival.deleteMany({})
})

const popup = { MsgType: 'event', Event: 'debug_demo', FromUserName: 'o1', CreateTime: 1_764_000_000 }
const send = ({ url, body, contentType }: { url: string; body: string; contentType: string }) =>
  fetch(url, { method: 'POST', body, headers: { 'content-type': contentType } })
const statusOf = async (letter: Parameters<typeof send>[0]) => (await send(letter)).status
const changed = (letter: Parameters<typeof send>[0], name: string, value: string) => {
  const url = new URL(letter.url)
  url.searchParams.set(name, value)
  return { ...letter, url: url.href }
}

test('the address is accepted by WeChat, and by nobody with another token', async () => {
  expect(await push.checkUrl()).toBe(true)
  push.config.token = 'another_token'
  expect(await push.checkUrl()).toBe(false)
})

describe.each<[string, Partial<PushConfig>]>([
  ['encrypted JSON', {}],
  ['encrypted JSON that says it is XML', { contentType: 'text/xml' }],
  ['encrypted XML', { format: 'xml', contentType: 'text/xml' }],
  ['JSON beside its encrypted form', { mode: 'compat' }],
  ['XML beside its encrypted form', { mode: 'compat', format: 'xml' }],
  ['nested lists and texts for numbers', { nested: true, time: 'string', ids: 'string' }],
])('%s', (_, form) => {
  test('is acknowledged at once and kept once, however often it comes', async () => {
    Object.assign(push.config, form, { copies: 4 })
    wechat.subscription.accept('o1', 'T1', 'T2')
    wechat.session.say('o1', '村民小组能不能出租荒山？')
    await push.settled()
    await safe.heard()

    expect(push.deliveries).toHaveLength(8)
    for (const delivery of push.deliveries) expect(delivery).toMatchObject({ status: 200, reply: 'success' })
    const kept = await Arrival.find().lean()
    expect(kept).toHaveLength(2)
    for (const one of kept) expect(one).toMatchObject({ tries: 1, words: null, doneAt: expect.any(Date) })
  })
})

describe('what is not WeChat’s is refused and not kept', () => {
  test.each<[string, (letter: ReturnType<typeof push.letter>) => ReturnType<typeof push.letter>]>([
    ['a forged signature', letter => changed(letter, 'msg_signature', 'a'.repeat(40))],
    ['no signature', letter => changed(letter, 'msg_signature', '')],
    ['another nonce', letter => changed(letter, 'nonce', '1')],
    [
      'another body',
      letter => ({ ...letter, body: letter.body.replace(/"Encrypt":"..../, '"Encrypt":"AAAA') }),
    ],
    ['a moment that is none', letter => changed(letter, 'timestamp', 'soon')],
    ['no query at all', letter => ({ ...letter, url: push.config.url })],
  ])('%s', async (_, forge) => {
    expect(await statusOf(forge(push.letter(popup)))).toBe(403)
    expect(await Arrival.countDocuments()).toBe(0)
  })

  test('the plain signature does not do for an encrypted push', async () => {
    const letter = push.letter(popup)
    const plain = new URL(letter.url).searchParams.get('signature') ?? ''
    expect(await statusOf(changed(letter, 'msg_signature', plain))).toBe(403)
  })

  test('a plain push does not do where there is a key', async () => {
    push.config.mode = 'plain'
    expect(await statusOf(push.letter(popup))).toBe(403)
  })

  test('another app’s push does not do', async () => {
    push.config.appid = 'wx9999999999999999'
    expect(await statusOf(push.letter(popup))).toBe(403)
  })

  test.each([
    [11 * MINUTE, 403],
    [9 * MINUTE, 200],
    [-9 * MINUTE, 200],
    [-11 * MINUTE, 403],
  ])('a push that is replayed %i ms later answers %i', async (late, status) => {
    const letter = push.letter(popup)
    const before = safe.now
    safe.now = new Date(before.getTime() + late)
    expect(await statusOf(letter)).toBe(status)
    safe.now = before
  })
})

describe('what cannot be read is refused and not kept', () => {
  test.each([
    ['nothing', ''],
    ['no JSON', '{"Encrypt":'],
    ['an entity', '<!DOCTYPE xml [<!ENTITY a "b">]><xml><Encrypt>&a;</Encrypt></xml>'],
  ])('%s', async (_, body) => {
    expect(await statusOf({ ...push.letter(popup), body })).toBe(400)
    expect(await Arrival.countDocuments()).toBe(0)
  })

  test.each([
    ['a megabyte and more with its length', true],
    ['a megabyte and more without it', false],
  ])('%s', async (_, told) => {
    const letter = push.letter(popup)
    const size = 5 * 1024 * 1024
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const call = request(letter.url, {
        method: 'POST',
        ...(told && { headers: { 'content-length': size } }),
      })
      call.once('response', response => resolve(response.statusCode))
      call.once('error', reject)
      call.end(Buffer.alloc(size, 32))
    })
    expect(status).toBe(413)
    expect((await safe.fetch('/healthz')).status).toBe(200)
  })

  test('other methods do not reach it', async () => {
    expect((await safe.fetch('/wechat/push', { method: 'PUT' })).status).toBe(404)
  })
})

test('whoever asks for a person gets one, in the encryption and the format of the push', async () => {
  for (const format of ['json', 'xml'] as const) {
    push.config.format = format
    wechat.session.say('o1', '转人工')
    wechat.session.say('o2', '转人工 是什么意思')
    await push.settled()
  }

  const replies = push.deliveries.map(({ message, reply }) => [message.FromUserName, reply])
  const transfer = expect.stringContaining('transfer_customer_service')
  expect(replies.filter(([openid]) => openid === 'o2')).toEqual([
    ['o2', 'success'],
    ['o2', 'success'],
  ])
  expect(replies.filter(([openid]) => openid === 'o1')).toEqual([
    ['o1', transfer],
    ['o1', transfer],
  ])
  expect(new Set(replies.map(([, reply]) => String(reply).charAt(0)))).toEqual(new Set(['{', 's', '<']))
})

describe('words wait in the database without personal numbers', () => {
  test('and not at all where they bear a classification mark', async () => {
    wechat.session.say('o1', '我的电话是 13812345678')
    wechat.session.say('o2', '机密★10年 会议纪要')
    await push.settled()
    await safe.heard()
    const stored = JSON.stringify(await Arrival.find().lean())
    expect(stored).not.toContain('13812345678')
    expect(stored).not.toContain('机密')
    expect(await Arrival.countDocuments({ doneAt: null })).toBe(0)
  })
})
