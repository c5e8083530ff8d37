import { beforeEach, describe, expect, test } from '@jest/globals'
import { Cadre } from '#server/account/model'
import { createLog } from '#server/base/log'
import { Slot } from '#server/base/slot'
import { runDue, timetable } from '#server/jobs'
import { Reminder, ReminderWish } from '#server/reminder/model'
import { forgetReminders } from '#server/reminder/service'
import { type SignedIn, startApp } from '../support/app.ts'
import { questions } from '../support/factories.ts'

const app = startApp({ at: '2026-11-23T07:00:00+08:00' })
const log = createLog('silent')
const job = timetable.find(({ name }) => name === 'reminders')
const settings = {
  on: true,
  kinds: ['unfinished-quiz' as const, 'daily-lesson' as const, 'review-due' as const],
  times: ['07:30', '12:30', '20:00'],
  days: [1, 2, 3, 4, 5],
  holidays: false,
  learning: false,
}

/** Moves the clock and lets the timetable run. */
async function planAt(time: string, day = '2026-11-23'): Promise<void> {
  app.now = new Date(`${day}T${time}:00+08:00`)
  if (!job) throw new Error('no such job')
  await runDue(job, { now: () => app.now, log })
}
const inbox = async (cadre: SignedIn) => (await cadre.call('GET /inbox', { query: {} })).reminders

beforeEach(async () => {
  app.now = new Date('2026-11-23T07:00:00+08:00')
  await Promise.all([Slot, Reminder, ReminderWish].map(model => model.collection.deleteMany({})))
  await questions(5)
})

test('nobody is reminded before switching it on; the defaults spare working hours', async () => {
  const cadre = await app.as('没打开')
  expect(await cadre.call('GET /reminders')).toMatchObject({
    on: false,
    times: ['07:30', '12:30', '20:00'],
    days: [1, 2, 3, 4, 5],
    holidays: false,
    pausedUntil: null,
  })
  await planAt('07:30')
  expect(await inbox(cadre)).toEqual([])
})

test('who wants it is reminded twice a day at most, until the day’s work is done', async () => {
  const [idle, diligent] = [await app.as('还没答'), await app.as('答完了')]
  for (const cadre of [idle, diligent]) {
    await cadre.call('PUT /reminders', { body: { ...settings, kinds: ['unfinished-quiz'] } })
  }
  await planAt('07:30')
  expect(await inbox(idle)).toMatchObject([{ kind: 'unfinished-quiz', title: '今日一测', read: false }])

  const { paper } = await diligent.call('GET /today')
  for (const { question } of paper.questions) {
    const body = { chosen: ['B'] }
    await diligent.call('POST /quiz/questions/:id/answer', { params: { id: question.id }, body })
  }
  await diligent.call('PUT /reminders', { body: settings })
  for (const time of ['12:30', '20:00', '20:30']) await planAt(time)
  expect(await inbox(diligent)).toHaveLength(1)
  expect(await Reminder.countDocuments({ cadre: idle.id })).toBe(1)

  await planAt('07:30', '2026-11-24')
  expect(await Reminder.countDocuments({ cadre: idle.id })).toBe(2)
})

test('a slot that is planned again plans nothing twice, and a slot that was missed is not made up for later', async () => {
  const cadre = await app.as('一次')
  await cadre.call('PUT /reminders', { body: settings })
  await planAt('07:45')
  await Slot.deleteMany({})
  await planAt('07:50')
  expect(await inbox(cadre)).toHaveLength(1)
  await planAt('13:10')
  expect(await inbox(cadre)).toHaveLength(1)
})

test('a pause stops reminders and ends by itself, or earlier', async () => {
  const cadre = await app.as('歇几天')
  await cadre.call('PUT /reminders', { body: settings })
  expect(await cadre.call('POST /reminders/pause', { body: { days: 2 } })).toMatchObject({
    pausedUntil: '2026-11-25',
  })
  await planAt('07:30')
  await planAt('07:30', '2026-11-24')
  expect(await inbox(cadre)).toEqual([])
  await planAt('07:30', '2026-11-25')
  expect(await inbox(cadre)).toHaveLength(1)
  expect(await cadre.call('GET /reminders')).toMatchObject({ pausedUntil: null, on: true })

  await cadre.call('POST /reminders/pause', { body: { days: 9 } })
  expect(await cadre.call('POST /reminders/pause', { body: { days: 0 } })).toMatchObject({
    pausedUntil: null,
  })
})

describe('the inbox', () => {
  test('is read one by one, paged, and only by its owner', async () => {
    const [cadre, other] = [await app.as('有提醒'), await app.as('别人')]
    await cadre.call('PUT /reminders', { body: settings })
    for (const day of ['2026-11-23', '2026-11-24', '2026-11-25']) await planAt('07:30', day)

    const first = await cadre.call('GET /inbox', { query: { limit: 2 } })
    expect(first).toMatchObject({ more: true, unread: 3 })
    const last = await cadre.call('GET /inbox', { query: { limit: 2, before: first.reminders[1]?.id ?? '' } })
    expect(last).toMatchObject({ more: false, reminders: [{ at: '2026-11-22T23:30:00.000Z' }] })

    const id = first.reminders[0]?.id ?? ''
    await expect(other.call('POST /inbox/:id/read', { params: { id } })).rejects.toMatchObject({
      code: 'not-found',
    })
    for (let twice = 0; twice < 2; twice += 1) await cadre.call('POST /inbox/:id/read', { params: { id } })
    expect(await cadre.call('GET /inbox', { query: {} })).toMatchObject({
      unread: 2,
      reminders: [{ read: true }, { read: false }, { read: false }],
    })
    expect(await inbox(other)).toEqual([])
  })
})

test.each([
  ['a quiet time', { times: ['22:00'] }],
  ['a time between', { times: ['07:15'] }],
  ['no time', { times: [] }],
  ['the same time twice', { times: ['07:30', '07:30'] }],
  ['more than three times', { times: ['07:30', '08:00', '08:30', '09:00'] }],
  ['a day that does not exist', { days: [8] }],
  ['a kind that does not exist', { kinds: ['ranking'] }],
])('wishes with %s are refused', async (_, wrong) => {
  const { token } = await app.as('填错')
  const answer = await app.fetch('/api/reminders', {
    method: 'PUT',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ ...settings, ...wrong }),
  })
  expect(answer.status).toBe(400)
})

test('of who leaves nothing is kept', async () => {
  const cadre = await app.as('要离开')
  await cadre.call('PUT /reminders', { body: settings })
  await planAt('07:30')
  await forgetReminders(cadre.id)
  expect(await Reminder.countDocuments({ cadre: cadre.id })).toBe(0)
  expect(await ReminderWish.countDocuments({ cadre: cadre.id })).toBe(0)
  expect(await Cadre.countDocuments({ _id: cadre.id })).toBe(1)
})
