import { beforeAll, beforeEach, expect, test } from '@jest/globals'
import { Types } from 'mongoose'
import { activeCadres, onLeaving, openidOf, suggest, suggestions } from '#server/account/service'
import { Cadre, Identity } from '#server/account/model'
import { Arrival } from '#server/base/arrival'
import { tokenStore } from '#server/base/token-store'
import { ChatMessage, Conversation } from '#server/chat/model'
import { LessonProgress } from '#server/course/model'
import { PointEntry, StudyMonth } from '#server/points/model'
import { QuestionReport } from '#server/question/model'
import { Attempt, Memory, Paper, Preference } from '#server/quiz/model'
import { createWechat } from '#server/clients/wechat'
import { PolicyAnswer } from '#server/policy/model'
import { questions } from '../support/factories.ts'
import { startApp } from '../support/app.ts'
import { say } from '../support/chat.ts'
import { startWechatEmulator } from '../support/wechat/start.ts'

const emulator = startWechatEmulator()
const { push } = emulator
const app = startApp({
  at: '2026-11-23T09:00:00+08:00',
  wechat: createWechat(emulator, { tokens: tokenStore, now: () => new Date() }),
  push: { ...push.config },
})

beforeAll(() => {
  push.config.url = `${app.base}/wechat/push`
})
beforeEach(() => {
  app.now = new Date('2026-11-23T09:00:00+08:00')
  emulator.clock.set('2026-11-23T09:00:00+08:00')
})

const signIn = async (openid: string) => {
  const { token, cadre } = await app.anyone.call('POST /sign-in', {
    body: { code: emulator.signIn.codeOf(openid) },
  })
  return { ...app.holding(token), id: cadre.id }
}
/** WeChat, by a name of its own, says that somebody took back everything, or closed the account. */
const pushRevoke = (openid: string, more: Record<string, string> = {}) => {
  const event = { MsgType: 'event', Event: 'user_authorization_cancellation', RevokeInfo: '1,6' }
  push.message('o-platform', { ...event, OpenID: openid, AppID: emulator.appid, ...more })
}
const revoke = async (openid: string, more: Record<string, string> = {}) => {
  pushRevoke(openid, more)
  await push.settled()
  await app.heard()
}

test.each([
  ['user_authorization_revoke', ''],
  ['user_authorization_cancellation', '1,6'],
])(
  'after %s (RevokeInfo %j) nobody is signed in, known or written to any more; the cadre of the training record stays',
  async (Event, RevokeInfo) => {
    const cadre = await signIn(`o-${Event}`)
    await suggest(cadre.id, '字号能不能再大一点', app.now)
    await revoke(`o-${Event}`, { Event, RevokeInfo })

    await expect(cadre.call('GET /me')).rejects.toMatchObject({ status: 401 })
    expect(await openidOf(cadre.id)).toBeNull()
    expect(await suggestions(cadre.id)).toEqual([])
    expect(await activeCadres({ limit: 100, now: app.now })).not.toContainEqual({ id: cadre.id })
    expect(await Cadre.findById(cadre.id).lean()).toMatchObject({ leftAt: app.now })
    expect((await signIn(`o-${Event}`)).id).not.toBe(cadre.id)
  },
)

test.each([
  ['6,8', { name: '', phone: null }],
  ['19', { name: '', phone: '13800001234' }],
  ['8', { name: '覃晓', phone: null }],
  ['5', { name: '覃晓', phone: '13800001234' }],
  ['20', { name: '覃晓', phone: '13800001234' }],
])('whoever takes back only %s stays, and only that is deleted', async (RevokeInfo, left) => {
  const cadre = await signIn(`o-part-${RevokeInfo}`)
  await Cadre.updateOne({ _id: cadre.id }, { name: '覃晓', phone: '13800001234' })
  await revoke(`o-part-${RevokeInfo}`, { Event: 'user_authorization_revoke', RevokeInfo })

  expect(await Cadre.findById(cadre.id).lean()).toMatchObject({ ...left, leftAt: null })
  expect(await cadre.call('GET /me')).toMatchObject({ id: cadre.id, name: left.name })
})

