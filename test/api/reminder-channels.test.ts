import { beforeAll, beforeEach, expect, test } from '@jest/globals'
import { createLog } from '#server/base/log'
import { Slot } from '#server/base/slot'
import { runDue, timetable } from '#server/jobs'
import { Reminder } from '#server/reminder/model'
import { type Outcome, sendReminders } from '#server/reminder/service'
import { type SignedIn, startApp } from '../support/app.ts'
import { questions } from '../support/factories.ts'
import { aChannel } from '../support/reminders.ts'

const TEMPLATE = 'template-of-ours'

const wecom = aChannel('wecom', null)
const wechat = aChannel('wechat', TEMPLATE)
const channels = [wecom.channel, wechat.channel]
const app = startApp({ at: '2026-11-23T07:30:00+08:00', channels })
const log = createLog('silent')
const now = () => app.now
const settings = {
  ...{ on: true, kinds: ['unfinished-quiz' as const], times: ['07:30'] },
  ...{ days: [1, 2, 3, 4, 5], holidays: false, learning: false },
}

beforeAll(() => questions(5))
beforeEach(async () => {
  for (const { known, sent } of [wecom, wechat]) {
    known.clear()
    sent.length = 0
  }
  await Promise.all([Slot, Reminder].map(model => model.collection.deleteMany({})))
})

async function aReader(name: string): Promise<SignedIn> {
  const reader = await app.as(name)
  await reader.call('PUT /reminders', { body: settings })
  return reader
}
const accept = ({ call }: SignedIn) =>
  call('POST /reminders/accepted', {
    body: { askedAt: app.now.toISOString(), results: { [TEMPLATE]: 'accept' } },
  })

async function remind(): Promise<void> {
  const job = timetable.find(({ name }) => name === 'reminders')
  if (job) await runDue(job, { now, log })
  await sendReminders({ now, log, channels })
}
const stored = (cadre: SignedIn) => Reminder.findOne({ cadre: cadre.id }).lean()

test('who is known to both is reached over the first, which needs no permission', async () => {
  const reader = await aReader('两边都在')
  wecom.known.set(reader.id, 'w-both')
  wechat.known.set(reader.id, 'o-both')
  expect(await reader.call('GET /reminders')).toMatchObject({ channel: 'wecom', permission: null })
  await remind()
  expect([wecom.sent, wechat.sent]).toEqual([['w-both'], []])
  expect(await stored(reader)).toMatchObject({ state: 'sent', channel: 'wecom', template: null })
})

test('who is known to the second only is reached over it, with a permission', async () => {
  const reader = await aReader('只在微信')
  wechat.known.set(reader.id, 'o-only')
  expect(await accept(reader)).toMatchObject({
    channel: 'wechat',
    permission: { template: TEMPLATE, left: 1 },
  })
  await remind()
  expect([wecom.sent, wechat.sent]).toEqual([[], ['o-only']])
  expect(await stored(reader)).toMatchObject({ state: 'sent', channel: 'wechat', template: TEMPLATE })
  expect(await reader.call('GET /reminders')).toMatchObject({ permission: { left: 0 } })
})

test('who is known to none has the reminder in the inbox', async () => {
  const reader = await aReader('都不在')
  expect(await reader.call('GET /reminders')).toMatchObject({ channel: null, permission: null })
  await remind()
  expect([wecom.sent, wechat.sent]).toEqual([[], []])
  expect(await stored(reader)).toMatchObject({ state: 'inbox', channel: null })
})

test('a channel that does not answer keeps nobody waiting on another one', async () => {
  const [stuck, other] = [await aReader('等不到'), await aReader('不用等')]
  wecom.known.set(stuck.id, 'w-stuck')
  wechat.known.set(other.id, 'o-other')
  await accept(other)
  let answer = (_: Outcome): void => undefined
  wecom.answer.with = () => new Promise(resolve => (answer = resolve))
  const reminding = remind()
  while ((await stored(other))?.state !== 'sent') await new Promise(setImmediate)
  expect(await stored(stuck)).toMatchObject({ state: 'sending', channel: 'wecom' })
  answer({ result: 'sent', messageId: 'm-1' })
  await reminding
  expect(await stored(stuck)).toMatchObject({ state: 'sent', messageId: 'm-1' })
})
