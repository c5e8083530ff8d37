import { beforeAll, beforeEach, expect, test } from '@jest/globals'
import { Types } from 'mongoose'
import { Identity } from '#server/account/model'
import { createLog } from '#server/base/log'
import { Slot } from '#server/base/slot'
import { runDue, timetable } from '#server/jobs'
import { wechatChannel } from '#server/wechat-channel'
import { Reminder, ReminderWish } from '#server/reminder/model'
import { defaultWishes } from '#server/reminder/plan'
import { sendReminders } from '#server/reminder/service'
import { type SignedIn, startApp } from '../support/app.ts'
import { questions } from '../support/factories.ts'
import { asRole } from '../support/reviewing.ts'
import { aClientOf } from '../support/wechat/clients.ts'
import { startWechatEmulator } from '../support/wechat/start.ts'

const emulator = startWechatEmulator()
const template = { id: 'template-of-ours', title: 'thing1', text: 'thing2', time: 'time3' }
const channel = wechatChannel(aClientOf(emulator), template)
const DAY = '2026-11-23'
const app = startApp({ at: `${DAY}T07:00:00+08:00`, channels: [channel], learning: true })
const log = createLog('silent')
let admin: SignedIn

beforeAll(async () => {
  emulator.subscription.addTemplate({
    id: template.id,
    title: '学习提醒',
    fields: { thing1: '标题', thing2: '内容', time3: '时间' },
  })
  await questions(5)
  admin = await asRole(app, '管理员', 'admin')
})
beforeEach(async () => {
  app.now = new Date(`${DAY}T07:00:00+08:00`)
  emulator.clock.set(app.now.toISOString())
  await Promise.all([Slot, Reminder, ReminderWish].map(model => model.collection.deleteMany({})))
})

/** Somebody WeChat knows, with so many permissions by our own count. */
async function aReader(openid: string, permissions: number): Promise<void> {
  const { call, id } = await app.as(openid)
  await Identity.create({ provider: 'wechat', subject: openid, cadre: id })
  emulator.people.visit(openid)
  const { on, kinds, times, days, holidays, learning } = { ...defaultWishes, on: true }
  await call('PUT /reminders', {
    body: { on, kinds: [...kinds], times: [...times], days: [...days], holidays, learning },
  })
  for (let at = 0; at < permissions; at += 1) {
    const askedAt = new Date(app.now.getTime() - at * 3_600_000).toISOString()
    await call('POST /reminders/accepted', { body: { askedAt, results: { [template.id]: 'accept' } } })
  }
}

async function sendAt(time: string): Promise<void> {
  app.now = new Date(`${DAY}T${time}:00+08:00`)
  emulator.clock.set(app.now.toISOString())
  const job = timetable.find(({ name }) => name === 'reminders')
  if (!job) throw new Error('no such job')
  await runDue(job, { now: () => app.now, log })
  await sendReminders({ now: () => app.now, log, channels: [channel] })
}

test('only administrators see the sends', async () => {
  for (const cadre of [await app.as('干部'), await asRole(app, '编辑', 'editor')])
    await expect(cadre.call('GET /sends', { query: {} })).rejects.toMatchObject({ status: 403 })
  expect(await admin.call('GET /sends', { query: {} })).toEqual({
    ...{ day: DAY, total: 0, results: [], errors: [] },
    learning: { times: [], wordings: [] },
  })
})

test('a morning’s sends by result, and what WeChat said in words', async () => {
  await aReader('o-allowed', 1)
  emulator.subscription.accept('o-allowed', template.id)
  await aReader('o-none', 0)
  await aReader('o-thought-allowed', 1)
  await sendAt('07:30')
  expect(await admin.call('GET /sends', { query: {} })).toMatchObject({
    total: 3,
    results: [
      { channel: 'wechat', state: 'sent', count: 1 },
      { channel: 'wechat', state: 'no-quota', count: 2 },
    ],
    errors: [
      { channel: 'wechat', code: '43101', count: 1, latest: '2026-11-22T23:30:00.000Z' },
      { channel: 'wechat', code: 'none left', count: 1 },
    ],
  })
})

test.each([
  [41030, 'invalid', '41030', '已发布的小程序版本'],
  [40037, 'invalid', '40037', 'WECHAT_REMINDER_TEMPLATE'],
  [43107, 'invalid', '43107', '封禁'],
  [45168, 'refused', '45168', '标题'],
  [-1, 'waiting', '-1', '自动重试'],
  ['cut', 'unknown', 'lost', '不再发送'],
] as const)('%s of WeChat is %s here, with what to do', async (fault, state, code, words) => {
  await aReader(`o-fault-${code}`, 1)
  emulator.faults.plan({ path: '/cgi-bin/message/subscribe/send', fault })
  await sendAt('07:30')
  emulator.faults.clear()
  const { results, errors } = await admin.call('GET /sends', { query: { day: DAY } })
  expect(results).toEqual([{ channel: 'wechat', state, count: 1 }])
  expect(errors).toMatchObject([{ channel: 'wechat', code, count: 1, text: expect.stringContaining(words) }])
  expect((await admin.call('GET /sends', { query: { day: '2026-11-22' } })).total).toBe(0)
})

test('nobody is named, and of what was learned only lines of ten or more are seen', async () => {
  await aReader('o-named', 0)
  await sendAt('07:30')
  const arm = (name: string) => ({
    ...{ arm: name, lastDay: DAY },
    chosen: { rounds: 2, weight: 2, reward: 1 },
    others: { rounds: 0, weight: 0, reward: 0 },
  })
  const learner = (at: number) => ({
    ...{ ...defaultWishes, on: true, learning: true, cadre: new Types.ObjectId() },
    learned: { times: [arm('07:30'), ...(at < 9 ? [arm('20:00')] : [])], wordings: [arm('brief')] },
  })
  await ReminderWish.insertMany(Array.from({ length: 12 }, (_, at) => learner(at)))
  const sends = await admin.call('GET /sends', { query: {} })
  expect(sends.learning).toEqual({
    times: [{ time: '07:30', cadres: 10, finished: 50 }],
    wordings: [{ wording: 'brief', cadres: 10, finished: 50 }],
  })
  const cadres = await Reminder.distinct('cadre')
  for (const hidden of ['o-named', ...cadres.map(String)]) expect(JSON.stringify(sends)).not.toContain(hidden)
})

test('a day that does not exist is refused', async () => {
  for (const day of ['2026-11-31', 'gestern', '2026'])
    expect(
      (await app.fetch(`/api/sends?day=${day}`, { headers: { authorization: `Bearer ${admin.token}` } }))
        .status,
    ).toBe(400)
})
