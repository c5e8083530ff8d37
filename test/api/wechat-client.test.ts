import { beforeEach, describe, expect, test } from '@jest/globals'
import { createLog } from '#server/base/log'
import { tokenStore } from '#server/base/token-store'
import { createWechat } from '#server/clients/wechat'
import type { Fault } from '../support/platform/fault.ts'
import { startDatabase } from '../support/app.ts'
import { HOUR } from '../support/platform/clock.ts'
import { aClientOf, failureOf } from '../support/wechat/clients.ts'
import { createWechatEmulator } from '../support/wechat/emulator.ts'
import { startWechatEmulator } from '../support/wechat/start.ts'

startDatabase()
const emulator = startWechatEmulator()
const wechat = aClientOf(emulator)
const { subscription, session, security } = emulator
const template = {
  id: 'T1',
  title: '学习提醒',
  fields: { thing1: '课程', time2: '时间', enum3: '状态' },
  enums: { enum3: ['未完成', '已完成'] },
}
const fields = { thing1: '土地承包的几个期限', time2: '2026年11月23日 12:30', enum3: '未完成' }
const message = { openid: 'o1', template: 'T1', fields, page: 'pages/chat/index?from=reminder' }
const SEND = '/cgi-bin/message/subscribe/send'
const callsOf = (path: string) => emulator.log.filter(call => call.path === path)

beforeEach(() => {
  emulator.clock.set('2026-11-23T09:00:00+08:00')
  emulator.faults.clear()
  emulator.people.visit('o1')
  emulator.log.length = 0
  subscription.messages.length = 0
  subscription.addTemplate(template)
  subscription.accept('o1', 'T1')
})

describe('a subscription message', () => {
  test('arrives as it was written, and uses up one permission', async () => {
    const before = subscription.left('o1', 'T1')
    expect(await wechat.sendSubscriptionMessage(message)).toEqual({ messageId: null })

    expect(subscription.messages).toMatchObject([
      { openid: 'o1', template: 'T1', texts: fields, page: message.page, state: 'formal' },
    ])
    expect(subscription.left('o1', 'T1')).toBe(before - 1)
    expect(callsOf(SEND)[0]?.text).not.toMatch(/\\u/)
  })

  test('fails with an empty ledger once every permission is used', async () => {
    while (subscription.left('o1', 'T1') > 0) await wechat.sendSubscriptionMessage(message)
    expect(await failureOf(wechat.sendSubscriptionMessage(message))).toMatchObject({
      kind: 'ledger-empty',
      errcode: 43101,
    })
  })

  test.each<[string, string, number, object]>([
    ['an unknown template', 'set-up', 40037, { template: 'T0' }],
    ['a stranger', 'drop', 40003, { openid: 'nobody' }],
    ['a page with a slash before it', 'set-up', 41030, { page: '/pages/chat/index' }],
    ['a field too long', 'invalid', 47003, { fields: { ...fields, thing1: '字'.repeat(21) } }],
  ])('for %s asks for %s (%i)', async (_, kind, errcode, wrong) => {
    expect(await failureOf(wechat.sendSubscriptionMessage({ ...message, ...wrong }))).toMatchObject({
      kind,
      errcode,
      rid: expect.stringMatching(/^[0-9a-f]{8}-/),
    })
    expect(callsOf(SEND)).toHaveLength(1)
  })

  test('that does not fit names the field', async () => {
    const wrong = { ...message, fields: { ...fields, time2: '中午' } }
    expect(await failureOf(wechat.sendSubscriptionMessage(wrong))).toMatchObject({ field: 'time2' })
  })

  test('of a forbidden template or with a forbidden word stops, each in its way', async () => {
    subscription.switches.words.add('土地')
    expect(await failureOf(wechat.sendSubscriptionMessage(message))).toMatchObject({ kind: 'drop' })
    subscription.switches.words.clear()
    subscription.switches.banned.add('T1')
    expect(await failureOf(wechat.sendSubscriptionMessage(message))).toMatchObject({ kind: 'set-up' })
    subscription.switches.banned.clear()
  })

  test('to somebody whom another one is just being sent to is tried again', async () => {
    subscription.accept('o1', 'T1')
    subscription.switches.sendMs = 30
    const patient = createWechat(emulator, { tokens: tokenStore, now: () => new Date(), pauseMs: 60 })
    await Promise.all([patient.sendSubscriptionMessage(message), patient.sendSubscriptionMessage(message)])
    subscription.switches.sendMs = 0

    expect(subscription.messages).toHaveLength(2)
    expect(callsOf(SEND).filter(call => call.ended === 43108)).toHaveLength(1)
  })

  test('comes with the templates that the app has', async () => {
    expect(await wechat.messageTemplates()).toEqual([
      {
        id: 'T1',
        title: '学习提醒',
        longTerm: false,
        fields: ['thing1', 'time2', 'enum3'],
        allowed: { enum3: ['未完成', '已完成'] },
      },
    ])
  })
})

