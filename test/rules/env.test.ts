import { describe, expect, test } from '@jest/globals'
import { checkForServing, readEnv } from '#server/base/env'
import { StartError } from '#server/base/start-error'

const wecom = { WECOM_CORPID: 'ww1', WECOM_SECRET: 's', WECOM_AGENTID: '1000002' }
const wechat = { WECHAT_APPID: 'wx0123456789abcdef', WECHAT_SECRET: 'secret' }

test('without any setting the server listens on loopback, in demo mode, with the embedded database', () => {
  const env = readEnv({})

  expect(env).toMatchObject({
    port: 3000,
    host: '127.0.0.1',
    demo: true,
    mongodbUri: undefined,
    fsync: 'always',
  })
  expect(() => checkForServing(env)).not.toThrow()
})

test('an empty line of .env counts as not set', () => {
  expect(readEnv({ PORT: '', MONGODB_URI: '', WECHAT_APPID: '', WECHAT_SECRET: '', DEMO: '' })).toEqual(
    readEnv({}),
  )
})

test('WeChat sign-in switches demo names off', () => {
  expect(readEnv(wechat)).toMatchObject({
    demo: false,
    wechat: { appid: 'wx0123456789abcdef', secret: 'secret', base: 'https://api.weixin.qq.com' },
  })
})

test('WeCom sign-in does so as well, and is enough to run', () => {
  const env = readEnv(wecom)
  expect(env.demo).toBe(false)
  expect(() => checkForServing(env)).not.toThrow()
})

test('reminders have a template, whose fields are named', () => {
  const WECHAT_REMINDER_TEMPLATE = 'template-of-ours thing1 thing12 date3'
  expect(readEnv({ ...wechat, WECHAT_REMINDER_TEMPLATE }).wechat?.reminder).toEqual({
    id: 'template-of-ours',
    title: 'thing1',
    text: 'thing12',
    time: 'date3',
  })
})

test('a language model has an address, a key and a name, and what its tokens cost', () => {
  const model = { MODEL_BASE_URL: 'https://ai.example/v1/', MODEL_KEY: 'key', MODEL_NAME: 'qwen' }

  expect(readEnv({}).model).toBeUndefined()
  expect(readEnv({ ...model, MODEL_PRICE_PROMPT: '0.5', MODEL_FIRST_SECONDS: '5' }).model).toEqual({
    base: 'https://ai.example/v1',
    key: 'key',
    name: 'qwen',
    filing: undefined,
    price: { prompt: 0.5, completion: 0 },
    firstMs: 5_000,
    wholeMs: 60_000,
  })
})

test('message push is signed with a token and encrypted where there is a key', () => {
  const push = { ...wechat, WECHAT_TOKEN: 'tok_cadre' }
  const aesKey = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG'

  expect(readEnv(wechat).wechat?.push).toBeUndefined()
  expect(readEnv(push).wechat?.push).toEqual({ appid: 'wx0123456789abcdef', token: 'tok_cadre' })
  expect(readEnv({ ...push, WECHAT_ENCODING_AES_KEY: aesKey }).wechat?.push?.encodingAesKey).toBe(aesKey)
})

test('WeCom has an enterprise, a secret and an app, and an address of its own where it is private', () => {
  expect(readEnv({}).wecom).toBeUndefined()
  expect(readEnv({ ...wecom, WECOM_API_BASE: 'https://wx.example.gov.cn/' }).wecom).toEqual({
    corpid: 'ww1',
    secret: 's',
    agentid: 1000002,
    base: 'https://wx.example.gov.cn',
  })
})

test('messages of WeCom open its own mini-program, or else the one of WeChat, or else the site', () => {
  const SITE_URL = 'https://rizhi.example.cn/'
  const lead = (more: object) => readEnv({ ...wecom, SITE_URL, ...more }).wecom

  expect(lead({ ...wechat, WECOM_MINIPROGRAM_APPID: 'wx1' })).toMatchObject({ appid: 'wx1' })
  expect(lead(wechat)).toMatchObject({ appid: wechat.WECHAT_APPID })
  expect(lead({})).toMatchObject({ appid: undefined, site: 'https://rizhi.example.cn' })
})

