import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { createLog } from '#server/base/log'
import { Slot } from '#server/base/slot'
import { runDue, timetable } from '#server/jobs'
import { Reminder, ReminderQuota, ReminderWish } from '#server/reminder/model'
import { sendReminders } from '#server/reminder/service'
import { wechatChannel } from '#server/wechat-channel'
import { startApp } from '../support/app.ts'
import { questions } from '../support/factories.ts'
import { aClientOf } from '../support/wechat/clients.ts'
import { startWechatEmulator } from '../support/wechat/start.ts'

const emulator = startWechatEmulator()
const { push, subscription } = emulator
const client = aClientOf(emulator)
const template = { id: 'template-of-ours', title: 'thing1', text: 'thing2', time: 'time3' }
const channels = [wechatChannel(client, template)]
const app = startApp({
  at: '2026-11-23T07:00:00+08:00',
  wechat: client,
  push: { ...push.config },
  channels,
})
const log = createLog('silent')
const now = () => app.now
const settings = {
  on: true,
  kinds: ['unfinished-quiz' as const],
  times: ['07:30', '12:30', '20:00'],
  days: [1, 2, 3, 4, 5],
  holidays: false,
  learning: false,
}

beforeAll(async () => {
  push.config.url = `${app.base}/wechat/push`
  subscription.addTemplate({
    id: template.id,
    title: '学习提醒',
    fields: { thing1: '标题', thing2: '内容', time3: '时间' },
  })
  await questions(5)
})
beforeEach(async () => {
  setTime('07:00')
  emulator.log.length = 0
  subscription.messages.length = 0
  await Promise.all(
    [Slot, Reminder, ReminderWish, ReminderQuota].map(model => model.collection.deleteMany({})),
  )
})

function setTime(time: string): void {
  app.now = new Date(`2026-11-23T${time}:00+08:00`)
  emulator.clock.set(`2026-11-23T${time}:00+08:00`)
}

let people = 0
/** Somebody who wants reminders. */
async function aReader() {
  people += 1
  const openid = `o-reader-${people}`
  const { token, cadre } = await app.anyone.call('POST /sign-in', {
    body: { code: emulator.signIn.codeOf(openid) },
  })
  const reader = { ...app.holding(token), id: cadre.id, openid }
  await reader.call('PUT /reminders', { body: settings })
  return reader
}
type Reader = Awaited<ReturnType<typeof aReader>>

async function heard(): Promise<void> {
  await push.settled()
  await app.heard()
}
/** Allows one message in WeChat's popup, of which WeChat and the mini-program tell. */
async function accept(reader: Reader): Promise<void> {
  subscription.accept(reader.openid, template.id)
  await heard()
  await report(reader)
}
const report = ({ call }: Reader, result = 'accept') =>
  call('POST /reminders/accepted', {
    body: { askedAt: app.now.toISOString(), results: { [template.id]: result } },
  })
const left = async ({ call }: Reader) => (await call('GET /reminders')).permission?.left
const states = async (reader: Reader) =>
  (await reader.call('GET /inbox', { query: {} })).reminders.map(({ state }) => state)

async function remindAt(time: string): Promise<void> {
  setTime(time)
  const job = timetable.find(({ name }) => name === 'reminders')
  if (!job) throw new Error('no such job')
  await runDue(job, { now, log })
  await sendReminders({ now, log, channels })
}

test('a permission, told by WeChat and by the mini-program, is one message that arrives in the template’s fields', async () => {
  const reader = await aReader()
  await accept(reader)
  expect(await reader.call('GET /reminders')).toMatchObject({
    permission: { template: template.id, left: 1 },
  })
  await remindAt('07:30')
  expect(subscription.messages).toMatchObject([
    {
      openid: reader.openid,
      page: 'pages/today/index',
      texts: { thing1: '今日一测', thing2: '还有 5 题没答完，点开接着答', time3: '2026年11月23日 07:30' },
    },
  ])
  expect(await states(reader)).toEqual(['sent'])
  expect(await left(reader)).toBe(0)
})

test('without a permission WeChat is not asked, and the inbox still has the reminder', async () => {
  const reader = await aReader()
  await report(reader, 'reject')
  await remindAt('07:30')
  expect(subscription.messages).toEqual([])
  expect(await states(reader)).toEqual(['no-quota'])
})

test('what WeChat knows better sets the count right: 43101, and switching off in 服务通知', async () => {
  const reader = await aReader()
  await report(reader)
  expect(await left(reader)).toBe(1)
  await remindAt('07:30')
  expect([await states(reader), await left(reader)]).toEqual([['no-quota'], 0])

  setTime('09:00')
  await accept(reader)
  expect(await left(reader)).toBe(1)
  subscription.switchOff(reader.openid, template.id)
  await heard()
  expect(await left(reader)).toBe(0)
})

