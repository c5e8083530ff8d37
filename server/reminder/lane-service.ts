import { grouped } from '../base/grouped.ts'
import type { Log } from '../base/log.ts'
import { idText } from '../base/mongo.ts'
import type { ReminderState } from '#shared/reminder'
import type { Channel } from './channel.ts'
import type { Claim } from './claiming-service.ts'
import { changeAfter, type Ended, LOST, NOT_ALLOWED, settlementAfter } from './conclusion.ts'
import { settle } from './hold-service.ts'
import { Reminder } from './model.ts'
import type { Waiting } from './waiting.ts'

/** Attempts under way at the same time. */
const MOST = 128
/** How long conclusions are gathered before they are written. */
const GATHER_MS = 10
/** An attempt that was thought lost may still be at work. */
const UNDER_WAY: ReminderState[] = ['sending', 'unknown']

/** The attempts over one channel, each on its own, and the writing down of how they ended, many at a time. */
export interface Lane {
  /** Resolves once so many more attempts may be made. */
  room: (attempts: number) => Promise<void>
  /** Makes the attempts of a claim; `addresses` by cadre. */
  start: (claim: Claim, addresses: ReadonlyMap<string, string>) => void
  /** Resolves once no attempt is under way and all that ended is written down. */
  idle: () => Promise<void>
}

interface LaneOutside {
  now: () => Date
  log: Log
}

/** How an attempt ended, or that there was none for want of a permission. */
interface Conclusion {
  reminder: Waiting
  holder: string
  ended: Ended
  /** The template of the permission it held. */
  held: string | null
}

/** A lane with nothing under way. Whoever starts attempts waits for room first, one caller at a time. */
export function openLane(channel: Channel, { now, log }: LaneOutside): Lane {
  let underWay = 0
  let wake = (): void => undefined
  const ended: Conclusion[] = []
  let writing: Promise<void> | undefined
  const changed = () => new Promise<void>(resolve => (wake = resolve))
  const write = async () => {
    await new Promise(later => setTimeout(later, GATHER_MS))
    while (ended.length > 0) await conclude(ended.splice(0), now())
  }
  const keep = (conclusion: Conclusion) => {
    ended.push(conclusion)
    writing ??= write()
      .catch((error: unknown) => log.error({ error }, 'reminders that ended are not written down'))
      .finally(() => (writing = undefined))
  }
  const make = async (reminder: Waiting, holder: string, address: string) => {
    underWay += 1
    keep({ reminder, holder, ended: await attempt(reminder, address, channel, log), held: channel.template })
    underWay -= 1
    wake()
  }
  return {
    room: async attempts => {
      while (underWay + attempts > MOST) await changed()
    },
    start: ({ holder, allowed, forbidden }, addresses) => {
      for (const reminder of forbidden) keep({ reminder, holder, ended: NOT_ALLOWED, held: null })
      for (const reminder of allowed) void make(reminder, holder, addresses.get(idText(reminder.cadre)) ?? '')
    },
    idle: async () => {
      while (underWay > 0) await changed()
      while (writing) await writing
    },
  }
}

async function attempt(reminder: Waiting, address: string, channel: Channel, log: Log): Promise<Ended> {
  const { kind, title, text, day, slot, page } = reminder
  try {
    return await channel.send(address, kind, { title, text, day, slot }, page)
  } catch (error) {
    log.warn({ error, reminder: idText(reminder._id) }, 'a reminder may have been sent')
    return LOST
  }
}

/**
 * Writes down how attempts ended, also of those that took so long that they were thought lost. What they held is settled
 * first: a crash in between leaves an attempt `unknown`, and no permission under its name.
 */
async function conclude(conclusions: readonly Conclusion[], now: Date): Promise<void> {
  const held = conclusions.flatMap(({ held: template, reminder, holder, ended }) =>
    template === null
      ? []
      : [{ cadre: reminder.cadre, holder, template, settlement: settlementAfter(ended) }],
  )
  for (const group of grouped(held, one => [`${one.settlement} ${one.template}`, one]).values()) {
    const [{ template, settlement }] = group as [(typeof held)[0]]
    await settle(group, template, settlement)
  }
  const changes = grouped(conclusions, ({ reminder, holder, ended }) => {
    const change = changeAfter(ended, reminder.tries + 1, reminder.day, now)
    return [JSON.stringify(change), { change, holder, _id: reminder._id }]
  })
  await Reminder.collection.bulkWrite(
    [...changes.values()].map(group => ({
      updateMany: {
        filter: {
          _id: { $in: group.map(({ _id }) => _id) },
          holder: { $in: [...new Set(group.map(({ holder }) => holder))] },
          state: { $in: UNDER_WAY },
        },
        update: { $set: group[0]?.change ?? {} },
      },
    })),
    { ordered: false },
  )
}
