import { randomUUID } from 'node:crypto'
import type { Types } from 'mongoose'
import { dayOf } from '#shared/day'
import { HOLIDAYS } from '#shared/holiday-calendar'
import type { ReminderChannel, ReminderKind, ReminderState } from '#shared/reminder'
import type { Log } from '../base/log.ts'
import { idText, isDuplicate } from '../base/mongo.ts'
import { today } from '../quiz/service.ts'
import type { Channel, Outcome } from './channel.ts'
import { workOf } from './day-work.ts'
import { Reminder } from './model.ts'
import { isQuiet, isWanted } from './plan.ts'
import { emptyQuota, giveBack, takeOne } from './quota-service.ts'
import { keptBack } from './quota.ts'
import { type Reach, reachOf } from './reach-service.ts'
import { wishesOf } from './wish-service.ts'

const BATCH = 100
/** Attempts at the same time in one process. */
const AT_ONCE = 8
/** Longer than any attempt takes, as a crash is noticed only after it. */
const LEASE_MS = 60_000
const MOST_TRIES = 4
/** Before the second attempt; doubled each time. */
const PAUSE_MS = 60_000
/** A reminder that comes later than this has lost its sense. */
const LATE_MS = 90 * 60_000

/** What sending is done with. */
export interface Sending {
  now: () => Date
  log: Log
  /** The first that knows an address of a cadre is used; without any, reminders are in the inbox only. */
  channels: readonly Channel[]
  signal?: AbortSignal | undefined
}

interface Waiting {
  _id: Types.ObjectId
  cadre: Types.ObjectId
  kind: ReminderKind
  key: string
  day: string
  slot: string
  title: string
  text: string
  page: string
  at: Date
  tries: number
}

/**
 * Sends what waits. Any number of processes may do so at any time: an attempt is written down before it is made, so
 * that nothing is sent twice, and what a process that died left under way is `unknown` from then on.
 */
export async function sendReminders(sending: Sending): Promise<void> {
  const { now, channels, signal } = sending
  await closeLost(now())
  if (channels.length === 0) return void (await Reminder.updateMany({ state: 'waiting' }, { state: 'inbox' }))
  for (let moved = true; moved && !signal?.aborted;) {
    const waiting = await Reminder.find({ state: 'waiting', notBefore: { $lte: now() } })
      .sort({ notBefore: 1, _id: 1 })
      .limit(BATCH)
      .lean<Waiting[]>()
    moved = await sendAll(waiting, sending)
  }
}

/** Whether any of them is further than before. */
async function sendAll(waiting: Waiting[], sending: Sending): Promise<boolean> {
  let moved = false
  const sendOneByOne = async () => {
    for (let next = waiting.shift(); next && !sending.signal?.aborted; next = waiting.shift()) {
      const { _id, cadre } = next
      const did = await sendOne(next, sending).catch((error: unknown) => {
        sending.log.error({ error, reminder: idText(_id), cadreId: idText(cadre) }, 'reminder not sent')
        return false
      })
      moved ||= did
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, sendOneByOne))
  return moved
}

async function sendOne(reminder: Waiting, sending: Sending): Promise<boolean> {
  const { now, channels } = sending
  const cadreId = idText(reminder.cadre)
  const reach = (await reachOf([cadreId], channels)).get(cadreId)
  const instead = await endedBy(reminder, now())
  if (!reach || instead !== null) return settle(reminder, instead ?? 'inbox')
  const { name, template } = reach.channel
  const holder = randomUUID()
  if (!(await claim(reminder, { holder, channel: name, template, now: now() }))) return false
  const allowed = template === null || (await takeOne(cadreId, template, await keptFor(reminder)))
  const outcome = allowed ? await attempt(reminder, reach, sending) : NOT_ALLOWED
  await conclude(reminder, { holder, outcome, now: now() })
  if (template !== null && allowed) await settleQuota(cadreId, template, outcome)
  return true
}

