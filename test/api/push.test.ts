import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { Types } from 'mongoose'
import { Cadre } from '#server/account/model'
import { createLog } from '#server/base/log'
import { Slot } from '#server/base/slot'
import { ChatMessage, Conversation } from '#server/chat/model'
import { messages, tellCorrection } from '#server/chat/service'
import { runDue, timetable } from '#server/jobs'
import { type AnotherProcess, anotherProcess } from '../support/another-process.ts'
import { startDatabase } from '../support/app.ts'
import { questions } from '../support/factories.ts'

startDatabase()

const ACTIVE = 230
const log = createLog('silent')
let clock = new Date('2026-11-23T07:30:00+08:00')
const now = () => clock
const [push] = timetable
if (!push) throw new Error('the timetable is empty')

let other: AnotherProcess
beforeAll(async () => {
  await questions(5)
  other = await anotherProcess()
})
afterAll(() => other.end())

let active: Types.ObjectId[] = []
beforeEach(async () => {
  clock = new Date('2026-11-23T07:30:00+08:00')
  await Promise.all([Slot, Cadre, Conversation, ChatMessage].map(model => model.collection.deleteMany({})))
  const cadre = (seenOn: string) => ({ _id: new Types.ObjectId(), name: '干部', joinedAt: clock, seenOn })
  const seen = Array.from({ length: ACTIVE }, () => cadre('2026-11-20'))
  active = seen.map(({ _id }) => _id)
  await Cadre.insertMany([...seen, cadre('2026-10-01')])
})

/** How often each conversation was greeted: `{ 3: 230 }` when 230 hold three messages. */
async function greetings(): Promise<Record<number, number>> {
  const counts: Record<number, number> = {}
  for (const { _id } of await Conversation.find({}, { _id: 1 }).lean()) {
    const count = await ChatMessage.countDocuments({ conversation: _id })
    counts[count] = (counts[count] ?? 0) + 1
  }
  return counts
}

const WELCOME_LESSON_INVITE = 3

test('every active cadre is greeted once, however many processes push', async () => {
  await Promise.all([
    runDue(push, { now, log }),
    other.runDue(push, { now, log }),
    other.runDue(push, { now, log }),
    runDue(push, { now, log }),
  ])
  expect(await greetings()).toEqual({ [WELCOME_LESSON_INVITE]: ACTIVE })
  await other.runDue(push, { now, log })
  expect(await greetings()).toEqual({ [WELCOME_LESSON_INVITE]: ACTIVE })
})

test('a crash in the middle is gone on from by another process', async () => {
  const batches: string[] = []
  const crashing = {
    ...push,
    run: (run: Parameters<typeof push.run>[0]) =>
      push.run({
        ...run,
        keep: async cursor => {
          await run.keep(cursor)
          batches.push(cursor)
          if (batches.length === 1) await new Promise(() => undefined)
        },
      }),
  }
  void runDue(crashing, { now, log })
  while (batches.length === 0) await new Promise(setImmediate)
  expect(await greetings()).toEqual({ [WELCOME_LESSON_INVITE]: 100 })

  await other.runDue(push, { now, log })
  expect(await greetings()).toEqual({ [WELCOME_LESSON_INVITE]: 100 })
  clock = new Date('2026-11-23T07:32:00+08:00')
  await other.runDue(push, { now, log })
  expect(await greetings()).toEqual({ [WELCOME_LESSON_INVITE]: ACTIVE })
})

test('opening the chat later gives the same messages; the next day brings the next ones', async () => {
  await runDue(push, { now, log })
  const cadreId = String(active[7])
  const look = () => messages({ cadreId, now: clock, signal: new AbortController().signal })
  const stored = await ChatMessage.find({ conversation: cadreId }).sort({ seq: 1 }).lean()
  clock = new Date('2026-11-23T20:00:00+08:00')
  expect((await look()).messages.map(({ seq, id }) => [seq, id])).toEqual(
    stored.map(({ seq, id }) => [seq, id]),
  )
  expect(stored.map(({ id }) => id)).toEqual([
    'day:welcome',
    'day:2026-11-23:lesson',
    'day:2026-11-23:invite',
  ])

  clock = new Date('2026-11-24T07:31:00+08:00')
  await runDue(push, { now, log })
  expect((await look()).messages.slice(3).map(({ id }) => id)).toEqual([
    'day:2026-11-24:lesson',
    'day:2026-11-24:invite',
  ])
})

test('a correction is told once', async () => {
  const correction = {
    cadreId: String(active[0]),
    stem: '村民会议多久召开一次？',
    pointsEarned: 1,
    key: 'a-question 2 2026-11-23',
    now: clock,
  }
  await Promise.all([1, 2, 3].map(() => tellCorrection(correction)))
  const notices = await ChatMessage.find({ conversation: active[0], 'body.type': 'notice' }).lean()
  expect(notices.map(({ body }) => body.text)).toEqual([
    '“村民会议多久召开一次？”这道题的答案更正了，您的作答已重新判过，已给您补上 1 分。',
  ])
})
