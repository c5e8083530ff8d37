import { beforeEach, describe, expect, test } from '@jest/globals'
import { Types } from 'mongoose'
import { createLog } from '#server/base/log'
import { Lesson } from '#server/course/model'
import { answer, today } from '#server/quiz/service'
import { Reminder, ReminderQuota, ReminderWish } from '#server/reminder/model'
import { defaultWishes } from '#server/reminder/plan'
import { sendReminders } from '#server/reminder/service'
import type { ReminderKind } from '#shared/reminder'
import { startDatabase } from '../support/app.ts'
import { questions } from '../support/factories.ts'
import { aChannel } from '../support/reminders.ts'

startDatabase()

const TEMPLATE = 'template-of-ours'
const DAY = '2026-11-23'
const now = new Date(`${DAY}T12:31:00+08:00`)
const wechat = aChannel('wechat', TEMPLATE)
const send = (at = now) =>
  sendReminders({ now: () => at, log: createLog('silent'), channels: [wechat.channel] })

beforeEach(async () => {
  wechat.known.clear()
  wechat.sent.length = 0
  wechat.answer.with = () => Promise.resolve({ result: 'sent', messageId: null })
  const models = [Reminder, ReminderQuota, ReminderWish, Lesson]
  await Promise.all(models.map(model => model.collection.deleteMany({})))
})

/** A cadre with a lesson to read and a quiz that is begun, who may be sent so many messages. */
async function aReader(left: number, heldBy: string | null = null) {
  const cadre = new Types.ObjectId()
  const cadreId = String(cadre)
  const own = await questions(5)
  const lesson = await Lesson.create({
    ...{ order: 1, slug: cadreId, title: '第一课', category: '基层治理', topic: '信访', minutes: 3 },
    ...{ scene: '窗口', body: [], tomorrow: [], sources: [], reviewBy: '2027-06-30', checksum: cadreId },
    ...{ questions: own.map(({ id }) => id), status: 'published', version: 1, at: now },
  })
  wechat.known.set(cadreId, `o-${cadreId}`)
  await ReminderWish.insertMany([{ ...defaultWishes, on: true, cadre }])
  await ReminderQuota.create({ cadre, template: TEMPLATE, left, heldBy, accepts: [] })
  const [first] = (await today({ cadreId, now })).paper.questions
  await answer({ cadreId, questionId: first?.question.id ?? '', chosen: ['B'], now })
  const remind = (kind: ReminderKind, number: number, more: object = {}) =>
    Reminder.create({
      ...{ cadre, day: DAY, slot: `12:${number}0`, number, kind, title: '题', text: '字', page: 'p' },
      ...{ key: kind === 'daily-lesson' ? lesson.id : kind },
      ...{ at: now, state: 'waiting', notBefore: now, tries: 0, ...more },
    })
  return { cadre, remind }
}

const quotaOf = (cadre: Types.ObjectId) => ReminderQuota.findOne({ cadre }, { left: 1, heldBy: 1 }).lean()
const states = async () => (await Reminder.find().sort({ number: 1 }).lean()).map(({ state }) => state)

test('one permission is not used for two: it goes to what matters more, though that came later', async () => {
  const { cadre, remind } = await aReader(1)
  await remind('daily-lesson', 1)
  await remind('unfinished-quiz', 2)
  await send()
  expect(await states()).toEqual(['no-quota', 'sent'])
  expect(wechat.sent).toHaveLength(1)
  expect(await quotaOf(cadre)).toMatchObject({ left: 0, heldBy: null })
})

test('two are sent one after the other where there are two permissions', async () => {
  const { cadre, remind } = await aReader(2)
  await remind('daily-lesson', 1)
  await remind('unfinished-quiz', 2)
  let atOnce = 0
  wechat.answer.with = async () => {
    atOnce += 1
    expect(atOnce).toBe(1)
    await new Promise(setImmediate)
    atOnce -= 1
    return { result: 'sent', messageId: null }
  }
  await send()
  expect([await states(), wechat.sent.length]).toEqual([['sent', 'sent'], 2])
  expect(await quotaOf(cadre)).toMatchObject({ left: 0, heldBy: null })
})

test.each([
  ['refused' as const, 'refused', 1],
  ['invalid' as const, 'invalid', 1],
  ['no-quota' as const, 'no-quota', 0],
])('what the platform says is %s ends as %s, and leaves %s', async (result, state, left) => {
  const { cadre, remind } = await aReader(1)
  await remind('unfinished-quiz', 1)
  wechat.answer.with = () => Promise.resolve({ result, reason: 'because' })
  await send()
  expect(await states()).toEqual([state])
  expect(await quotaOf(cadre)).toMatchObject({ left, heldBy: null })
})

describe('a process that died', () => {
  const lost = { state: 'sending', holder: 'the-dead', template: TEMPLATE, tries: 1, attemptedAt: now }
  const lease = new Date(now.getTime() - 1)

  test('over an attempt has used up its permission, once', async () => {
    const { cadre, remind } = await aReader(1, 'the-dead')
    await remind('unfinished-quiz', 1, { ...lost, lease })
    await send()
    await send()
    expect([await states(), wechat.sent]).toEqual([['unknown'], []])
    expect(await quotaOf(cadre)).toMatchObject({ left: 1, heldBy: null })
  })

  test('before it took one has used up none', async () => {
    const { cadre, remind } = await aReader(2)
    await remind('unfinished-quiz', 1, { ...lost, lease })
    await send()
    expect([await states(), wechat.sent]).toEqual([['unknown'], []])
    expect(await quotaOf(cadre)).toMatchObject({ left: 2, heldBy: null })
  })

  test('after giving it back has given it back once', async () => {
    const { cadre, remind } = await aReader(2)
    await remind('unfinished-quiz', 1, { ...lost, lease })
    await remind('daily-lesson', 2)
    await send()
    expect(await states()).toEqual(['unknown', 'sent'])
    expect(await quotaOf(cadre)).toMatchObject({ left: 1, heldBy: null })
  })
})

test('an attempt that ends after it was thought lost says how, and gives nothing back twice', async () => {
  const { cadre, remind } = await aReader(1)
  await remind('unfinished-quiz', 1)
  wechat.answer.with = async () => {
    await send(new Date(now.getTime() + 61_000))
    expect(await states()).toEqual(['unknown'])
    return { result: 'refused', reason: 'because' }
  }
  await send()
  expect(await states()).toEqual(['refused'])
  expect(await quotaOf(cadre)).toMatchObject({ left: 0, heldBy: null })
})
