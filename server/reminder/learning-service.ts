import type { Types } from 'mongoose'
import type { Day } from '#shared/day'
import type { ReminderKind, ReminderState, ReminderWording } from '#shared/reminder'
import { grouped } from '../base/grouped.ts'
import type { Log } from '../base/log.ts'
import { idText, transaction } from '../base/mongo.ts'
import type { Run } from '../base/once.ts'
import { finishedDaily } from '../quiz/service.ts'
import type { Chance } from './bandit.ts'
import { counted, estimatesOf, type LearnedTotals, noTotals } from './estimate.ts'
import {
  type Choice,
  isInTime,
  judgedFrom,
  type Learned,
  nothingLearned,
  type Outcome,
  withOutcome,
} from './learning.ts'
import { Reminder, ReminderWish } from './model.ts'
import { hasWordings } from './wording.ts'

const BATCH = 100

export interface Judging extends Run {
  now: () => Date
  log: Log
  /** The installation allows learning. */
  learning?: boolean | undefined
}

interface Unjudged {
  _id: Types.ObjectId
  cadre: Types.ObjectId
  day: Day
  slot: string
  state: ReminderState
  attemptedAt: Date | null
  round: { wording: ReminderWording; times: Chance[]; wordings: Chance<ReminderWording>[] }
}

const DROPPED = { $unset: { round: 1, unjudged: 1 } }

/** What a reminder keeps until it is judged; nothing of one that is not of the day's work. */
export const roundOf = (choice: Choice | null, kind: ReminderKind) =>
  choice && hasWordings(kind)
    ? {
        round: { wording: choice.wording, times: choice.times, wordings: choice.wordings },
        unjudged: true,
      }
    : {}

/**
 * Learns from the reminders of which it is known by now whether they helped, each once, in batches that go on where
 * an earlier run stopped. It runs at night, so that what is chosen stays the same for a whole day. Where the
 * installation does not allow learning, all that was learned is deleted.
 */
export async function judgeReminders({ cursor, keep, now, log, learning = false }: Judging): Promise<void> {
  if (!learning) return forgetAll()
  for (let after = cursor; ;) {
    const batch = await Reminder.find({ unjudged: true, ...(after !== null && { _id: { $gt: after } }) })
      .sort({ _id: 1 })
      .limit(BATCH)
      .lean<Unjudged[]>()
    const last = batch.at(-1)
    if (!last) return
    for (const [day, ofDay] of grouped(batch, one => [one.day, one])) await judgeDay(day, ofDay, now(), log)
    after = idText(last._id)
    await keep(after)
  }
}

const OPEN: ReminderState[] = ['waiting', 'sending']

/** One that cannot be judged does not keep the others waiting. */
async function judgeDay(day: Day, reminders: Unjudged[], now: Date, log: Log): Promise<void> {
  const sent = reminders.filter(({ state }) => state === 'sent')
  const finished = await finishedDaily(
    sent.map(({ cadre }) => idText(cadre)),
    day,
  )
  for (const reminder of reminders) {
    const { state, attemptedAt } = reminder
    if (OPEN.includes(state)) continue
    if (state === 'sent' && attemptedAt && judgedFrom(attemptedAt) > now) continue
    await judge(reminder, finished.get(idText(reminder.cadre))).catch((error: unknown) =>
      log.error({ error, reminder: idText(reminder._id) }, 'reminder not judged'),
    )
  }
}

/** Nothing is learned from one that was not surely sent, of a day without questions, or of who does not allow it any more. */
async function judge(
  { _id, cadre, day, slot, state, attemptedAt, round }: Unjudged,
  finishedAt: Date | null | undefined,
): Promise<void> {
  const known = state === 'sent' && attemptedAt !== null && finishedAt !== undefined
  const outcome = known && { day, time: slot, round, finished: isInTime(attemptedAt, finishedAt) }
  await transaction(async session => {
    const judged = await Reminder.updateOne({ _id, cadre, unjudged: true }, DROPPED, { session })
    if (judged.modifiedCount === 0 || !outcome) return
    const allowed = { cadre, learning: true }
    const wish = await ReminderWish.findOne(allowed, { learned: 1 }).session(session).lean()
    if (!wish) return
    await ReminderWish.updateOne(allowed, { learned: learnedAfter(wish.learned, outcome) }, { session })
  })
}

const learnedAfter = (learned: Partial<Learned> | null | undefined, outcome: Outcome): Learned =>
  withOutcome({ ...nothingLearned, ...learned }, outcome)

/** Deletes what a cadre's reminders keep until they are judged. */
export async function forgetRounds(cadreId: string): Promise<void> {
  await Reminder.updateMany({ cadre: cadreId, unjudged: true }, DROPPED)
}

async function forgetAll(): Promise<void> {
  await ReminderWish.updateMany({ learned: { $exists: true } }, { $unset: { learned: 1 } })
  await Reminder.updateMany({ unjudged: true }, DROPPED)
}

/** What was learned of all who allow it, as far as it may be seen. */
export async function estimates() {
  let totals: LearnedTotals = noTotals
  const all = ReminderWish.find({ learning: true, learned: { $exists: true } }, { learned: 1 }).lean()
  for await (const { learned } of all.cursor()) if (learned) totals = counted(totals, learned)
  return { times: estimatesOf(totals.times), wordings: estimatesOf(totals.wordings) }
}
