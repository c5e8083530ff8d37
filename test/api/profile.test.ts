import { beforeEach, describe, expect, test } from '@jest/globals'
import { leave } from '#server/account/service'
import { Cadre } from '#server/account/model'
import { AuditEntry } from '#server/audit/model'
import { startApp } from '../support/app.ts'
import { aClientOf } from '../support/wechat/clients.ts'
import { startWechatEmulator } from '../support/wechat/start.ts'

const AT = '2026-11-23T09:00:00+08:00'
const emulator = startWechatEmulator()
const wechat = aClientOf(emulator)
const app = startApp({ at: AT, wechat, assistant: () => ({ moderation: wechat }) })
const { security, phone } = emulator

beforeEach(() => {
  emulator.clock.set(AT)
  emulator.faults.clear()
  security.words.clear()
  app.failures.length = 0
})

let people = 0
const signIn = async () => {
  const openid = `o-${(people += 1)}`
  const { token, cadre } = await app.anyone.call('POST /sign-in', {
    body: { code: emulator.signIn.codeOf(openid) },
  })
  const { call } = app.holding(token)
  return {
    ...{ id: cadre.id, openid, call },
    rename: (name: string) => call('PUT /me', { body: { name } }),
    givePhone: (code: string) => call('POST /me/phone', { body: { code } }),
  }
}

describe('a name', () => {
  test('is what the cadre says, and is answered with the whole account', async () => {
    const { id, call, rename } = await signIn()
    expect(await call('GET /me')).toMatchObject({ name: '' })
    expect(await rename(' 田春梅 ')).toEqual({
      ...{ id, name: '田春梅', joinedOn: '2026-11-23', roles: [], phone: null, ways: ['wechat'] },
    })
    expect(await call('GET /me')).toMatchObject({ name: '田春梅' })
  })

  test.each([
    ['田', 'name.unfit'],
    ['字'.repeat(21), 'name.unfit'],
    ['小田\n小张', 'name.unfit'],
    ['【机密】', 'text.classified'],
    ['办假证找我', 'name.sensitive'],
  ])('%j is refused (%s), and the old one stays', async (name, code) => {
    const { call, rename } = await signIn()
    await rename('原来的名字')
    await expect(rename(name)).rejects.toMatchObject({ status: 422, code })
    expect(await call('GET /me')).toMatchObject({ name: '原来的名字' })
  })

  test('of which the words are refused leaves a line in the audit log that does not say whose it was', async () => {
    const { id, rename } = await signIn()
    await expect(rename('办假证的')).rejects.toMatchObject({ code: 'name.sensitive' })
    const entry = await AuditEntry.findOne({ 'detail.place': 'name' }).sort({ _id: -1 }).lean()
    expect(entry).not.toBeNull()
    expect(JSON.stringify(entry)).not.toContain(id)
  })

  test('is shown to WeChat as a profile; what WeChat takes for abuse is refused', async () => {
    const { rename } = await signIn()
    security.words.set('坏话', { suggest: 'risky', label: 20003 })
    emulator.log.length = 0
    await expect(rename('说坏话的')).rejects.toMatchObject({ code: 'name.sensitive' })
    const [asked] = emulator.log.filter(({ path }) => path === '/wxa/msg_sec_check')
    expect(asked?.body).toMatchObject({ scene: 1, content: '说坏话的' })
  })

  test('that WeChat takes for politics, and nothing else, is no harm', async () => {
    const { rename } = await signIn()
    security.words.set('书记', { suggest: 'risky', label: 20001 })
    expect(await rename('彭书记')).toMatchObject({ name: '彭书记' })
  })

  test.each([
    ['a check that is down', 500 as const],
    ['no check for two hours', 61010 as const],
  ])('%s does not stand in the way, the product’s own words still do', async (_, fault) => {
    const { rename } = await signIn()
    emulator.faults.plan({ fault: fault === 500 ? { status: 500 } : fault, path: '/wxa/msg_sec_check' })
    expect(await rename('小田')).toMatchObject({ name: '小田' })
    await expect(rename('办假证找我')).rejects.toMatchObject({ code: 'name.sensitive' })
  })

  test('that holds a mobile number is kept without it', async () => {
    const { rename } = await signIn()
    expect(await rename('13800001234')).toMatchObject({ name: '138****1234' })
  })
})