describe('a message is never sent twice', () => {
  test.each<[string, Fault, number]>([
    ['a broken connection after the work', 'cut-after', 1],
    ['a broken connection before it', 'cut', 0],
    ['a server error', { status: 502 }, 0],
    ['nonsense', 'garbage', 0],
  ])('%s leaves it unknown', async (_, fault, arrived) => {
    emulator.faults.plan({ fault, path: SEND })
    expect(await failureOf(wechat.sendSubscriptionMessage(message))).toMatchObject({ kind: 'unknown' })
    expect(callsOf(SEND)).toHaveLength(1)
    expect(subscription.messages).toHaveLength(arrived)
  })

  test('no answer within five seconds leaves it unknown', async () => {
    emulator.faults.plan({ fault: 'hang', path: SEND })
    expect(await failureOf(wechat.sendSubscriptionMessage(message))).toMatchObject({ reason: 'timeout' })
    expect(callsOf(SEND)).toHaveLength(1)
  })

  test('but a platform that says it is busy did nothing, and is asked again', async () => {
    emulator.faults.plan({ fault: -1, path: SEND, times: 2 })
    await wechat.sendSubscriptionMessage(message)
    expect(callsOf(SEND).map(call => call.ended)).toEqual([-1, -1, 0])
    expect(subscription.messages).toHaveLength(1)
  })

  test('and where nobody listens nothing was sent', async () => {
    const closed = createWechatEmulator()
    await closed.listen()
    await closed.stop()
    const nowhere = { base: closed.base, appid: emulator.appid, secret: emulator.secret }
    const lost = createWechat(nowhere, { tokens: tokenStore, now: () => new Date(0), pauseMs: 1 })
    expect(await failureOf(lost.sendSubscriptionMessage(message))).toMatchObject({ kind: 'retry' })
  })
})

describe('a customer-service message', () => {
  test('takes five messages after the person wrote, then none', async () => {
    session.say('o1', '村民小组能不能出租荒山？')
    const send = (ai: boolean) =>
      wechat.sendServiceMessage({ openid: 'o1', content: { kind: 'text', text: '依据：第十条' }, ai })
    for (let sent = 0; sent < 5; sent += 1) await send(sent === 0)

    expect(session.messages.map(({ ai }) => ai)).toEqual([true, false, false, false, false])
    expect(await failureOf(send(false))).toMatchObject({ kind: 'closed', errcode: 45047 })
    emulator.clock.pass(48 * HOUR)
    expect(await failureOf(send(false))).toMatchObject({ kind: 'closed', errcode: 45015 })
  })

  test('may be a card that opens a page, a link or a picture', async () => {
    session.say('o1', '开始')
    session.messages.length = 0
    const send = (content: Parameters<typeof wechat.sendServiceMessage>[0]['content']) =>
      wechat.sendServiceMessage({ openid: 'o1', content, ai: false })
    await send({ kind: 'page', title: '今日一测', page: 'pages/chat/index', picture: 'M1' })
    await send({
      kind: 'link',
      title: '条文',
      description: '第十条',
      url: 'https://x.cn',
      picture: 'https://x.cn/1',
    })
    await send({ kind: 'image', media: 'M2' })

    expect(session.messages.map(({ type }) => type)).toEqual(['miniprogrampage', 'link', 'image'])
  })

  test('is announced by the typing line, which ends with it', async () => {
    session.say('o1', '开始')
    await wechat.showTyping('o1', true)
    await wechat.showTyping('o1', true)
    expect(session.isTyping('o1')).toBe(true)
    await wechat.showTyping('o1', false)
    expect(session.isTyping('o1')).toBe(false)

    emulator.clock.pass(31_000)
    expect(await failureOf(wechat.showTyping('o1', true))).toMatchObject({ kind: 'closed' })
  })
})

