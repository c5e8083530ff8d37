import { expect, test } from '@jest/globals'
import { Types } from 'mongoose'
import { Cadre as StoredCadre, Grant, Identity } from '#server/account/model'
import { connect, disconnect } from '#server/base/database'
import { program } from '#server/base/paths'
import { startEmbedded } from '#server/embedded/start'
import { Reminder, ReminderWish } from '#server/reminder/model'
import { defaultWishes } from '#server/reminder/plan'
import { addDays, dayOf } from '#shared/day'
import type { ReminderChannel, ReminderState } from '#shared/reminder'
import { aDataFolder } from '../support/server-process.ts'
import { type Cadre, type Screen, whole } from './cadre.ts'
import { describeServed } from './served.ts'

const LOOP_MS = 240_000
const ADMIN = '王管理'
const phone: Screen = { name: 'sends-phone', width: 390, height: 844, scheme: 'light' }
const small: Screen = { name: 'sends-small', width: 360, height: 640, scheme: 'dark', fontScale: 1.5 }
const desk: Screen = { name: 'sends-desk', width: 1280, height: 800, scheme: 'light' }

const TODAY = dayOf(new Date())
const at = (day: string) => new Date(`${day}T07:31:00+08:00`)

interface Some {
  state: ReminderState
  count: number
  channel?: ReminderChannel | null
  reason?: string
}
const MORNING: Some[] = [
  { state: 'sent', count: 46 },
  { state: 'sent', count: 17, channel: 'wecom' },
  { state: 'no-quota', count: 12, reason: 'errcode 43101' },
  { state: 'no-quota', count: 5, reason: 'none left' },
  { state: 'invalid', count: 2, reason: 'errcode 47003 thing1' },
  { state: 'refused', count: 3, reason: 'errcode 81013', channel: 'wecom' },
  { state: 'unknown', count: 1, reason: 'lost' },
  { state: 'overtaken', count: 9, channel: null },
  { state: 'late', count: 1, reason: 'errcode 45009' },
  { state: 'inbox', count: 4, channel: null },
]

const remindersOn = (day: string, groups: readonly Some[]) =>
  groups.flatMap(({ state, count, channel = 'wechat', reason = null }) =>
    Array.from({ length: count }, () => ({
      ...{ cadre: new Types.ObjectId(), day, slot: '07:30', number: 1 },
      ...{ kind: 'daily-lesson', key: 'k', title: '一课', text: '读一读', page: 'pages/today/index' },
      ...{ at: at(day), state, notBefore: at(day), tries: 1, attemptedAt: at(day), channel, reason },
    })),
  )

/** Twelve who allow learning. */
const learners = () => {
  const arm = (name: string, reward: number) => ({
    ...{ arm: name, lastDay: TODAY, chosen: { rounds: 10, weight: 10, reward } },
    others: { rounds: 0, weight: 0, reward: 0 },
  })
  return Array.from({ length: 12 }, () => ({
    ...{ ...defaultWishes, on: true, learning: true, cadre: new Types.ObjectId() },
    learned: {
      times: [arm('07:30', 6), arm('12:30', 3), arm('20:00', 8)],
      wordings: [arm('plain', 5), arm('reason', 7)],
    },
  }))
}

/** What is in the database before the server starts. */
async function seeded() {
  const directory = aDataFolder()
  const workerFile = program('embedded-worker')
  const engine = await startEmbedded({ directory, port: 0, fsync: 'always', workerFile })
  await connect(engine.uri)
  const now = new Date()
  const cadre = await StoredCadre.create({ name: ADMIN, joinedAt: now, seenOn: TODAY })
  await Identity.create({ provider: 'demo', subject: ADMIN, cadre: cadre._id })
  await Grant.create({ cadre: cadre._id, role: 'admin', by: 'cli', at: now })
  await Reminder.insertMany([
    ...remindersOn(TODAY, MORNING),
    ...remindersOn(addDays(TODAY, -1), [{ state: 'sent', count: 31 }]),
  ])
  await ReminderWish.insertMany(learners())
  await disconnect()
  await engine.stop()
  return { DATA_DIR: directory, REMINDER_LEARNING: '1' }
}

