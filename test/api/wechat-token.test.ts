import { beforeEach, describe, expect, test } from '@jest/globals'
import { AccessToken, tokenStore } from '#server/base/token-store'
import { createWechat } from '#server/clients/wechat'
import { startDatabase } from '../support/app.ts'
import { MINUTE, SECOND } from '../support/platform/clock.ts'
import { aClientOf, failureOf } from '../support/wechat/clients.ts'
import { startWechatEmulator } from '../support/wechat/start.ts'

startDatabase()
const wechat = startWechatEmulator()
const check = { openid: 'o1', text: '集体荒山能不能出租' }
const KEY = `wechat stable ${wechat.appid}`
const TOKEN_PATH = '/cgi-bin/stable_token'
const CHECK_PATH = '/wxa/msg_sec_check'
const callsOf = (path: string) => wechat.log.filter(call => call.path === path).length

beforeEach(async () => {
  await AccessToken.deleteMany({})
  wechat.clock.set('2026-11-23T09:00:00+08:00')
  wechat.faults.clear()
  wechat.token.kill()
  wechat.people.visit('o1')
  wechat.log.length = 0
})

describe('one token for all processes', () => {
  test('is fetched once, however many calls of how many processes wait for it', async () => {
    const processes = [aClientOf(wechat), aClientOf(wechat), aClientOf(wechat)]
    wechat.faults.plan({ fault: { slowMs: 250 }, path: TOKEN_PATH })

    await Promise.all(processes.flatMap(one => Array.from({ length: 5 }, () => one.checkText(check))))

    expect(callsOf(TOKEN_PATH)).toBe(1)
    expect(callsOf(CHECK_PATH)).toBe(15)
  })

  test('is fetched anew before it ends, and meanwhile the old one serves', async () => {
    const [one, other] = [aClientOf(wechat), aClientOf(wechat)]
    await one.checkText(check)
    wechat.clock.pass(7_010 * SECOND)
    wechat.people.visit('o1')
    wechat.faults.plan({ fault: { slowMs: 400 }, path: TOKEN_PATH })

    const renewing = one.checkText(check)
    while (callsOf(TOKEN_PATH) < 2) await new Promise(setImmediate)
    await other.checkText(check)
    expect(callsOf(CHECK_PATH)).toBe(2)
    await renewing

    wechat.clock.pass(200 * SECOND)
    await other.checkText(check)
    expect(callsOf(TOKEN_PATH)).toBe(2)
  })

  test('that has little life left is used for half of it', async () => {
    await aClientOf(wechat).checkText(check)
    await AccessToken.deleteMany({})
    wechat.clock.pass((7_200 - 345) * SECOND)
    const one = aClientOf(wechat)
    await one.checkText(check)
    wechat.clock.pass(170 * SECOND)
    await one.checkText(check)
    expect(callsOf(TOKEN_PATH)).toBe(2)

    wechat.clock.pass(3 * SECOND)
    await one.checkText(check)
    expect(callsOf(TOKEN_PATH)).toBe(3)
  })

  test('is fetched by another process when the one at it died', async () => {
    const now = () => new Date(wechat.clock.now())
    expect(await tokenStore.claim(KEY, now(), 15 * SECOND)).toBeDefined()
    const waiting = aClientOf(wechat).checkText(check)
    await new Promise(later => setTimeout(later, 150))
    expect(callsOf(TOKEN_PATH)).toBe(0)

    wechat.clock.pass(16 * SECOND)
    expect(await waiting).toEqual({ verdict: 'pass', label: 100 })
  })

  test('of a process that lost its claim does not replace the newer one', async () => {
    const now = new Date(wechat.clock.now())
    const later = new Date(now.getTime() + MINUTE)
    const slow = await tokenStore.claim(KEY, now, SECOND)
    const quick = await tokenStore.claim(KEY, later, SECOND)
    const kept = (token: string) => ({ token, renewAt: later, until: later })
    await tokenStore.write(KEY, quick ?? '', kept('newer'))
    await tokenStore.write(KEY, slow ?? '', kept('older'))

    expect(await tokenStore.read(KEY)).toMatchObject({ token: 'newer' })
    await tokenStore.forget(KEY, 'older')
    expect(await tokenStore.read(KEY)).toMatchObject({ token: 'newer' })
  })
})

describe('a token that is refused', () => {
  test.each([40001, 40014, 42001, 41001])(
    'with %i is forgotten, and the call is made once more',
    async errcode => {
      const one = aClientOf(wechat)
      wechat.faults.plan({ fault: errcode, path: CHECK_PATH, times: 1 })

      expect(await one.checkText(check)).toEqual({ verdict: 'pass', label: 100 })
      expect([callsOf(CHECK_PATH), callsOf(TOKEN_PATH)]).toEqual([2, 2])
    },
  )

  test('because somebody forced a new one is replaced once; other processes take what is stored', async () => {
    const [one, other] = [aClientOf(wechat), aClientOf(wechat)]
    await Promise.all([one.checkText(check), other.checkText(check)])
    wechat.token.kill()

    await one.checkText(check)
    await other.checkText(check)

    expect(callsOf(TOKEN_PATH)).toBe(2)
  })

  test('even when it is fresh fails the calls, which do not storm the platform', async () => {
    const one = aClientOf(wechat)
    await one.checkText(check)
    wechat.log.length = 0
    wechat.faults.plan({ fault: 40001, path: CHECK_PATH })

    const failures = await Promise.all(Array.from({ length: 20 }, () => failureOf(one.checkText(check))))
    expect(failures).toEqual(failures.map(() => expect.objectContaining({ kind: 'token', errcode: 40001 })))
    expect(callsOf(CHECK_PATH)).toBe(40)
    await failureOf(one.checkText(check))
    expect(callsOf(TOKEN_PATH)).toBeLessThanOrEqual(2)

    wechat.faults.clear()
    expect(await one.checkText(check)).toEqual({ verdict: 'pass', label: 100 })
  })
})

test('a wrong secret is for the operator, and nothing is stored', async () => {
  const wrong = { base: wechat.base, appid: wechat.appid, secret: 'wrong' }
  const outside = { tokens: tokenStore, now: () => new Date(wechat.clock.now()), pauseMs: 1 }

  expect(await failureOf(createWechat(wrong, outside).checkText(check))).toMatchObject({
    kind: 'set-up',
    errcode: 40125,
  })
  expect(await tokenStore.read(KEY)).toBeUndefined()
  expect(callsOf(TOKEN_PATH)).toBe(1)
})

test('while no new token can be had, the old one serves until its end', async () => {
  const one = aClientOf(wechat)
  await one.checkText(check)
  wechat.clock.pass(7_010 * SECOND)
  wechat.people.visit('o1')
  wechat.faults.plan({ fault: { status: 503 }, path: TOKEN_PATH })
  expect(await one.checkText(check)).toEqual({ verdict: 'pass', label: 100 })

  wechat.clock.pass(200 * SECOND)
  expect(await failureOf(one.checkText(check))).toMatchObject({ kind: 'unknown', reason: '503' })
})
