import { beforeEach, describe, expect, test } from '@jest/globals'
import { tokenStore } from '#server/base/token-store'
import { createWecom } from '#server/clients/wecom'
import type { WecomContent } from '#server/clients/wecom/message'
import { startDatabase } from '../support/app.ts'
import { failureOf } from '../support/wechat/clients.ts'
import { startWecomEmulator } from '../support/wecom/start.ts'

startDatabase()
const emulator = startWecomEmulator()
const now = () => new Date(emulator.clock.now())
const aClient = () => createWecom(emulator, { tokens: tokenStore, now, pauseMs: 1 })
const wecom = aClient()
const SEND = '/cgi-bin/message/send'
const callsOf = (path: string) => emulator.log.filter(call => call.path === path)
const card: WecomContent = {
  kind: 'card',
  title: '今日一课',
  description: '土地承包的几个期限',
  url: 'https://rizhi.example.cn/#/pages/chat/index',
  button: '开始',
}

beforeEach(() => {
  emulator.clock.set('2026-11-23T09:00:00+08:00')
  emulator.faults.clear()
  emulator.log.length = 0
  emulator.message.messages.length = 0
  for (const userid of ['zhang', 'li', 'wang']) emulator.message.addMember(userid)
})

describe('signing in', () => {
  test('gives the member, and the session key stays inside', async () => {
    expect(await wecom.memberOf(emulator.signIn.codeOf('zhang'))).toEqual({
      corpid: emulator.corpid,
      userid: 'zhang',
    })
    expect(emulator.signIn.sessionKeys).toHaveLength(1)
  })

  test('works once with a code', async () => {
    const code = emulator.signIn.codeOf('zhang')
    await wecom.memberOf(code)
    expect(await failureOf(wecom.memberOf(code))).toMatchObject({ code: 'sign-in.code-invalid' })
  })

  test.each([
    ['members of another enterprise', 'zhang', 'ww-other'],
    ['who is no member', '', emulator.corpid],
  ])('is refused to %s', async (_, userid, corpid) => {
    const foreign = wecom.memberOf(emulator.signIn.codeOf(userid, corpid))
    expect(await failureOf(foreign)).toMatchObject({ code: 'sign-in.not-member' })
  })
})

describe('a message', () => {
  test('reaches those it can and names those it cannot', async () => {
    const sent = await wecom.sendMessage({ userids: ['zhang', 'gone', 'li'], content: card })
    expect(sent).toMatchObject({ unreached: ['gone'], messageId: expect.stringMatching(/^msg-/) })
    expect(emulator.message.messages.map(({ userid }) => userid)).toEqual(['zhang', 'li'])
  })

  test('that reaches nobody is no failure of the platform', async () => {
    expect(await wecom.sendMessage({ userids: ['gone', 'left'], content: card })).toEqual({
      messageId: null,
      unreached: ['gone', 'left'],
    })
  })

  test('may open a page of the mini-program, or be a text', async () => {
    const items = [{ key: '题数', value: '5 道' }]
    const page = { appid: 'wx0123456789abcdef', page: 'pages/chat/index?from=wecom' }
    const words = { title: '今日一测', description: '11月23日 12:30' }
    await wecom.sendMessage({ userids: ['zhang'], content: { kind: 'notice', ...page, ...words, items } })
    await wecom.sendMessage({ userids: ['zhang'], content: { kind: 'text', text: '今天的题还没有做' } })
    expect(emulator.message.messages.map(({ kind }) => kind)).toEqual(['miniprogram_notice', 'text'])
  })

  test.each<[string, WecomContent]>([
    ['a title', { ...card, title: '长'.repeat(43) }],
    ['a text', { kind: 'text', text: '长'.repeat(683) }],
  ])('with %s too long is invalid', async (_, content) => {
    expect(await failureOf(wecom.sendMessage({ userids: ['zhang'], content }))).toMatchObject({
      kind: 'invalid',
      errcode: 40058,
    })
  })

  test('whose answer was lost is sent again and arrives once', async () => {
    emulator.faults.plan({ fault: 'cut-after', path: SEND, times: 1 })
    emulator.clock.pass(24 * 3_600_000)
    await wecom.sendMessage({ userids: ['zhang'], content: card })
    expect(callsOf(SEND).map(call => call.ended)).toEqual(['lost', 0])
    expect(emulator.message.messages).toHaveLength(1)
  })

  test('beyond the quota has to wait', async () => {
    emulator.faults.plan({ fault: 45009, path: SEND })
    expect(await failureOf(wecom.sendMessage({ userids: ['zhang'], content: card }))).toMatchObject({
      kind: 'wait',
      seconds: 3_600,
    })
  })
})

test('all processes share one token, also when the platform ends it early', async () => {
  const processes = [aClient(), aClient(), aClient()]
  emulator.clock.pass(48 * 3_600_000)
  await Promise.all(processes.map(one => one.memberOf(emulator.signIn.codeOf('li'))))
  expect(callsOf('/cgi-bin/gettoken')).toHaveLength(1)

  emulator.token.kill()
  for (const one of processes) await one.memberOf(emulator.signIn.codeOf('li'))
  expect(callsOf('/cgi-bin/gettoken')).toHaveLength(2)
})

test('a wrong secret is for the operator', async () => {
  const wrong = createWecom(
    { ...emulator, base: emulator.base, secret: 'wrong', agentid: 7 },
    { tokens: tokenStore, now },
  )
  expect(await failureOf(wrong.sendMessage({ userids: ['zhang'], content: card }))).toMatchObject({
    kind: 'set-up',
    errcode: 40001,
  })
})
