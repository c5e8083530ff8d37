import { beforeAll, describe, expect, test } from '@jest/globals'
import { clientOf } from '../support/client.ts'
import { aDataFolder, startServer } from '../support/server-process.ts'
import { startWechatEmulator } from '../support/wechat/start.ts'

const wechat = startWechatEmulator()
const { config } = wechat.push

test('a server set up for WeChat signs people in, hears what is pushed, and keeps every secret out of its log', async () => {
  const server = startServer({
    DATA_DIR: aDataFolder(),
    WECHAT_APPID: wechat.appid,
    WECHAT_SECRET: wechat.secret,
    WECHAT_API_BASE: wechat.base,
    WECHAT_TOKEN: config.token,
    WECHAT_ENCODING_AES_KEY: config.encodingAesKey,
    LOG_LEVEL: 'trace',
  })
  const base = await server.started
  config.url = `${base}/wechat/push`
  expect(await wechat.push.checkUrl()).toBe(true)

  const code = wechat.signIn.codeOf('openid-of-somebody')
  const { token } = await clientOf(() => base).call('POST /sign-in', { body: { code } })
  const cadre = clientOf(() => base, token)
  expect(await cadre.call('GET /devices')).toMatchObject({ devices: [{ current: true }] })
  await expect(clientOf(() => base).call('POST /sign-in', { body: { code } })).rejects.toMatchObject({
    code: 'sign-in.code-invalid',
  })

  wechat.clock.pass(1_000)
  wechat.session.say('openid-of-somebody', '荒山能不能出租')
  wechat.push.message('openid-of-somebody', { MsgType: 'event', Event: 'user_authorization_cancellation' })
  await wechat.push.settled()
  expect(wechat.push.deliveries.map(({ reply }) => reply)).toEqual(['success', 'success'])
  const signedOut = () =>
    cadre.call('GET /devices').then(
      () => false,
      () => true,
    )
  while (!(await signedOut())) await new Promise(later => setTimeout(later, 20))

  server.kill('SIGTERM')
  const { code: exit, out, err } = await server.ended
  expect(exit).toBe(0)
  expect(out).toContain('"request"')
  const secrets = [
    wechat.secret,
    config.token,
    config.encodingAesKey,
    code,
    token,
    ...wechat.signIn.sessionKeys,
  ]
  for (const secret of [...secrets, 'openid-of-somebody', '荒山']) expect(out + err).not.toContain(secret)
})

describe('the reminder template is read and checked once, at the start', () => {
  const withTemplate = (WECHAT_REMINDER_TEMPLATE: string, more: Record<string, string> = {}) =>
    startServer({
      DATA_DIR: aDataFolder(),
      WECHAT_APPID: wechat.appid,
      WECHAT_SECRET: wechat.secret,
      WECHAT_API_BASE: wechat.base,
      WECHAT_REMINDER_TEMPLATE,
      LOG_LEVEL: 'warn',
      ...more,
    })
  beforeAll(() => {
    const fields = { thing1: '课程名称', thing2: '温馨提示', date3: '学习时间' }
    wechat.subscription.addTemplate({ id: 'template-of-ours', title: '学习提醒', fields })
  })

  test.each([
    ['a template the app does not have', 'template-of-others thing1 thing2 date3', 'template-of-others'],
    ['a field the template does not have', 'template-of-ours thing1 thing2 time3', 'time3'],
    ['a field without content', 'template-of-ours thing1 thing1 date3', 'thing2'],
  ])('%s stops the start and is named', async (_, template, name) => {
    const { code, err } = await withTemplate(template).ended
    expect(code).toBe(1)
    expect(err).toContain('WECHAT_REMINDER_TEMPLATE')
    expect(err).toContain(name)
    expect(err).not.toContain('    at ')
  })

  test('one that fits does, and so does a WeChat that cannot be asked just now', async () => {
    const good = withTemplate('template-of-ours thing1 thing2 date3')
    await good.started
    good.kill('SIGTERM')
    expect((await good.ended).err).toBe('')

    const alone = withTemplate('template-of-ours thing1 thing2 date3', {
      WECHAT_API_BASE: 'http://127.0.0.1:1',
    })
    await alone.started
    alone.kill('SIGTERM')
    expect((await alone.ended).out).toContain('the reminder template could not be checked')
  })
})
