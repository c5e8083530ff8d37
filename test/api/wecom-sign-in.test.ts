import { beforeEach, describe, expect, test } from '@jest/globals'
import { cadresNamed } from '#server/account/grant-service'
import { leave } from '#server/account/leaving-service'
import { Cadre, Identity } from '#server/account/model'
import { AuditEntry } from '#server/audit/model'
import { readEnv } from '#server/base/env'
import { tokenStore } from '#server/base/token-store'
import { moveOneIdentity } from '#server/cli/editorial/identity'
import { createWecom } from '#server/clients/wecom'
import type { SignInWay } from '#shared/account'
import { startApp } from '../support/app.ts'
import { aClientOf } from '../support/wechat/clients.ts'
import { startWechatEmulator } from '../support/wechat/start.ts'
import { startWecomEmulator } from '../support/wecom/start.ts'

const wechat = startWechatEmulator()
const emulator = startWecomEmulator()
const now = () => new Date(emulator.clock.now())
const app = startApp({
  at: '2026-11-23T09:00:00+08:00',
  wechat: aClientOf(wechat),
  wecom: createWecom(emulator, { tokens: tokenStore, now, pauseMs: 1 }),
})
const { codeOf } = emulator.signIn

beforeEach(() => {
  emulator.clock.set('2026-11-23T09:00:00+08:00')
  wechat.clock.set('2026-11-23T09:00:00+08:00')
  emulator.faults.clear()
})

const signIn = async (code: string, way?: SignInWay) => {
  const { token, cadre } = await app.anyone.call('POST /sign-in', { body: { code, ...(way && { way }) } })
  return { ...app.holding(token), id: cadre.id }
}
const byWecom = (userid: string) => signIn(codeOf(userid), 'wecom')
const byWechat = (openid: string) => signIn(wechat.signIn.codeOf(openid))

test('a code of WeCom signs its member in, the same one every time, and the session key stays inside', async () => {
  const first = await app.anyone.call('POST /sign-in', { body: { code: codeOf('zhang'), way: 'wecom' } })
  const again = await byWecom('zhang')

  expect(again.id).toBe(first.cadre.id)
  expect(await again.call('GET /me')).toMatchObject({ ways: ['wecom'] })
  for (const key of emulator.signIn.sessionKeys) expect(JSON.stringify(first)).not.toContain(key)
})

test('where both are set up, a code without a way is WeChat’s', async () => {
  expect(await (await byWechat('o-first')).call('GET /me')).toMatchObject({ ways: ['wechat'] })
  expect(await app.anyone.call('GET /site')).toMatchObject({ demo: false, ways: ['wechat', 'wecom'] })
  await expect(signIn(codeOf('zhang'))).rejects.toMatchObject({ status: 400, code: 'sign-in.code-invalid' })
})

describe('nobody is signed in', () => {
  test.each([
    ['with a code that nobody gave', () => 'nobody-gave-it', 400, 'sign-in.code-invalid'],
    ['from another enterprise', () => codeOf('zhang', 'ww-other'), 403, 'sign-in.not-member'],
    ['who is no member', () => codeOf(''), 403, 'sign-in.not-member'],
    ['with no code', () => '', 400, 'request.invalid'],
    ['with a code that is too long', () => 'x'.repeat(129), 400, 'request.invalid'],
    ['with a code that is markup', () => '"><script>&js_code=1', 400, 'sign-in.code-invalid'],
  ])('%s', async (_, code, status, error) => {
    await expect(signIn(code(), 'wecom')).rejects.toMatchObject({ status, code: error })
  })

  test('twice with one code', async () => {
    const code = codeOf('li')
    await signIn(code, 'wecom')
    await expect(signIn(code, 'wecom')).rejects.toMatchObject({ code: 'sign-in.code-invalid' })
  })

  test('after five minutes', async () => {
    const code = codeOf('li')
    emulator.clock.pass(5 * 60_000 + 1)
    await expect(signIn(code, 'wecom')).rejects.toMatchObject({ code: 'sign-in.code-invalid' })
  })

  test('by a way that there is not', async () => {
    const body = JSON.stringify({ code: codeOf('li'), way: 'dingtalk' })
    const headers = { 'content-type': 'application/json' }
    const response = await app.fetch('/api/sign-in', { method: 'POST', headers, body })
    expect([response.status, await response.json()]).toMatchObject([
      400,
      { code: 'request.invalid', fields: ['body.way'] },
    ])
  })

  test.each([
    [-1, 503, 'sign-in.busy'],
    [60020, 503, 'sign-in.busy'],
    ['garbage' as const, 503, 'sign-in.busy'],
    [{ status: 502 }, 503, 'sign-in.busy'],
  ])('while WeCom answers %j', async (fault, status, code) => {
    emulator.faults.plan({ fault, path: '/cgi-bin/miniprogram' })
    await expect(byWecom('li')).rejects.toMatchObject({ status, code })
  })
})

