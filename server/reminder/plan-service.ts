import { Types } from 'mongoose'
import { dayOf } from '#shared/day'
import { HOLIDAYS } from '#shared/holiday-calendar'
import { grouped } from '../base/grouped.ts'
import type { Log } from '../base/log.ts'
import { idText, insertNew, read } from '../base/mongo.ts'
import type { Run } from '../base/once.ts'
import { outlooksOf } from '../quiz/service.ts'
import { workOf } from './day-work.ts'
import { Reminder, ReminderWish } from './model.ts'
import { pageOf } from './page.ts'
import { type Due, dueAt, openSlot, type Wishes } from './plan.ts'
import { wordsOf } from './wording.ts'

/** Cadres after which planning keeps its place. */
const BATCH = 250

export interface Planning extends Run {
  now: () => Date
  log: Log
}

/** Plans the reminders that are due, looking at all who want some, in batches that go on where an earlier run stopped. */
export async function planReminders({ cursor, keep, now, log }: Planning): Promise<void> {
  for (let after = cursor; ;) {
    const batch = await read<StoredWishes>(
      ReminderWish,
      { on: true, ...(after !== null && { cadre: { $gt: new Types.ObjectId(after) } }) },
      { sort: { cadre: 1 }, limit: BATCH },
    )
    const last = batch.at(-1)
    if (!last) return
    await plan(batch, now(), log)
    after = idText(last.cadre)
    await keep(after)
  }
}

type StoredWishes = Wishes & { cadre: Types.ObjectId }

/** A cadre who may be reminded, and what was planned on the day. */
interface Candidate {
  cadreId: string
  wishes: Wishes
  planned: { slot: string; key: string }[]
}

async function plan(batch: readonly StoredWishes[], now: Date, log: Log): Promise<void> {
  const planned = await plannedOn(
    dayOf(now),
    batch.map(({ cadre }) => cadre),
  )
  const candidates = batch
    .map(wishes => ({ wishes, cadreId: idText(wishes.cadre) }))
    .map(one => ({ ...one, planned: planned.get(one.cadreId) ?? [] }))
    .filter(candidate => openSlot(now, candidate, HOLIDAYS) !== null)
  if (candidates.length === 0) return
  const outlooks = await outlooksOf(
    candidates.map(({ cadreId }) => cadreId),
    now,
  )
  const reminders = candidates.flatMap(candidate => {
    const { cadreId } = candidate
    const outlook = outlooks.get(cadreId)
    try {
      const due = outlook && dueAt(now, { ...candidate, ...workOf(outlook) }, HOLIDAYS)
      return due ? [reminderOf(candidate, due, now)] : []
    } catch (error) {
      log.error({ error, cadreId }, 'reminder not planned')
      return []
    }
  })
  // Who plans the same at the same time finds it planned.
  await insertNew(Reminder, reminders, [
    ['cadre', 'day', 'number'],
    ['cadre', 'day', 'slot'],
  ])
}

async function plannedOn(day: string, cadres: Types.ObjectId[]): Promise<Map<string, Candidate['planned']>> {
  const found = await read<{ cadre: Types.ObjectId; slot: string; key: string }>(
    Reminder,
    { cadre: { $in: cadres }, day },
    { projection: { _id: 0, cadre: 1, slot: 1, key: 1 } },
  )
  return grouped(found, ({ cadre, slot, key }) => [idText(cadre), { slot, key }])
}

function reminderOf({ cadreId, planned }: Candidate, { slot, matter }: Due, now: Date) {
  const { kind, key } = matter
  return {
    ...{ cadre: new Types.ObjectId(cadreId), day: dayOf(now), slot, number: planned.length + 1 },
    ...{ kind, key, ...wordsOf(matter), page: pageOf(matter), at: now, readAt: null },
    ...{ state: 'waiting', notBefore: now, tries: 0, holder: null, attemptedAt: null, lease: null },
    ...{ channel: null, template: null, reason: null, messageId: null },
  }
}