describe('content security', () => {
  test('judges a text by its worst piece', async () => {
    security.words.set('出售迷药', { suggest: 'risky', label: 20006 })
    const text = `${'集体荒山。'.repeat(700)}出售迷药`
    expect(await wechat.checkText({ openid: 'o1', text })).toEqual({ verdict: 'risky', label: 20006 })
    expect(callsOf('/wxa/msg_sec_check')).toHaveLength(2)
  })

  test('tells nothing about whom it has not seen for two hours, and the caller goes on', async () => {
    emulator.clock.pass(2 * HOUR + 1)
    expect(await failureOf(wechat.checkText({ openid: 'o1', text: '荒山' }))).toMatchObject({
      kind: 'unseen',
      errcode: 61010,
    })
  })

  test('may be asked again after a failure that passes', async () => {
    emulator.faults.plan({ fault: { status: 503 }, path: '/wxa/msg_sec_check', times: 2 })
    expect(await wechat.checkText({ openid: 'o1', text: '荒山' })).toEqual({ verdict: 'pass', label: 100 })
  })

  test.each([
    ['a minute', { minute: 0, minuteErrcode: 44991 }, 60],
    ['a day', { day: 0 }, 3_600],
  ])('whose quota of %s is used up has to wait', async (_, limit, seconds) => {
    emulator.quota.limit('/wxa/msg_sec_check', limit)
    expect(await failureOf(wechat.checkText({ openid: 'o1', text: '荒山' }))).toMatchObject({
      kind: 'wait',
      seconds,
    })
    emulator.quota.limit('/wxa/msg_sec_check', {})
  })

  test('judges media later', async () => {
    const { traceId } = await wechat.checkMedia({ openid: 'o1', url: 'https://x.cn/1.jpg', kind: 'image' })
    expect(traceId).toMatch(/^[0-9a-f]{24}$/)
  })
})

test('a phone number is traded for the code of its button, not for one of signing in', async () => {
  const code = emulator.phone.phoneCodeOf('13800000000')
  expect(await wechat.phoneOf(code)).toEqual({ number: '13800000000', country: '86' })
  expect(await failureOf(wechat.phoneOf(code))).toMatchObject({ kind: 'drop', errcode: 40029 })
  expect(await failureOf(wechat.phoneOf(emulator.signIn.codeOf('o1')))).toMatchObject({ kind: 'drop' })
})

test('no failure holds a secret, a token, a person or a text', async () => {
  const lines: string[] = []
  const log = createLog('trace', { write: line => void lines.push(line) })
  await wechat.checkText({ openid: 'o1', text: '荒山' })
  const token = (await tokenStore.read(`wechat stable ${emulator.appid}`))?.token ?? ''
  const calls = [
    () => wechat.sendSubscriptionMessage(message),
    () => wechat.openidOf('the-code'),
    () => wechat.phoneOf('the-code'),
  ]
  const faults: Fault[] = [40001, 45009, -1, { status: 500 }, 'cut', 'garbage', 'cut-after', 40013]
  for (const fault of faults) {
    emulator.faults.plan({ fault })
    for (const call of calls) log.error({ error: await failureOf(call()) }, 'failed')
    emulator.faults.clear()
  }

  const text = lines.join('')
  expect(lines).toHaveLength(3 * faults.length)
  expect(token).toHaveLength(513)
  for (const secret of [token, token.slice(3, 60), emulator.secret, 'the-code', '土地承包', '"o1"'])
    expect(text).not.toContain(secret)
})
