import { beforeAll, expect, test } from '@jest/globals'
import { Arrival } from '#server/base/arrival'
import { startApp } from '../support/app.ts'
import { startWechatEmulator } from '../support/wechat/start.ts'

const wechat = startWechatEmulator()
const { push } = wechat
const { appid, token } = push.config
const app = startApp({ at: '2026-11-23T09:00:00+08:00', push: { appid, token } })

beforeAll(() => {
  push.config.url = `${app.base}/wechat/push`
  wechat.clock.set('2026-11-23T09:00:00+08:00')
})

test.each(['json', 'xml'] as const)('without a key a signed plain push is taken (%s)', async format => {
  Object.assign(push.config, { format, mode: 'plain' })
  wechat.session.say('o1', '开始')
  wechat.session.say('o1', '人工')
  await push.settled()
  await app.heard()

  const replies = push.deliveries.splice(0).map(({ reply }) => reply)
  expect(replies).toContain('success')
  expect(replies.join()).toContain('transfer_customer_service')
})

test('an encrypted one is not understood, and one beside its plain form is', async () => {
  push.config.format = 'json'
  push.config.resends = 0
  for (const mode of ['safe', 'compat'] as const) {
    push.config.mode = mode
    wechat.session.enter('o1')
    await push.settled()
  }
  expect(push.deliveries.splice(0).map(({ status }) => status)).toEqual([400, 200])
})

test('a forged one is refused, and sent again three times as WeChat does', async () => {
  Object.assign(push.config, { mode: 'plain', token: 'another_token', resends: 3 })
  const before = await Arrival.countDocuments()
  wechat.session.say('o1', '开始')
  await push.settled()

  expect(push.deliveries.map(({ status }) => status)).toEqual([403, 403, 403, 403])
  expect(await Arrival.countDocuments()).toBe(before)
})
