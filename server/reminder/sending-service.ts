import type { Types } from 'mongoose'
import { grouped } from '../base/grouped.ts'
import type { Log } from '../base/log.ts'
import { idText, read } from '../base/mongo.ts'
import { outlooksOf } from '../quiz/service.ts'
import type { Channel } from './channel.ts'
import { claim, closeLost } from './claiming-service.ts'
import { type Lane, openLane } from './lane-service.ts'
import { Reminder } from './model.ts'
import { type Reach, reachOf } from './reach-service.ts'
import { type EndedBefore, isLate, isStillOpen, isStillWanted, type Waiting } from './waiting.ts'
import { allWishesOf } from './wish-service.ts'

/** Reminders looked at together. */
const BATCH = 128
/** Reminders claimed together, just before they are sent: so many at most a crash leaves unsent. */
const CLAIMED = 32

/** What sending is done with. */
export interface Sending {
  now: () => Date
  log: Log
  /** The first that knows an address of a cadre is used; without any, reminders are in the inbox only. */
  channels: readonly Channel[]
  /** Only what goes over this one of them. */
  over?: Channel | undefined
  signal?: AbortSignal | undefined
}

/**
 * Sends what waits, each channel at its own pace. Any number of processes may do so at any time: an attempt is written
 * down before it is made, so that nothing is sent twice, and what a process that died left under way is `unknown` from
 * then on.
 */
export async function sendReminders(sending: Sending): Promise<void> {
  const { now, channels, over } = sending
  await closeLost(now())
  if (channels.length === 0) return void (await Reminder.updateMany({ state: 'waiting' }, { state: 'inbox' }))
  await Promise.all((over ? [over] : channels).map(channel => sendOver(channel, sending)))
}

/** A cadre's second reminder is sent once the first one ended, so what waits is gone through until nothing moves. */
async function sendOver(channel: Channel, sending: Sending): Promise<void> {
  const lane = openLane(channel, sending)
  try {
    while (await sendAll(channel, lane, sending)) await lane.idle()
  } finally {
    await lane.idle()
  }
}

/** Whether any reminder is further than before. */
async function sendAll(channel: Channel, lane: Lane, sending: Sending): Promise<boolean> {
  const { now, channels, signal } = sending
  let moved = false
  for (let after: Types.ObjectId | undefined; !signal?.aborted;) {
    const waiting = await waitingAfter(after, now())
    after = waiting.at(-1)?._id
    if (after === undefined) break
    const reach = await reachOf(
      waiting.map(({ cadre }) => idText(cadre)),
      channels,
    )
    const ours = firstOfEach(waiting).filter(
      ({ cadre }) => (reach.get(idText(cadre))?.channel ?? channels[0]) === channel,
    )
    const open = await endSome(ours, reach, now())
    const claimed = await sendSome(open, reach, { ...sending, channel, lane })
    moved ||= claimed || open.length < ours.length
  }
  return moved
}

function waitingAfter(after: Types.ObjectId | undefined, now: Date): Promise<Waiting[]> {
  const due = { state: 'waiting', notBefore: { $lte: now } }
  return read<Waiting>(Reminder, after ? { ...due, _id: { $gt: after } } : due, {
    sort: { _id: 1 },
    limit: BATCH,
  })
}

const firstOfEach = (waiting: readonly Waiting[]): Waiting[] => {
  const seen = new Set<string>()
  return waiting.filter(({ cadre }) => seen.size < seen.add(idText(cadre)).size)
}

/** Ends those that need no attempt; answers the others. */
async function endSome(
  reminders: readonly Waiting[],
  reach: ReadonlyMap<string, Reach>,
  now: Date,
): Promise<Waiting[]> {
  if (reminders.length === 0) return []
  const cadreIds = reminders.map(({ cadre }) => idText(cadre))
  const [wishes, outlooks] = await Promise.all([allWishesOf(cadreIds), outlooksOf(cadreIds, now)])
  const endOf = (reminder: Waiting): EndedBefore | null => {
    const cadreId = idText(reminder.cadre)
    if (isLate(reminder, now)) return 'late'
    const isWanted = isStillWanted(reminder, wishes(cadreId), now)
    const outlook = outlooks.get(cadreId)
    if (!isWanted || !outlook || !isStillOpen(reminder, outlook)) return 'overtaken'
    return reach.has(cadreId) ? null : 'inbox'
  }
  const byEnd = grouped(reminders, reminder => [endOf(reminder), reminder])
  for (const [state, ended] of byEnd)
    if (state !== null)
      await Reminder.collection.updateMany(
        { _id: { $in: ended.map(({ _id }) => _id) }, state: 'waiting' },
        { $set: { state } },
      )
  return byEnd.get(null) ?? []
}

/** Claims and starts them, as many at a time as there is room for; whether any was claimed. */
async function sendSome(
  open: readonly Waiting[],
  reach: ReadonlyMap<string, Reach>,
  { channel, lane, now, signal }: Sending & { channel: Channel; lane: Lane },
): Promise<boolean> {
  const addresses = new Map([...reach].map(([cadreId, { address }]) => [cadreId, address]))
  let moved = false
  for (let at = 0; at < open.length && !signal?.aborted; at += CLAIMED) {
    const some = open.slice(at, at + CLAIMED)
    await lane.room(some.length)
    const claimed = await claim(some, channel, now())
    lane.start(claimed, addresses)
    moved ||= claimed.allowed.length + claimed.forbidden.length > 0
  }
  return moved
}