test('what somebody said and asked goes with them', async () => {
  const cadre = await signIn('o-asker')
  await say(cadre, '出租荒山要走哪些程序？')
  expect(await PolicyAnswer.countDocuments({ cadre: cadre.id })).toBe(1)
  await revoke('o-asker')

  expect(await PolicyAnswer.countDocuments({ cadre: cadre.id })).toBe(0)
  expect(await ChatMessage.countDocuments({ conversation: cadre.id })).toBe(0)
  expect(await Conversation.findById(cadre.id).lean()).toBeNull()
})

test('how somebody learned is deleted; what was finished and paid stays, with no way back to the person', async () => {
  await questions(5)
  const cadre = await signIn('o-learner')
  const [question] = (await cadre.call('GET /today')).paper.questions
  const params = { id: question?.question.id ?? '' }
  await cadre.call('POST /quiz/questions/:id/answer', { params, body: { chosen: ['B'] } })
  await cadre.call('POST /quiz/questions/:id/reports', {
    params,
    body: { reason: 'stem', text: '题干少了一个字' },
  })
  await cadre.call('PUT /topics', { body: { topics: ['基层治理'] } })
  const kept = [Paper, Attempt, Memory, Preference, QuestionReport]
  const left = () =>
    Promise.all(kept.map(model => model.collection.countDocuments({ cadre: new Types.ObjectId(cadre.id) })))
  expect(await left()).toEqual([1, 1, 1, 1, 1])
  await LessonProgress.create({ cadre: cadre.id, lesson: cadre.id, reached: 1, startedAt: app.now })
  expect(await StudyMonth.countDocuments({ cadre: cadre.id })).toBe(1)
  await revoke('o-learner')

  expect(await left()).toEqual([0, 0, 0, 0, 0])
  expect(await StudyMonth.countDocuments({ cadre: cadre.id })).toBe(0)
  expect(await LessonProgress.countDocuments({ cadre: cadre.id })).toBe(0)
  expect(await PointEntry.find({ cadre: cadre.id }).lean()).toMatchObject([{ cause: 'question', points: 1 }])
})

test('two people who leave in the same second have both left', async () => {
  const people = [await signIn('o-first'), await signIn('o-second')]
  pushRevoke('o-first')
  pushRevoke('o-second')
  await push.settled()
  await app.heard()
  expect(await Promise.all(people.map(({ id }) => openidOf(id)))).toEqual([null, null])
})

test('other features are told, and told again when one of them failed', async () => {
  const told: string[] = []
  const end = onLeaving(async ({ cadreId }) => {
    told.push(cadreId)
    if (told.length === 1) throw new Error('not now')
  })
  const { id } = await signIn('o-told')
  await revoke('o-told')
  expect(await openidOf(id)).toBe('o-told')

  app.now = new Date(app.now.getTime() + 180_000)
  await app.sweep()
  await app.heard()
  end()
  expect(told).toEqual([id, id])
  expect(await openidOf(id)).toBeNull()
})

test('late news about an earlier account does not touch the one of today', async () => {
  const cadre = await signIn('o-back')
  const before = String(app.now.getTime() / 1000 - 60)
  await revoke('o-back', { CreateTime: before })
  expect(await cadre.call('GET /devices')).toMatchObject({ devices: [{ current: true }] })
})

test('news about another app or a stranger changes nothing', async () => {
  const cadre = await signIn('o-other')
  await revoke('o-other', { AppID: 'wx9999999999999999' })
  await revoke('o-stranger')
  expect(await cadre.call('GET /devices')).toMatchObject({ devices: [{ current: true }] })
  expect(await Arrival.countDocuments({ failed: true })).toBe(0)
})

test('who can still sign in otherwise has only left WeChat', async () => {
  const cadre = await signIn('o-both')
  await Identity.create({ provider: 'demo', subject: '两边都在', cadre: cadre.id })
  await revoke('o-both')
  expect(await openidOf(cadre.id)).toBeNull()
  expect(await Cadre.findById(cadre.id).lean()).toMatchObject({ leftAt: null })
})
