import { beforeEach, describe, expect, test } from '@jest/globals'
import { createLog } from '#server/base/log'
import { Slot } from '#server/base/slot'
import { runDue, timetable } from '#server/jobs'
import type { Channel } from '#server/reminder/channel'
import { Reminder, ReminderWish } from '#server/reminder/model'
import { forgetReminders, sendReminders } from '#server/reminder/service'
import { type SignedIn, startApp } from '../support/app.ts'
import { questions } from '../support/factories.ts'

/** A channel that reaches everybody. */
const channel: Channel = {
  name: 'wecom',
  template: null,
  addressesOf: cadreIds => Promise.resolve(new Map(cadreIds.map(id => [id, id]))),
  send: () => Promise.resolve({ result: 'sent', messageId: null }),
}
const MONDAY = '2026-11-23'
const app = startApp({ at: `${MONDAY}T07:00:00+08:00`, learning: true, channels: [channel] })
const log = createLog('silent')
const settings = {
  on: true,
  kinds: ['unfinished-quiz' as const],
  times: ['07:30', '12:30', '20:00'],
  days: [1, 2, 3, 4, 5],
  holidays: false,
  learning: true,
}

/** Lets a job of the timetable run. */
async function run(name: string, learning = true): Promise<void> {
  const job = timetable.find(one => one.name === name)
  if (!job) throw new Error('no such job')
  await runDue(job, { now: () => app.now, log, learning })
}
function setTime(time: string, day = MONDAY): void {
  app.now = new Date(`${day}T${time}:00+08:00`)
}
/** Plans and sends at each of the cadre's times, and answers the time at which a reminder was sent. */
async function remindAllDay(cadre: SignedIn, day = MONDAY): Promise<string[]> {
  for (const time of settings.times) {
    setTime(time, day)
    await run('reminders')
    await sendReminders({ now: () => app.now, log, channels: [channel] })
  }
  return (await Reminder.find({ cadre: cadre.id, day }).lean()).map(({ slot }) => slot)
}
/** Goes to the moment so many minutes after the day's reminder was sent. */
async function after(cadre: SignedIn, minutes: number): Promise<void> {
  const sent = await Reminder.findOne({ cadre: cadre.id, state: 'sent' }).sort({ _id: -1 }).lean()
  app.now = new Date((sent?.attemptedAt?.getTime() ?? 0) + minutes * 60_000)
}
async function finishQuiz(cadre: SignedIn): Promise<void> {
  const { paper } = await cadre.call('GET /today')
  for (const { question } of paper.questions) {
    await cadre.call('POST /quiz/questions/:id/answer', {
      params: { id: question.id },
      body: { chosen: ['B'] },
    })
  }
}
async function judge(day = MONDAY, learning = true): Promise<void> {
  setTime('23:45', day)
  await run('judge-reminders', learning)
}
const learnedOf = async (cadre: SignedIn) =>
  (await ReminderWish.findOne({ cadre: cadre.id }).lean())?.learned ?? null
const roundsLeft = () => Reminder.countDocuments({ unjudged: true })

async function aLearner(name: string): Promise<SignedIn> {
  const cadre = await app.as(name)
  await cadre.call('PUT /reminders', { body: settings })
  return cadre
}

beforeEach(async () => {
  setTime('07:00')
  await Promise.all([Slot, Reminder, ReminderWish].map(model => model.collection.deleteMany({})))
  await questions(5)
})

test('learning is off until a cadre allows it; until then nothing changes and nothing is kept', async () => {
  const cadre = await app.as('没同意')
  expect(await cadre.call('GET /reminders')).toMatchObject({ learning: false, learnable: true })
  await cadre.call('PUT /reminders', { body: { ...settings, learning: false } })
  expect(await remindAllDay(cadre)).toEqual(['07:30'])
  await judge()
  expect([await learnedOf(cadre), await roundsLeft()]).toEqual([null, 0])
})

test('with learning one time of the day reminds, the same however often and wherever it is planned', async () => {
  const cadre = await aLearner('一天一次')
  await cadre.call('PUT /reminders', { body: { ...settings, kinds: ['unfinished-quiz', 'daily-lesson'] } })
  const slots = await remindAllDay(cadre)
  expect(slots).toHaveLength(1)
  await Promise.all([Slot.deleteMany({}), Reminder.deleteMany({})])
  expect(await remindAllDay(cadre)).toEqual(slots)
})