describe('a wrong value names its variable', () => {
  test.each([
    ['MODEL_KEY', { MODEL_BASE_URL: 'https://ai.example/v1' }],
    ['MODEL_PRICE_PROMPT', { MODEL_PRICE_PROMPT: '两元' }],
    ['MODEL_WHOLE_SECONDS', { MODEL_WHOLE_SECONDS: '0' }],
    ['PORT', { PORT: 'abc' }],
    ['PORT', { PORT: '65536' }],
    ['PORT', { PORT: '-1' }],
    ['MONGODB_URI', { MONGODB_URI: 'http://localhost' }],
    ['WECHAT_APPID', { WECHAT_APPID: 'wx0123456789abcdef' }],
    ['WECHAT_SECRET', { WECHAT_SECRET: 'secret' }],
    ['WECHAT_TOKEN', { ...wechat, WECHAT_TOKEN: 'a b' }],
    ['WECHAT_REMINDER_TEMPLATE', { ...wechat, WECHAT_REMINDER_TEMPLATE: 'template-of-ours thing1 time3' }],
    ['WECHAT_REMINDER_TEMPLATE', { WECHAT_REMINDER_TEMPLATE: 'template-of-ours thing1 thing2 time3' }],
    ['WECHAT_TOKEN', { WECHAT_TOKEN: 'tok_cadre' }],
    ['WECHAT_TOKEN', { ...wechat, WECHAT_ENCODING_AES_KEY: 'A'.repeat(43) }],
    ['WECHAT_ENCODING_AES_KEY', { ...wechat, WECHAT_TOKEN: 'tok', WECHAT_ENCODING_AES_KEY: 'short' }],
    ['WECOM_SECRET', { WECOM_CORPID: 'ww1' }],
    ['WECOM_AGENTID', { WECOM_CORPID: 'ww1', WECOM_SECRET: 's', WECOM_AGENTID: 'x' }],
    ['WECHAT_API_BASE', { WECHAT_API_BASE: 'api.weixin.qq.com' }],
    ['DEMO', { DEMO: 'yes' }],
    ['DEMO', { ...wechat, DEMO: '1' }],
    ['DEMO', { ...wecom, DEMO: '1' }],
    ['SITE_URL', { SITE_URL: 'rizhi.example.cn' }],
    ['NODE_ENV', { NODE_ENV: 'prod' }],
    ['EMBEDDED_OK', { EMBEDDED_OK: 'true' }],
    ['EMBEDDED_FSYNC', { EMBEDDED_FSYNC: 'never' }],
    ['LOG_LEVEL', { LOG_LEVEL: 'loud' }],
    ['METRICS_TOKEN', { METRICS_TOKEN: 'short' }],
  ])('%s %j', (name, source) => {
    const fault = thrownBy(() => readEnv(source))
    expect(fault.sentences).toHaveLength(1)
    expect(fault.sentences[0]).toContain(name)
  })

  test('and several wrong values are told at once', () => {
    expect(thrownBy(() => readEnv({ PORT: 'x', DEMO: 'x' })).sentences).toHaveLength(2)
  })
})

describe('in production', () => {
  const production = { NODE_ENV: 'production' }
  test.each([
    ['the embedded database wants EMBEDDED_OK', { ...production, DEMO: '1' }, 'EMBEDDED_OK'],
    ['demo mode wants DEMO', { ...production, EMBEDDED_OK: '1' }, 'DEMO'],
    ['somebody must be able to sign in', { DEMO: '0' }, 'DEMO'],
  ])('%s', (_, source, name) => {
    expect(thrownBy(() => checkForServing(readEnv(source))).sentences.join()).toContain(name)
  })

  test.each([
    [
      'on a replica set with WeChat',
      { ...production, ...wechat, MONGODB_URI: 'mongodb://db/?replicaSet=rs0' },
    ],
    ['with both consents', { ...production, EMBEDDED_OK: '1', DEMO: '1' }],
  ])('it starts %s', (_, source) => {
    expect(() => checkForServing(readEnv(source))).not.toThrow()
  })
})

function thrownBy(act: () => unknown): StartError {
  try {
    act()
  } catch (error) {
    if (error instanceof StartError) return error
  }
  throw new Error('no StartError was thrown')
}
