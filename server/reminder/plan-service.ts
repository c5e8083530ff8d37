import { Types } from 'mongoose'
import { dayOf } from '#shared/day'
import { HOLIDAYS } from '#shared/holiday-calendar'
import { grouped } from '../base/grouped.ts'
import type { Log } from '../base/log.ts'
import { idText, insertNew, read } from '../base/mongo.ts'
import type { Run } from '../base/once.ts'
import { outlooksOf } from '../quiz/service.ts'
import { openWork } from './day-work.ts'
import { type Choice, choiceFor, type Learned, narrowed, nothingLearned } from './learning.ts'
import { roundOf } from './learning-service.ts'
import { Reminder, ReminderWish } from './model.ts'
import { pageOf } from './page.ts'
import { type Due, dueAt, openSlot, type Wishes } from './plan.ts'
import { wordsOf } from './wording.ts'

/** Cadres after which planning keeps its place. */
const BATCH = 250

export interface Planning extends Run {
  now: () => Date
  log: Log
  /** The installation allows learning. */
  learning?: boolean | undefined
}

/** Plans the reminders that are due, looking at all who want some, in batches that go on where an earlier run stopped. */
export async function planReminders({ cursor, keep, now, log, learning = false }: Planning): Promise<void> {
  for (let after = cursor; ;) {
    const batch = await read<StoredWishes>(
      ReminderWish,
      { on: true, ...(after !== null && { cadre: { $gt: new Types.ObjectId(after) } }) },
      { sort: { cadre: 1 }, limit: BATCH },
    )
    const last = batch.at(-1)
    if (!last) return
    await plan(batch, { now: now(), log, learning })
    after = idText(last.cadre)
    await keep(after)
  }
}

type StoredWishes = Wishes & { cadre: Types.ObjectId; learned?: Learned }

/** A cadre who may be reminded, and what was planned on the day. */
interface Candidate {
  cadreId: string
  wishes: Wishes
  planned: { slot: string; key: string }[]
  /** What is chosen for the day; null where nothing is learned. */
  choice: Choice | null
}

async function plan(
  batch: readonly StoredWishes[],
  { now, log, learning }: { now: Date; log: Log; learning: boolean },
): Promise<void> {
  const planned = await plannedOn(
    dayOf(now),
    batch.map(({ cadre }) => cadre),
  )
  const candidates = batch
    .map(wishes => candidateOf(wishes, planned.get(idText(wishes.cadre)) ?? [], { now, learning }))
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
      const due = outlook && dueAt(now, { ...candidate, matters: openWork(outlook) }, HOLIDAYS)
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

/** Where learning is allowed by both, only what is chosen for the day reminds. */
function candidateOf(
  wishes: StoredWishes,
  planned: Candidate['planned'],
  { now, learning }: { now: Date; learning: boolean },
): Candidate {
  const cadreId = idText(wishes.cadre)
  const learns = learning && wishes.learning
  const choice = learns ? choiceFor(cadreId, dayOf(now), wishes, wishes.learned ?? nothingLearned) : null
  return { cadreId, wishes: choice ? narrowed(wishes, choice, planned) : wishes, planned, choice }
}

async function plannedOn(day: string, cadres: Types.ObjectId[]): Promise<Map<string, Candidate['planned']>> {
  const found = await read<{ cadre: Types.ObjectId; slot: string; key: string }>(
    Reminder,
    { cadre: { $in: cadres }, day },
    { projection: { _id: 0, cadre: 1, slot: 1, key: 1 } },
  )
  return grouped(found, ({ cadre, slot, key }) => [idText(cadre), { slot, key }])
}

function reminderOf({ cadreId, planned, choice }: Candidate, { slot, matter }: Due, now: Date) {
  const { kind, key } = matter
  return {
    ...{ cadre: new Types.ObjectId(cadreId), day: dayOf(now), slot, number: planned.length + 1 },
    ...{ kind, key, ...wordsOf(matter, choice?.wording), page: pageOf(matter), at: now, readAt: null },
    ...{ state: 'waiting', notBefore: now, tries: 0, holder: null, attemptedAt: null, lease: null },
    ...{ channel: null, template: null, reason: null, messageId: null },
    ...roundOf(choice, kind),
  }
}