describe('a phone number', () => {
  test('is asked for only where WeChat is set up', async () => {
    expect(await app.anyone.call('GET /site')).toMatchObject({ phone: true })
  })

  test('is traded for the code of its button, and never shown whole', async () => {
    const { id, call, givePhone } = await signIn()
    expect(await givePhone(phone.phoneCodeOf('13800001234'))).toMatchObject({ phone: '138****1234' })
    expect(await call('GET /me')).toMatchObject({ phone: '138****1234' })
    expect(await Cadre.findById(id).lean()).toMatchObject({ phone: '13800001234' })
  })

  test('may be taken back at any time, also one that was never given', async () => {
    const { id, call, givePhone } = await signIn()
    await givePhone(phone.phoneCodeOf('13800001234'))
    for (let time = 0; time < 2; time++) expect(await call('DELETE /me/phone')).toMatchObject({ phone: null })
    expect(await Cadre.findById(id).lean()).toMatchObject({ phone: null })
  })

  test('a code is good once, and the number given by it stays', async () => {
    const { call, givePhone } = await signIn()
    const code = phone.phoneCodeOf('13800001234')
    await givePhone(code)
    await expect(givePhone(code)).rejects.toMatchObject({ status: 400, code: 'phone.code-invalid' })
    expect(await call('GET /me')).toMatchObject({ phone: '138****1234' })
  })

  test('a code of signing in is none', async () => {
    const { openid, givePhone } = await signIn()
    await expect(givePhone(emulator.signIn.codeOf(openid))).rejects.toMatchObject({
      ...{ status: 400, code: 'phone.code-invalid' },
    })
  })

  test.each([-1, 45011, 40001, 40125, 'garbage' as const, { status: 500 }])(
    'when WeChat answers %j the cadre reads a sentence, and the log holds neither code nor number',
    async fault => {
      const { call, givePhone } = await signIn()
      const code = phone.phoneCodeOf('13800001234')
      emulator.faults.plan({ fault, path: '/wxa/business/getuserphonenumber' })
      await expect(givePhone(code)).rejects.toMatchObject({ status: 503, code: 'phone.busy' })
      expect(await call('GET /me')).toMatchObject({ phone: null })
      expect(app.failures).toHaveLength(1)
      expect(app.failures.join('')).not.toMatch(new RegExp(`${code}|138`))
    },
  )

  test.each([{ code: '' }, { code: 'x'.repeat(513) }, {}, { code: 'a', phone: '13800001234' }])(
    'the body %j is refused',
    async body => {
      const { call } = await signIn()
      await expect(call('POST /me/phone', { body: body as { code: string } })).rejects.toMatchObject({
        ...{ status: 400, code: 'request.invalid' },
      })
    },
  )
})

test('who leaves takes name and number along', async () => {
  const { id, openid, rename, givePhone } = await signIn()
  await rename('田春梅')
  await givePhone(phone.phoneCodeOf('13800001234'))
  await leave({ openid, at: app.now, now: app.now })
  expect(await Cadre.findById(id).lean()).toMatchObject({ leftAt: app.now, name: '', phone: null })
})

test('a cadre reads and changes only the own account', async () => {
  const [one, other] = [await signIn(), await signIn()]
  await one.rename('田春梅')
  await one.givePhone(phone.phoneCodeOf('13800001234'))
  expect(await other.call('GET /me')).toMatchObject({ name: '', phone: null })
  await expect(app.anyone.call('PUT /me', { body: { name: '小田' } })).rejects.toMatchObject({ status: 401 })
  await expect(app.anyone.call('DELETE /me/phone')).rejects.toMatchObject({ status: 401 })
})
