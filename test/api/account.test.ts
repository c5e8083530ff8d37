import { createHash } from 'node:crypto'
import { expect, test } from '@jest/globals'
import { answerSuggestion, openSuggestions } from '#server/account/service'
import { Cadre, Identity, Session } from '#server/account/model'
import { startApp } from '../support/app.ts'

const app = startApp({ at: '2026-11-23T09:00:00+08:00' })
const signIn = (code: string, device?: string) =>
  app.anyone.call('POST /sign-in', { body: { code, ...(device && { device }) } })

test('a demo name signs in, and the same name is the same cadre on another device', async () => {
  const phone = await signIn('demo:小田', '手机')
  const desk = await signIn('demo:小田', '电脑')

  expect(desk.cadre).toEqual(phone.cadre)
  expect(desk.token).not.toBe(phone.token)
  expect(phone.expiresAt).toBe('2026-12-23T01:00:00.000Z')
  expect(await app.holding(phone.token).call('GET /me')).toEqual({
    id: phone.cadre.id,
    name: '小田',
    joinedOn: '2026-11-23',
    roles: [],
    phone: null,
    ways: ['demo'],
  })
})

test('twenty first sign-ins of one name at once make one cadre', async () => {
  const all = await Promise.all(Array.from({ length: 20 }, () => signIn('demo:同时')))

  expect(new Set(all.map(({ cadre }) => cadre.id)).size).toBe(1)
  expect(await Identity.countDocuments({ subject: '同时' })).toBe(1)
  expect(await Cadre.countDocuments({ name: '同时' })).toBe(1)
})

test('only the hash of a token is stored', async () => {
  const { token } = await signIn('demo:哈希')

  const stored = await Session.findOne({ tokenHash: createHash('sha256').update(token).digest('hex') }).lean()

  expect(stored).not.toBeNull()
  expect(JSON.stringify(stored)).not.toContain(token)
})

test('a device can be signed out from another one, and only from the own account', async () => {
  const phone = await app.as('两台')
  const desk = await app.as('两台')
  const stranger = await app.as('旁人')
  const { devices } = await desk.call('GET /devices')
  const other = devices.find(device => !device.current)

  expect(devices).toHaveLength(2)
  await expect(
    stranger.call('DELETE /devices/:id', { params: { id: other?.id ?? '' } }),
  ).rejects.toMatchObject({ status: 404, code: 'not-found' })
  await desk.call('DELETE /devices/:id', { params: { id: other?.id ?? '' } })

  await expect(phone.call('GET /me')).rejects.toMatchObject({ status: 401, code: 'session.missing' })
  expect(await desk.call('GET /me')).toMatchObject({ name: '两台' })
})

test('a signed-out token is gone at once', async () => {
  const cadre = await app.as('退出')
  await cadre.call('POST /sign-out')

  await expect(cadre.call('GET /me')).rejects.toMatchObject({ status: 401 })
})

test('a token lasts thirty days and no longer', async () => {
  const at = app.now
  const cadre = await app.as('过期')
  app.now = new Date(at.getTime() + 30 * 86_400_000 - 1000)
  expect(await cadre.call('GET /me')).toMatchObject({ name: '过期' })
  app.now = new Date(at.getTime() + 30 * 86_400_000)
  await expect(cadre.call('GET /me')).rejects.toMatchObject({ status: 401, code: 'session.missing' })
  app.now = at
})

test('coming back on a later day is noticed once', async () => {
  const at = app.now
  const cadre = await app.as('回来')
  app.now = new Date('2026-11-25T09:00:00+08:00')
  await cadre.call('GET /me')

  expect((await Cadre.findById(cadre.id).lean())?.seenOn).toBe('2026-11-25')
  app.now = at
})

test.each([
  ['an empty code', '', 'request.invalid'],
  ['a code of WeChat in demo mode', '0a3xYZ', 'sign-in.demo-only'],
  ['a demo code without a name', 'demo: ', 'sign-in.demo-only'],
  ['a demo name that is markup', 'demo:<script>', 'sign-in.demo-only'],
  ['a huge code', 'demo:' + '长'.repeat(500), 'request.invalid'],
])('refuses %s', async (_, code, error) => {
  await expect(signIn(code)).rejects.toMatchObject({ status: 400, code: error })
})

test('a suggestion is kept and gets its day of reply in words of working days', async () => {
  const cadre = await app.as('建议')
  const { replyBy } = await cadre.call('POST /suggestions', { body: { text: '字号能不能再大一点？' } })

  expect(replyBy).toBe('2026-11-30')
  const { suggestions } = await cadre.call('GET /suggestions')
  expect(suggestions).toMatchObject([{ text: '字号能不能再大一点？', reply: null }])
  expect((await (await app.as('别人')).call('GET /suggestions')).suggestions).toEqual([])
})

test('the reply to a suggestion stands beside it, and then it no longer waits', async () => {
  const cadre = await app.as('等答复')
  const { id } = await cadre.call('POST /suggestions', { body: { text: '希望有语音朗读' } })
  expect((await openSuggestions()).map(one => one.id)).toContain(id)

  await answerSuggestion(id, '已列入下一版。')

  const { suggestions } = await cadre.call('GET /suggestions')
  expect(suggestions).toMatchObject([{ id, reply: '已列入下一版。' }])
  expect((await openSuggestions()).map(one => one.id)).not.toContain(id)
})

test('a suggestion with a classification mark is refused and not kept', async () => {
  const cadre = await app.as('涉密')
  const send = cadre.call('POST /suggestions', { body: { text: '机密★10年 会议纪要' } })

  await expect(send).rejects.toMatchObject({ status: 422, code: 'text.classified' })
  expect((await cadre.call('GET /suggestions')).suggestions).toEqual([])
})

test('the page knows before anybody signs in that this is a demo, where nobody can give a phone number', async () => {
  expect(await app.anyone.call('GET /site')).toMatchObject({ name: '日知', demo: true, phone: false })
  const { call } = await app.as('没有微信')
  await expect(call('POST /me/phone', { body: { code: 'any' } })).rejects.toMatchObject({
    ...{ status: 404, code: 'phone.unavailable' },
  })
})

test('a demo cadre may choose another name and still signs in by the old one', async () => {
  const { id, call } = await app.as('演示名')
  await call('PUT /me', { body: { name: '自己的名字' } })
  const again = await app.as('演示名')
  expect(again.id).toBe(id)
  expect(await again.call('GET /me')).toMatchObject({ name: '自己的名字' })
})
