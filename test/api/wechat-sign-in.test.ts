import { expect, test } from '@jest/globals'
import { openidOf } from '#server/account/service'
import { tokenStore } from '#server/base/token-store'
import { createWechat } from '#server/clients/wechat'
import { startApp } from '../support/app.ts'
import { startWechatEmulator } from '../support/wechat/start.ts'

const wechat = startWechatEmulator()
const app = startApp({
  at: '2026-11-23T09:00:00+08:00',
  wechat: createWechat(wechat, { tokens: tokenStore, now: () => new Date() }),
})
const signIn = (code: string) => app.anyone.call('POST /sign-in', { body: { code } })

test('a code of WeChat signs its person in, and the session key stays inside', async () => {
  const first = await signIn(wechat.signIn.codeOf('openid-1'))
  const again = await signIn(wechat.signIn.codeOf('openid-1'))

  expect(again.cadre.id).toBe(first.cadre.id)
  expect(wechat.signIn.sessionKeys).toHaveLength(2)
  for (const key of wechat.signIn.sessionKeys) expect(JSON.stringify([first, again])).not.toContain(key)
})

test('the server knows whom WeChat means by a cadre, and nobody for a stranger', async () => {
  const { cadre } = await signIn(wechat.signIn.codeOf('openid-3'))

  expect(await openidOf(cadre.id)).toBe('openid-3')
  expect(await openidOf('0123456789abcdef01234567')).toBeNull()
})

test('a code is good once', async () => {
  const code = wechat.signIn.codeOf('openid-2')
  await signIn(code)

  await expect(signIn(code)).rejects.toMatchObject({ status: 400, code: 'sign-in.code-invalid' })
})

test('demo names do not sign in beside WeChat', async () => {
  await expect(signIn('demo:小田')).rejects.toMatchObject({ status: 400, code: 'sign-in.code-invalid' })
  expect(await app.anyone.call('GET /site')).toMatchObject({ demo: false })
})

test('WeCom, which is not set up, signs nobody in', async () => {
  const body = { code: 'any-code', way: 'wecom' as const }
  const refused = { status: 403, code: 'sign-in.wecom-off' }
  await expect(app.anyone.call('POST /sign-in', { body })).rejects.toMatchObject(refused)
  const { token } = await signIn(wechat.signIn.codeOf('openid-4'))
  await expect(app.holding(token).call('POST /identities', { body })).rejects.toMatchObject(refused)
})

test.each([
  [-1, 503, 'sign-in.busy'],
  [45011, 503, 'sign-in.busy'],
  [40226, 403, 'sign-in.blocked'],
  [40029, 400, 'sign-in.code-invalid'],
  [40125, 503, 'sign-in.busy'],
  ['garbage' as const, 503, 'sign-in.busy'],
])('when WeChat answers %s the cadre reads a sentence (%i %s)', async (fault, status, code) => {
  wechat.faults.plan({ fault })
  await expect(signIn('any-code')).rejects.toMatchObject({ status, code })
  wechat.faults.clear()
})
