import { randomUUID } from 'node:crypto'
import type { Types } from 'mongoose'
import { grouped } from '../base/grouped.ts'
import { idText, isDuplicate, isOnlyDuplicates, read } from '../base/mongo.ts'
import type { Channel } from './channel.ts'
import { holdPermissions, settle } from './hold-service.ts'
import { Reminder } from './model.ts'
import type { Waiting } from './waiting.ts'

/** Longer than any attempt takes, as a crash is noticed only after it. */
const LEASE_MS = 60_000
/** Lost attempts closed at a time. */
const BATCH = 1_000
/** The index that lets one attempt to a cadre be under way. */
const ONE_AT_A_TIME = ['cadre']

/** Reminders in our hands, with an attempt of each written down. */
export interface Claim {
  holder: string
  /** With a permission, where one is needed. */
  allowed: Waiting[]
  /** Without one. */
  forbidden: Waiting[]
}

/**
 * Writes down an attempt of each of these reminders before it is made, and takes the permission it needs. Left out are
 * those in other hands, and those of a cadre to whom another one is under way.
 */
export async function claim(
  reminders: readonly Waiting[],
  { name, template }: Pick<Channel, 'name' | 'template'>,
  now: Date,
): Promise<Claim> {
  const holder = randomUUID()
  const lease = new Date(now.getTime() + LEASE_MS)
  const ids = reminders.map(({ _id }) => _id)
  await write(ids, { state: 'sending', holder, channel: name, template, attemptedAt: now, lease })
  const ours = await read<{ _id: Types.ObjectId }>(
    Reminder,
    { _id: { $in: ids }, holder },
    { projection: { _id: 1 } },
  )
  const taken = new Set(ours.map(({ _id }) => idText(_id)))
  const claimed = reminders.filter(({ _id }) => taken.has(idText(_id)))
  if (template === null || claimed.length === 0) return { holder, allowed: claimed, forbidden: [] }
  const held = await holdPermissions(claimed, { template, holder })
  const isAllowed = ({ cadre }: Waiting) => held.has(idText(cadre))
  return {
    holder,
    allowed: claimed.filter(isAllowed),
    forbidden: claimed.filter(reminder => !isAllowed(reminder)),
  }
}

/** All at once; one by one where a cadre has another attempt under way, which stops a change of many. */
async function write(ids: Types.ObjectId[], attempt: object): Promise<void> {
  const { collection } = Reminder
  const update = { $set: attempt, $inc: { tries: 1 } }
  try {
    await collection.updateMany({ _id: { $in: ids }, state: 'waiting' }, update)
  } catch (error) {
    if (!isDuplicate(error, ONE_AT_A_TIME)) throw error
    const singly = ids.map(_id => ({ updateOne: { filter: { _id, state: 'waiting' }, update } }))
    await collection.bulkWrite(singly, { ordered: false }).catch((failure: unknown) => {
      if (!isOnlyDuplicates(failure, [ONE_AT_A_TIME])) throw failure
    })
  }
}

interface Lost {
  _id: Types.ObjectId
  cadre: Types.ObjectId
  holder: string
  template: string | null
}

/** What a process that died had under way may have been sent: it is not sent again, and counts as used. */
export async function closeLost(now: Date): Promise<void> {
  const isLost = { state: 'sending', lease: { $lte: now } }
  for (;;) {
    const lost = await read<Lost>(Reminder, isLost, {
      projection: { cadre: 1, holder: 1, template: 1 },
      limit: BATCH,
    })
    if (lost.length === 0) return
    for (const [template, held] of grouped(lost, one => [one.template, one]))
      if (template !== null) await settle(held, template, 'used')
    await Reminder.collection.updateMany(
      { _id: { $in: lost.map(({ _id }) => _id) }, ...isLost },
      { $set: { state: 'unknown' } },
    )
  }
}