/** How a reminder ends without an attempt; null when it is to be sent. */
async function endedBy({ cadre, kind, key, at }: Waiting, now: Date): Promise<ReminderState | null> {
  const cadreId = idText(cadre)
  if (now.getTime() - at.getTime() > LATE_MS || isQuiet(now)) return 'late'
  const wishes = await wishesOf(cadreId)
  if (!isWanted(now, wishes, HOLIDAYS) || !wishes.kinds.includes(kind)) return 'overtaken'
  const { matters } = workOf(await today({ cadreId, now }))
  return matters.some(matter => matter.key === key) ? null : 'overtaken'
}

/** How many permissions are not for this reminder, as others that wait matter more. */
async function keptFor({ cadre, kind }: Waiting): Promise<number> {
  const rivals = await Reminder.find({ cadre, state: 'waiting' }, { kind: 1 }).lean()
  return keptBack(
    kind,
    rivals.map(rival => rival.kind),
  )
}

const settle = async ({ _id }: Waiting, state: ReminderState): Promise<boolean> =>
  (await Reminder.updateOne({ _id, state: 'waiting' }, { state })).modifiedCount === 1

/** False when it is in other hands, or another one of the same cadre is under way. */
async function claim(
  { _id }: Waiting,
  { now, ...attempt }: { holder: string; channel: ReminderChannel; template: string | null; now: Date },
): Promise<boolean> {
  const lease = new Date(now.getTime() + LEASE_MS)
  const attempted = { ...attempt, state: 'sending', attemptedAt: now, lease }
  try {
    const update = { $set: attempted, $inc: { tries: 1 } }
    return (await Reminder.updateOne({ _id, state: 'waiting' }, update)).modifiedCount === 1
  } catch (error) {
    if (isDuplicate(error, ['cadre'])) return false
    throw error
  }
}

interface Change {
  state: ReminderState
  reason?: string
  messageId?: string | null
  notBefore?: Date
}

/** An attempt that was thought lost may still be at work. */
const UNDER_WAY: ReminderState[] = ['sending', 'unknown']

type Ended = Outcome | { result: 'unknown'; reason: string }

const NOT_ALLOWED: Ended = { result: 'no-quota', reason: 'none left' }

async function attempt(reminder: Waiting, { channel, address }: Reach, { log }: Sending): Promise<Ended> {
  const { kind, title, text, day, slot, page } = reminder
  try {
    return await channel.send(address, kind, { title, text, day, slot }, page)
  } catch (error) {
    log.warn({ error, reminder: idText(reminder._id) }, 'a reminder may have been sent')
    return { result: 'unknown', reason: 'lost' }
  }
}

/** Writes down how an attempt ended, also when it took so long that it was thought lost. */
async function conclude(
  { _id, tries, day }: Waiting,
  { holder, outcome, now }: { holder: string; outcome: Ended; now: Date },
): Promise<void> {
  const change = changeAfter(outcome, tries + 1, day, now)
  await Reminder.updateOne({ _id, holder, state: { $in: UNDER_WAY } }, change)
}

/** What was surely not sent has used up nothing. */
async function settleQuota(cadreId: string, template: string, { result }: Ended): Promise<void> {
  if (result === 'no-quota') await emptyQuota(cadreId, template)
  else if (result !== 'sent' && result !== 'unknown') await giveBack(cadreId, template)
}

function changeAfter(outcome: Ended, tries: number, day: string, now: Date): Change {
  if (outcome.result === 'sent') return { state: 'sent', messageId: outcome.messageId }
  const { result, reason } = outcome
  if (result !== 'retry') return { state: result, reason }
  const wait = Math.max(outcome.seconds * 1000, PAUSE_MS * 2 ** (tries - 1))
  const notBefore = new Date(now.getTime() + wait)
  const late = tries >= MOST_TRIES || dayOf(notBefore) !== day
  return { state: late ? 'late' : 'waiting', reason, notBefore }
}

/** What a process that died had under way may have been sent: it is not sent again, and counts as used. */
async function closeLost(now: Date): Promise<void> {
  await Reminder.updateMany({ state: 'sending', lease: { $lte: now } }, { state: 'unknown' })
}