test.each([
  ['within two hours', 119, 1],
  ['later than that', 125, 0],
])('finished %s: the time and the words that were chosen are judged, once', async (_, minutes, reward) => {
  const cadre = await aLearner(reward ? '及时' : '太晚')
  const [slot] = await remindAllDay(cadre)
  const round = (await Reminder.findOne({ cadre: cadre.id }).lean())?.round
  await after(cadre, minutes)
  await finishQuiz(cadre)
  for (let twice = 0; twice < 2; twice += 1) {
    await Slot.deleteMany({})
    await judge()
  }
  const learned = await learnedOf(cadre)
  const chosen = learned?.times.find(({ arm }) => arm === slot)
  expect(chosen).toMatchObject({ chosen: { rounds: 1 }, others: { rounds: 0 }, lastDay: MONDAY })
  expect((chosen?.chosen.reward ?? 0) / (chosen?.chosen.weight ?? 1)).toBe(reward)
  expect(learned?.times.map(({ chosen: with_, others }) => with_.rounds + others.rounds)).toEqual([1, 1, 1])
  expect(learned?.wordings.find(({ arm }) => arm === round?.wording)).toMatchObject({ chosen: { rounds: 1 } })
  expect(await roundsLeft()).toBe(0)
})

test('what is not over is judged the next night, and what was not sent teaches nothing', async () => {
  const [late, refused] = [await aLearner('晚上'), await aLearner('没发出')]
  await remindAllDay(late)
  await remindAllDay(refused)
  await Reminder.updateOne({ cadre: late.id }, { attemptedAt: new Date(`${MONDAY}T22:00:00+08:00`) })
  await Reminder.updateOne({ cadre: refused.id }, { state: 'refused' })
  await judge()
  expect([await learnedOf(late), await learnedOf(refused), await roundsLeft()]).toEqual([null, null, 1])
  await judge('2026-11-24')
  expect([(await learnedOf(late))?.times.length, await learnedOf(refused), await roundsLeft()]).toEqual([
    3,
    null,
    0,
  ])
})

describe('what was learned is deleted', () => {
  async function learned(name: string): Promise<SignedIn> {
    const cadre = await aLearner(name)
    await remindAllDay(cadre)
    await judge()
    expect(await learnedOf(cadre)).not.toBeNull()
    await remindAllDay(cadre, '2026-11-24')
    expect(await roundsLeft()).toBe(1)
    return cadre
  }

  test('when the cadre switches learning off', async () => {
    const cadre = await learned('关掉')
    await cadre.call('PUT /reminders', { body: { ...settings, learning: false } })
    expect([await learnedOf(cadre), await roundsLeft()]).toEqual([null, 0])
    await judge('2026-11-24')
    expect(await learnedOf(cadre)).toBeNull()
  })
  test('but not when other settings change, or reminders pause', async () => {
    const cadre = await learned('改时间')
    await cadre.call('PUT /reminders', { body: { ...settings, times: ['08:00'] } })
    await cadre.call('POST /reminders/pause', { body: { days: 2 } })
    expect(await learnedOf(cadre)).not.toBeNull()
  })
  test('when the cadre leaves', async () => {
    const cadre = await learned('离开')
    await forgetReminders(cadre.id)
    await judge('2026-11-24')
    expect([await ReminderWish.countDocuments({}), await Reminder.countDocuments({})]).toEqual([0, 0])
  })
  test('when the installation does not allow it any more', async () => {
    const cadre = await learned('全县关')
    await judge('2026-11-24', false)
    expect([await learnedOf(cadre), await roundsLeft()]).toEqual([null, 0])
  })
})

test('where the installation does not allow it, `learning` has no effect', async () => {
  const cadre = await aLearner('没打开')
  const times = []
  for (const day of ['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27']) {
    setTime('07:30', day)
    await run('reminders', false)
    times.push(
      ...(await Reminder.find({ cadre: cadre.id, day }).lean()).map(({ slot, round }) => [slot, round]),
    )
  }
  expect(times).toEqual(Array.from({ length: 5 }, () => ['07:30', undefined]))
})
