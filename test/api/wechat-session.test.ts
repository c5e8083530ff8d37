import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { Arrival } from '#server/base/arrival'
import { ChatMessage, Conversation, SessionWindow } from '#server/chat/model'
import { Cadre, Identity } from '#server/account/model'
import { startApp } from '../support/app.ts'
import { conversation } from '../support/chat.ts'
import { aQuestion } from '../support/factories.ts'
import { HOUR, MINUTE, SECOND } from '../support/platform/clock.ts'
import { samplePolicies } from '../support/policies.ts'
import { aClientOf } from '../support/wechat/clients.ts'
import { startWechatEmulator } from '../support/wechat/start.ts'
import { createTypist, wordsOf } from '../support/wechat/typist.ts'

const SIX = '《示例县农村集体资源出租管理办法（示例）》第六条怎么规定？'
const SEND = '/cgi-bin/message/custom/send'
const wechat = startWechatEmulator()
const client = aClientOf(wechat)
const app = startApp({
  at: '2026-11-23T09:00:00+08:00',
  wechat: client,
  service: client,
  push: { ...wechat.push.config },
})
const standard = { ...wechat.push.config }
let people = 0

beforeAll(async () => {
  standard.url = `${app.base}/wechat/push`
  await samplePolicies(app.now)
  for (let count = 0; count < 5; count += 1) await aQuestion()
})
beforeEach(() => {
  Object.assign(wechat.push.config, standard)
  wechat.clock.set('2026-11-23T09:00:00+08:00')
  app.now = new Date('2026-11-23T09:00:00+08:00')
  wechat.faults.clear()
  app.failures.length = 0
})

const somebody = () => createTypist(app, wechat, `openid-${(people += 1)}`)
/** A cadre whose day has begun in the mini-program. */
async function aCadre() {
  const typist = somebody()
  const phone = await typist.signIn()
  await phone.call('GET /chat/messages', { query: {} })
  return { ...typist, phone }
}

describe('a whole quiz by typing', () => {
  test('is asked, marked and summed up as in the mini-program, where it stands afterwards', async () => {
    const cadre = await aCadre()
    let words = wordsOf(await cadre.say('开始'))
    expect(words).toMatch(/^1\/5（单选）村民会议.*\nA\. 每季度一次\nB\. 每年一次/)
    words = wordsOf(await cadre.say('A'))
    expect(words).toMatch(/^答错了.*\n正确答案：B\. 每年一次\n解析：.*\n依据：《村民委员会组织法》第二十一条/)
    expect(words).toContain('可以回复：下一题、')
    for (let turns = 0; turns < 20 && !words.includes('今天的题答完了'); turns += 1) {
      words = wordsOf(await cadre.say('下一题'))
      expect(words).toMatch(/^\d\/5（单选/)
      words = wordsOf(await cadre.say('我选b'))
      expect(words).toMatch(/^答对了/)
    }
    expect(words).toContain('5 道题，一次答对 4 道，后来改对 1 道')
    expect(cadre.replies().every(({ ai, type }) => !ai && type === 'text')).toBe(true)
    const told = await conversation(cadre.phone)
    expect(told.at(-1)?.body.type).toBe('summary')
    expect(await cadre.phone.call('GET /points')).toMatchObject({ total: 5 })
    expect(app.failures).toEqual([])
  })

  test('begins with the day’s lesson and invitation where the day had not begun', async () => {
    const cadre = somebody()
    await cadre.signIn()
    const [greeting, question, ...more] = await cadre.say('开始')
    expect(wordsOf(greeting ? [greeting] : [])).toContain('今天有 5 道题')
    expect(wordsOf(question ? [question] : [])).toMatch(/^1\/5/)
    expect(more).toEqual([])
  })
})

test('who was welcomed on opening the session is not welcomed again by the first words', async () => {
  const cadre = somebody()
  await cadre.signIn()
  await cadre.enter()
  expect(wordsOf(cadre.replies())).toContain('您好，我是日知')
  const words = wordsOf(await cadre.say('开始'))
  expect(words).toContain('今天有 5 道题')
  expect(words).not.toContain('您好')
})