test('a message that may have arrived is not sent again, until WeChat says that it did', async () => {
  const reader = await aReader()
  await accept(reader)
  push.config.url = ''
  emulator.faults.plan({ path: '/cgi-bin/message/subscribe/send', fault: 'cut', times: 1 })
  await remindAt('07:30')
  push.config.url = `${app.base}/wechat/push`
  expect(await states(reader)).toEqual(['unknown'])
  setTime('07:35')
  await sendReminders({ now, log, channels })
  expect(emulator.log.filter(({ path }) => path.endsWith('/subscribe/send'))).toHaveLength(1)

  push.event(reader.openid, 'subscribe_msg_sent_event', [
    { TemplateId: template.id, MsgID: '1', ErrorCode: '0', ErrorStatus: 'success' },
  ])
  await heard()
  expect(await states(reader)).toEqual(['sent'])
})

test('what WeChat took and could not deliver is told', async () => {
  const reader = await aReader()
  await accept(reader)
  await remindAt('07:30')
  push.event(reader.openid, 'subscribe_msg_sent_event', [
    { TemplateId: template.id, MsgID: '2', ErrorCode: '5', ErrorStatus: 'system failure' },
  ])
  await heard()
  expect(await states(reader)).toEqual(['failed'])
})

describe('between plan and sending', () => {
  const waiting = async (): Promise<Reader> => {
    const reader = await aReader()
    await accept(reader)
    setTime('07:30')
    await Reminder.create({
      ...{ cadre: reader.id, day: '2026-11-23', slot: '07:30', number: 1, kind: 'unfinished-quiz' },
      ...{ key: 'unfinished-quiz', title: '今日一测', text: '还有 5 题', page: 'pages/today/index' },
      ...{ at: app.now, state: 'waiting', notBefore: app.now, tries: 0 },
    })
    return reader
  }
  const send = () => sendReminders({ now, log, channels })

  test('the work may be done', async () => {
    const reader = await waiting()
    const { paper } = await reader.call('GET /today')
    for (const { question } of paper.questions) {
      const body = { chosen: ['B'] }
      await reader.call('POST /quiz/questions/:id/answer', { params: { id: question.id }, body })
    }
    await send()
    expect([await states(reader), subscription.messages]).toEqual([['overtaken'], []])
  })
  test('reminders may be paused', async () => {
    const reader = await waiting()
    await reader.call('POST /reminders/pause', { body: { days: 1 } })
    await send()
    expect([await states(reader), subscription.messages]).toEqual([['overtaken'], []])
  })
  test('too much time may pass', async () => {
    const reader = await waiting()
    setTime('09:01')
    await send()
    expect([await states(reader), subscription.messages]).toEqual([['late'], []])
  })
  test('the channel may be taken away', async () => {
    const reader = await waiting()
    await sendReminders({ now, log, channels: [] })
    expect(await states(reader)).toEqual(['inbox'])
  })
  test('another one to the same person may be under way: it is sent after that', async () => {
    const reader = await waiting()
    const lease = new Date(app.now.getTime() + 60_000)
    await Reminder.create({
      ...{
        cadre: reader.id,
        day: '2026-11-23',
        slot: '07:00',
        number: 2,
        kind: 'daily-lesson',
        key: 'other',
      },
      ...{ title: '一课', text: '读一读', page: 'pages/today/index', at: app.now, notBefore: app.now },
      ...{
        state: 'sending',
        holder: 'another',
        template: template.id,
        attemptedAt: app.now,
        lease,
        tries: 1,
      },
    })
    await send()
    expect(await states(reader)).toEqual(['sending', 'waiting'])
    setTime('07:31')
    await send()
    expect(await states(reader)).toEqual(['unknown', 'sent'])
  })
})

test('a busy platform is tried again later, and not for ever', async () => {
  const reader = await aReader()
  await accept(reader)
  emulator.faults.plan({ path: '/cgi-bin/message/subscribe/send', fault: -1 })
  await remindAt('07:30')
  expect(await states(reader)).toEqual(['waiting'])
  for (const time of ['07:31', '07:33', '07:37']) {
    setTime(time)
    await sendReminders({ now, log, channels })
  }
  emulator.faults.clear()
  expect([await states(reader), await left(reader)]).toEqual([['late'], 1])
})

test('of who leaves neither wishes nor permissions nor reminders are kept', async () => {
  const reader = await aReader()
  await accept(reader)
  await remindAt('07:30')
  push.message('o-platform', {
    ...{ MsgType: 'event', Event: 'user_authorization_cancellation', RevokeInfo: '1' },
    ...{ OpenID: reader.openid, AppID: emulator.appid },
  })
  await heard()
  const kept = [Reminder, ReminderWish, ReminderQuota].map(model => model.collection.countDocuments({}))
  expect(await Promise.all(kept)).toEqual([0, 0, 0])
})
