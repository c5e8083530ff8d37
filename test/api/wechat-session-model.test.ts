import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { createLog } from '#server/base/log'
import { createWechatSession } from '#server/chat/session-service'
import { createModel } from '#server/clients/model'
import { startApp } from '../support/app.ts'
import { anAssistant } from '../support/assistant.ts'
import { conversation } from '../support/chat.ts'
import { aQuestion } from '../support/factories.ts'
import { type ModelServer, startModelServer } from '../support/model-server.ts'
import { SECOND } from '../support/platform/clock.ts'
import { samplePolicies } from '../support/policies.ts'
import { aClientOf } from '../support/wechat/clients.ts'
import { startWechatEmulator } from '../support/wechat/start.ts'
import { createTypist, until, wordsOf } from '../support/wechat/typist.ts'

const SIX = '《示例县农村集体资源出租管理办法（示例）》第六条怎么规定？'
const wechat = startWechatEmulator()
const client = aClientOf(wechat)
let model: ModelServer

beforeAll(async () => {
  model = await startModelServer({ paceMs: 5, slowMs: 1_500 })
})
afterAll(() => model.stop())
const app = startApp({
  at: '2026-11-28T09:00:00+08:00',
  ...{ wechat: client, service: client, push: { ...wechat.push.config } },
  assistant: () => ({ model: aModel() }),
})
const aModel = () =>
  createModel({
    ...{ base: model.base, key: model.key, name: '示范模型', price: { prompt: 2, completion: 8 } },
    ...{ firstMs: 3_000, pauseMs: 1_000, wholeMs: 5_000 },
  })
beforeAll(async () => {
  wechat.push.config.url = `${app.base}/wechat/push`
  await samplePolicies(app.now)
  await aQuestion()
})
beforeEach(() => {
  wechat.clock.set('2026-11-28T09:00:00+08:00')
  app.now = new Date('2026-11-28T09:00:00+08:00')
  model.behave({})
})

async function aCadre(openid: string) {
  const typist = createTypist(app, wechat, openid)
  const phone = await typist.signIn()
  await phone.call('GET /chat/messages', { query: {} })
  return { ...typist, phone }
}

test('a model’s words are sent once they are done, alone under WeChat’s grey line, with what they rest on after them', async () => {
  const cadre = await aCadre('openid-1')
  const replies = await cadre.say(SIX)
  expect(replies.map(({ ai }) => ai)).toEqual([true, false])
  expect(wordsOf(replies.slice(0, 1))).toMatch(/^【AI生成】\n“出租村民小组.*\[1\]。\n（本内容由AI生成）$/)
  expect(wordsOf(replies.slice(1))).toMatch(/^\[1\]《示例县农村集体资源出租管理办法（示例）》第六条（/)
  expect((await conversation(cadre.phone)).at(-1)?.body).toMatchObject({ type: 'answer', writing: false })
})

test('while it is written WeChat shows that somebody types, and the question that was open comes after it', async () => {
  model.behave({ fault: 'slow' })
  const cadre = await aCadre('openid-2')
  await cadre.say('开始')
  const said = cadre.say(SIX)
  await until(() => wechat.session.isTyping(cadre.openid))
  const replies = await said
  expect(wechat.session.isTyping(cadre.openid)).toBe(false)
  expect(replies.map(({ ai }) => ai)).toEqual([true, false])
  expect(wordsOf(replies.slice(1))).toContain('1/1（单选）')
})

test('when the model fails the clauses are sent, and nothing says that a model wrote them', async () => {
  model.behave({ fault: 'failing' })
  const cadre = await aCadre('openid-3')
  const replies = await cadre.say(SIX)
  expect(replies.length).toBeGreaterThan(0)
  expect(replies.some(({ ai }) => ai)).toBe(false)
  expect(wordsOf(replies)).toContain('【原文摘录】')
})

test('what is typed meanwhile is answered after it, in its order, and everything once', async () => {
  model.behave({ fault: 'slow' })
  wechat.push.config.copies = 2
  const cadre = await aCadre('openid-4')
  const both = await cadre.after(() => {
    wechat.session.say(cadre.openid, SIX)
    wechat.clock.pass(SECOND)
  })
  const points = await cadre.say('我的积分')
  expect(wordsOf(both)).toMatch(/^【AI生成】/)
  expect(points).toHaveLength(1)
  expect(cadre.replies()).toHaveLength(3)
})

test('an answer that a stopping process waited for is sent by the next one, once', async () => {
  const cadre = await aCadre('openid-5')
  wechat.push.config.url = ''
  wechat.session.say(cadre.openid, SIX)
  model.behave({ fault: 'slow' })
  const now = () => app.now
  const log = createLog('silent')
  const assistant = anAssistant(now, log, { model: aModel() })
  const aSession = () => createWechatSession({ wechat: client, appid: wechat.appid, assistant, now, log })
  const fields = { Content: SIX }
  const message = { openid: cadre.openid, to: 'gh', at: app.now.getTime(), type: 'text', event: '' }
  const wrote = { ...message, id: '77', fields, items: [] }

  const stopping = aSession()
  const work = stopping.wrote(wrote)
  await until(() => wechat.session.isTyping(cadre.openid))
  stopping.stop()
  await expect(work).rejects.toThrow('still being written')
  expect(cadre.replies()).toEqual([])
  for (let times = 0; times < 2; times += 1) await aSession().wrote(wrote)
  expect(cadre.replies().map(({ ai }) => ai)).toEqual([true, false])
  await assistant.end()
})

test('nothing but a model’s words was ever marked as a model’s', () => {
  for (const { ai, content } of wechat.session.messages)
    expect(ai).toBe(String(content.content).startsWith('【AI生成】'))
})