describe('a second way to sign in', () => {
  const add = (cadre: Awaited<ReturnType<typeof byWecom>>, way: SignInWay, code: string) =>
    cadre.call('POST /identities', { body: { way, code } })

  test('leads to the same cadre from then on, and adding it again changes nothing', async () => {
    const cadre = await byWechat('o-wang')
    await add(cadre, 'wecom', codeOf('wang'))
    await add(cadre, 'wecom', codeOf('wang'))
    expect((await byWecom('wang')).id).toBe(cadre.id)
    expect(await cadre.call('GET /me')).toMatchObject({ ways: ['wechat', 'wecom'] })
  })

  test('is not taken from somebody else who has learned with it', async () => {
    const cadre = await byWechat('o-zhao')
    const other = await byWecom('zhao')
    await expect(add(cadre, 'wecom', codeOf('zhao'))).rejects.toMatchObject({
      status: 409,
      code: 'identity.taken',
    })
    expect((await byWecom('zhao')).id).toBe(other.id)
  })

  test('is one of each', async () => {
    const cadre = await byWecom('qian')
    await expect(add(cadre, 'wecom', codeOf('sun'))).rejects.toMatchObject({
      status: 409,
      code: 'identity.another',
    })
    expect((await byWecom('sun')).id).not.toBe(cadre.id)
  })

  test('goes to one of two who ask for it at the same moment', async () => {
    const two = [await byWechat('o-a'), await byWechat('o-b')]
    const asked = await Promise.allSettled(two.map(cadre => add(cadre, 'wecom', codeOf('both'))))
    expect(asked.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const winner = two[asked.findIndex(({ status }) => status === 'fulfilled')]
    expect((await byWecom('both')).id).toBe(winner?.id)
  })

  test('stays when the first is taken back: the cadre has only left WeChat', async () => {
    const cadre = await byWechat('o-zhou')
    await add(cadre, 'wecom', codeOf('zhou'))
    await leave({ openid: 'o-zhou', at: app.now, now: app.now })
    await expect(cadre.call('GET /me')).rejects.toMatchObject({ status: 401 })
    const back = await byWecom('zhou')
    expect(back.id).toBe(cadre.id)
    expect(await back.call('GET /me')).toMatchObject({ ways: ['wecom'] })
  })

  test('wants a session and a code that is good', async () => {
    const code = codeOf('wu')
    await expect(app.anyone.call('POST /identities', { body: { way: 'wecom', code } })).rejects.toMatchObject(
      {
        status: 401,
      },
    )
    const cadre = await byWechat('o-wu')
    await expect(add(cadre, 'wecom', 'no-code')).rejects.toMatchObject({ code: 'sign-in.code-invalid' })
    await expect(add(cadre, 'wecom', codeOf('wu', 'ww-other'))).rejects.toMatchObject({
      code: 'sign-in.not-member',
    })
    expect(await Identity.countDocuments({ cadre: cadre.id })).toBe(1)
  })
})

describe('an operator', () => {
  const run = async (words: string[], to?: string) => {
    const lines: string[] = []
    const terminal = {
      line: (text: string) => void lines.push(text),
      progress: () => undefined,
      end: () => undefined,
    }
    const call = { words, options: { to }, now: app.now, terminal, env: () => readEnv({}) }
    return { good: await moveOneIdentity.run(call), text: lines.join() }
  }

  test('lets one person with two records go on with one of them; both records stay', async () => {
    const kept = await byWechat('o-he')
    const other = await byWecom('he')
    expect(await run(['he', '企业微信'], 'o-he')).toMatchObject({
      good: true,
      text: expect.stringContaining('请本人重新登录'),
    })
    await expect(other.call('GET /me')).rejects.toMatchObject({ status: 401 })
    expect((await byWecom('he')).id).toBe(kept.id)
    expect(await Cadre.findById(other.id).lean()).toMatchObject({ leftAt: null })
    expect(await AuditEntry.find({ action: 'identity' }).lean()).toMatchObject([
      { actor: 'cli', subject: other.id, detail: { way: 'wecom', to: kept.id } },
    ])
  })

  test('takes a way from somebody, who can be found in WeChat only from then on', async () => {
    const cadre = await byWechat('o-lv')
    await cadre.call('POST /identities', { body: { way: 'wecom', code: codeOf('lv') } })
    expect(await run(['lv', 'wecom'])).toMatchObject({ good: true })
    expect(await (await byWechat('o-lv')).call('GET /me')).toMatchObject({ ways: ['wechat'] })
    expect(await run(['o-lv', 'wecom'])).toMatchObject({
      good: false,
      text: expect.stringContaining('没有改动'),
    })
  })

  test('changes nothing for who has one already, or has left, or by a way there is not', async () => {
    const [shi, zhang] = [await byWecom('shi'), await byWecom('zhang-2')]
    const gone = await byWechat('o-gone')
    await leave({ openid: 'o-gone', at: app.now, now: app.now })
    for (const [to, says] of [
      ['zhang-2', '已有另一个企业微信登录'],
      [gone.id, '已经离开'],
    ] as const)
      expect(await run(['shi', '企业微信'], to)).toMatchObject({
        good: false,
        text: expect.stringContaining(says),
      })
    await expect(run(['shi', '钉钉'])).rejects.toThrow(/微信、企业微信/)
    expect([await shi.call('GET /me'), await zhang.call('GET /me')]).toMatchObject([
      { id: shi.id, ways: ['wecom'] },
      { id: zhang.id, ways: ['wecom'] },
    ])
  })
})

test('an operator names a member by the userid, and nothing in it is a pattern', async () => {
  const { id } = await byWecom('chen.long')
  expect(await cadresNamed('chen.long')).toMatchObject([{ id }])
  expect(await cadresNamed('chen-long')).toEqual([])
  expect(await cadresNamed('long')).toEqual([])
  expect(await cadresNamed('.*')).toEqual([])
})