async function toSends({ see }: Cadre): Promise<void> {
  await see('.tab').nth(2).click()
  await see('.row').filter({ hasText: '今日提醒发送' }).click()
  await see('.desk-table').first().waitFor()
}

describeServed(
  'the sends of a day in the browser',
  ({ enter }) => {
    test(
      'on a phone: results with their meaning, reasons with what to do, day by day',
      async () => {
        const admin = await enter(ADMIN, phone)
        await toSends(admin)
        await whole(admin, 'today')
        const rows = await admin.see('.desk-row:not(.is-head)').allInnerTexts()
        expect(rows.find(row => row.startsWith('已发送'))).toContain('63 条')
        expect(rows.find(row => row.includes('43101'))).toContain('12 条')
        await admin.see('.desk-table').nth(1).scrollIntoViewIfNeeded()
        await whole(admin, 'reasons')
        await admin.see('.card').last().scrollIntoViewIfNeeded()
        await whole(admin, 'learned')

        await admin.see('.month-way').first().click()
        await admin.see('.desk-none').waitFor()
        await whole(admin, 'yesterday')
        await admin.see('.month-way').first().click()
        await admin.see('.state').filter({ hasText: '暂无发送' }).waitFor()
        await whole(admin, 'empty')
        for (let days = 0; days < 2; days += 1) await admin.see('.month-way').last().click()
        await admin.see('.desk-row').filter({ hasText: '43101' }).waitFor()
        expect(await admin.see('.month-way.is-disabled').count()).toBe(1)
        expect(admin.complaints).toEqual([])

        const cadre = await enter('田春梅', phone)
        await cadre.see('.tab').nth(2).click()
        await cadre.see('.row').filter({ hasText: '关于日知' }).waitFor()
        expect(await cadre.see('.row').filter({ hasText: '今日提醒发送' }).count()).toBe(0)
      },
      LOOP_MS,
    )

    test(
      'with the largest letters nothing sticks out',
      async () => {
        const admin = await enter(ADMIN, small)
        await toSends(admin)
        await whole(admin, 'today')
        await admin.see('.desk-table').nth(1).scrollIntoViewIfNeeded()
        await whole(admin, 'reasons')
        await admin.see('.card').last().scrollIntoViewIfNeeded()
        await whole(admin, 'learned')
      },
      LOOP_MS,
    )

    test(
      'at a desk: tables, a filter by channel, what was learned beside them, and a failure that says so',
      async () => {
        const admin = await enter(ADMIN, desk)
        await admin.see('.side-item').filter({ hasText: '今日提醒发送' }).click()
        await admin.see('.desk-table').first().waitFor()
        await whole(admin, 'today')
        expect(
          (await admin.see('.desk-row:not(.is-head)').first().boundingBox())?.height,
        ).toBeLessThanOrEqual(42)
        await admin.see('.choice').filter({ hasText: '企业微信' }).click()
        await admin.see('.desk-row').filter({ hasText: '81013' }).waitFor()
        expect(await admin.see('.desk-row').filter({ hasText: '43101' }).count()).toBe(0)
        await whole(admin, 'wecom')

        await admin.page.route('**/api/sends**', route => route.fulfill({ status: 503, body: '{}' }))
        await admin.see('.month-way').first().click()
        await admin.see('.state').filter({ hasText: '发送情况没有打开' }).waitFor()
        await whole(admin, 'failed')
        await admin.page.unroute('**/api/sends**')
        await admin.see('.state .btn').click()
        await admin.see('.desk-table').first().waitFor()
        await whole(admin, 'again')
      },
      LOOP_MS,
    )
  },
  seeded,
)
