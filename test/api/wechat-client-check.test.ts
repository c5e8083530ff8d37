import { beforeEach, describe, expect, test } from '@jest/globals'
import { createLog } from '#server/base/log'
import { tokenStore } from '#server/base/token-store'
import { startDatabase } from '../support/app.ts'
import { HOUR } from '../support/platform/clock.ts'
import type { Fault } from '../support/platform/fault.ts'
import { aClientOf, failureOf } from '../support/wechat/clients.ts'
import { startWechatEmulator } from '../support/wechat/start.ts'

startDatabase()
const emulator = startWechatEmulator()
const wechat = aClientOf(emulator)
const { security } = emulator
const callsOf = (path: string) => emulator.log.filter(call => call.path === path)

beforeEach(() => {
  emulator.clock.set('2026-11-23T09:00:00+08:00')
  emulator.faults.clear()
  emulator.people.visit('o1')
  emulator.log.length = 0
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

const fields = { thing1: '土地承包的几个期限' }
const message = { openid: 'o1', template: 'T1', fields }

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