describe('a policy question', () => {
  test('without a model is answered in the clauses’ own words, not marked as a model’s', async () => {
    const cadre = await aCadre()
    const replies = await cadre.say(SIX)
    expect(wordsOf(replies)).toMatch(
      /【原文摘录】[\s\S]*\[1\]《示例县农村集体资源出租管理办法（示例）》第六条（/,
    )
    expect(replies.some(({ ai }) => ai)).toBe(false)
  })

  test('of signs only is answered as well', async () => {
    const cadre = await aCadre()
    expect(wordsOf(await cadre.say('😀👍🏽'))).not.toBe('')
    expect(app.failures).toEqual([])
  })

  test('that bears a classification mark is not kept anywhere, and its writer is told', async () => {
    const cadre = await aCadre()
    expect(wordsOf(await cadre.say('机密★10年 会议纪要怎么写'))).toContain('没有保存')
    const stored = await Promise.all([
      ...[Arrival.find().lean(), ChatMessage.find().lean()],
      ...[Conversation.find().lean(), SessionWindow.find().lean()],
    ])
    expect(JSON.stringify(stored)).not.toContain('会议纪要')
  })
})

describe('who is not known', () => {
  test('is told how to sign in, and nothing is made of it', async () => {
    const stranger = somebody()
    const before = await Cadre.countDocuments()
    expect(wordsOf(await stranger.say('开始'))).toMatch(
      /先打开一次小程序[\s\S]*data-miniprogram-appid="wx0123456789abcdef"/,
    )
    expect(wordsOf(await stranger.enter())).toContain('先打开一次小程序')
    expect(await Cadre.countDocuments()).toBe(before)
    expect(await Identity.exists({ subject: stranger.openid })).toBeNull()
  })

  test('is also whoever left: a later word brings no account back', async () => {
    const cadre = await aCadre()
    const gone = { MsgType: 'event', Event: 'user_authorization_cancellation' }
    await cadre.say('帮助')
    await cadre.after(() => wechat.push.message(cadre.openid, gone))
    expect(await SessionWindow.exists({ _id: cadre.openid })).toBeNull()
    expect(wordsOf(await cadre.say('开始'))).toContain('先打开一次小程序')
    expect(await Identity.exists({ subject: cadre.openid })).toBeNull()
  })
})

describe('what comes again or late', () => {
  test('is said once and answered once', async () => {
    const cadre = await aCadre()
    Object.assign(wechat.push.config, { copies: 4 })
    const replies = await cadre.say('我的积分')
    expect(replies).toHaveLength(1)
    const told = await conversation(cadre.phone)
    expect(told.filter(({ body }) => body.type === 'text' && body.text === '我的积分')).toHaveLength(1)
  })

  test('is not answered twice when its work is done again', async () => {
    const cadre = await aCadre()
    await cadre.say('开始')
    const words = { ToUserName: 'gh', FromUserName: cadre.openid, CreateTime: wechat.clock.now() / SECOND }
    const message = { ...words, MsgType: 'text', Content: 'B', MsgId: '42' }
    expect(await cadre.after(() => wechat.push.message(cadre.openid, message))).toHaveLength(1)
    await Arrival.deleteMany({})
    expect(await cadre.after(() => wechat.push.message(cadre.openid, message))).toEqual([])
  })

  test('is answered while the session is open, and not said at all after that', async () => {
    const cadre = await aCadre()
    const wroteAt = wechat.clock.now() / SECOND
    const late = (MsgId: string, Content: string) => () =>
      wechat.push.message(cadre.openid, { MsgType: 'text', Content, MsgId, CreateTime: wroteAt })
    await cadre.say('帮助')
    expect(await cadre.after(late('late-1', '我的积分'))).toHaveLength(1)
    cadre.pass(48 * HOUR)
    expect(await cadre.after(late('late-2', '错题'))).toEqual([])
    expect(await ChatMessage.exists({ id: 'late-2' })).toBeNull()
  })
})

describe('the windows', () => {
  test.each([
    [5, 0, []],
    [4, 1, ['1/5（单选）']],
    [3, 2, ['今天有 5 道题', '1/5（单选）']],
  ])(
    'after %i messages %i more are sent, the weightiest; the last tells where the rest is',
    async (sent, left, heads) => {
      const cadre = somebody()
      await cadre.signIn()
      const soon = wechat.clock.now() + 4 * SECOND
      const sends = Array.from({ length: sent }, (_, n) => ({ key: `earlier ${n}`, at: soon }))
      const past = { wroteAt: 0, enteredAt: 0, version: 1, touchedAt: app.now }
      await SessionWindow.create({ _id: cadre.openid, sends, ...past })

      const replies = await cadre.say('开始')
      expect(app.failures).toEqual([])
      expect(replies).toHaveLength(left)
      for (const [at, head] of heads.entries()) expect(wordsOf(replies.slice(at, at + 1))).toContain(head)
      const telling = wordsOf(replies).includes('其余的请看：<a data-miniprogram-appid')
      expect(telling).toBe(left === 1)
      expect(await ChatMessage.countDocuments({ from: 'cadre', 'body.text': '开始' })).toBeGreaterThan(0)
    },
  )

  test('that are used up leave the replies to the mini-program', async () => {
    const cadre = await aCadre()
    wechat.faults.plan({ fault: 45_047, path: SEND, times: 1 })
    expect(await cadre.say('我的积分')).toEqual([])
    expect((await conversation(cadre.phone)).at(-1)?.body).toMatchObject({ type: 'text' })
    expect(app.failures).toEqual([])
    expect(await cadre.say('我的积分')).toHaveLength(1)
  })

  test('opening the session is greeted shortly, unless the minute is over', async () => {
    const cadre = await aCadre()
    const [greeting, ...more] = await cadre.enter()
    expect(greeting).toMatchObject({ ai: false, content: { content: expect.stringContaining('直接打字') } })
    expect(more).toEqual([])
    const entered = { MsgType: 'event', Event: 'user_enter_tempsession', SessionFrom: '' }
    const before = wechat.clock.now() / SECOND
    cadre.pass(2 * MINUTE)
    const late = () => wechat.push.message(cadre.openid, { ...entered, CreateTime: before })
    expect(await cadre.after(late)).toEqual([])
  })
})

describe('a message that WeChat does not take', () => {
  test('because it is busy is sent once when the inbox brings it again', async () => {
    const cadre = await aCadre()
    wechat.faults.plan({ fault: -1, path: SEND, times: 3 })
    expect(await cadre.say('我的积分')).toEqual([])
    cadre.pass(3 * MINUTE)
    await app.sweep()
    await app.heard()
    expect(cadre.replies()).toHaveLength(1)
    await app.sweep()
    await app.heard()
    expect(cadre.replies()).toHaveLength(1)
  })

  test('but may have taken is not sent again', async () => {
    const cadre = await aCadre()
    wechat.faults.plan({ fault: 'cut-after', path: SEND, times: 1 })
    expect(await cadre.say('我的积分')).toHaveLength(1)
    cadre.pass(3 * MINUTE)
    await app.sweep()
    await app.heard()
    expect(cadre.replies()).toHaveLength(1)
  })

  test('for good is given up at once', async () => {
    const cadre = await aCadre()
    wechat.faults.plan({ fault: 70_000, path: SEND, times: 1 })
    expect(await cadre.say('我的积分')).toEqual([])
    expect(await Arrival.countDocuments({ lane: cadre.openid, doneAt: null })).toBe(0)
  })
})

test('pictures and cards are answered that only words are read', async () => {
  const cadre = await aCadre()
  const picture = { MsgType: 'image', PicUrl: 'https://example.org/a.png', MediaId: 'm' }
  expect(wordsOf(await cadre.after(() => wechat.session.say(cadre.openid, '', picture)))).toContain(
    '只看得懂文字',
  )
})
