import { dayOf, timeOf } from '#shared/day'
import { HOLIDAYS } from '#shared/holiday-calendar'
import type { Log } from '../base/log.ts'
import { idText, isDuplicate } from '../base/mongo.ts'
import type { Run } from '../base/once.ts'
import { today } from '../quiz/service.ts'
import { workOf } from './day-work.ts'
import { type Choice, choiceFor, type Learned, narrowed, nothingLearned } from './learning.ts'
import { roundOf } from './learning-service.ts'
import { Reminder, ReminderWish } from './model.ts'
import { pageOf } from './page.ts'
import { type Due, dueAt, isWanted, type Wishes } from './plan.ts'
import { wordsOf } from './wording.ts'

/** Cadres after which planning keeps its place. */
const BATCH = 100
/** Cadres planned for at the same time. */
const AT_ONCE = 4

export interface Planning extends Run {
  now: () => Date
  log: Log
  /** The installation allows learning. */
  learning?: boolean | undefined
}

/** Plans the reminders that are due, in batches that go on where an earlier run stopped. */
export async function planReminders({
  cursor,
  keep,
  now,
  log,
  learning: allowed = false,
}: Planning): Promise<void> {
  for (let after = cursor; ;) {
    const batch = await ReminderWish.find({
      on: true,
      times: { $lte: timeOf(now()) },
      ...(after !== null && { cadre: { $gt: after } }),
    })
      .sort({ cadre: 1 })
      .limit(BATCH)
      .lean()
    const last = batch.at(-1)
    if (!last) return
    const cadres = batch.map(({ cadre, pausedUntil = null, learning, learned, ...wishes }) => ({
      cadreId: idText(cadre),
      wishes: { ...wishes, learning: allowed && learning === true, pausedUntil },
      learned: { ...nothingLearned, ...learned },
    }))
    await planAll(cadres, now, log)
    after = idText(last.cadre)
    await keep(after)
  }
}

interface Planned {
  cadreId: string
  wishes: Wishes
  learned: Learned
}

/** One cadre whose plan fails does not keep the others waiting. */
async function planAll(cadres: Planned[], now: () => Date, log: Log): Promise<void> {
  const planOneByOne = async () => {
    for (let next = cadres.shift(); next; next = cadres.shift()) {
      const { cadreId } = next
      await plan(next, now()).catch((error: unknown) => log.error({ error, cadreId }, 'reminder not planned'))
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, planOneByOne))
}

async function plan({ cadreId, wishes, learned }: Planned, now: Date): Promise<void> {
  if (!isWanted(now, wishes, HOLIDAYS)) return
  const day = dayOf(now)
  const planned = await Reminder.find({ cadre: cadreId, day }, { slot: 1, key: 1 }).lean()
  const choice = wishes.learning ? choiceFor(cadreId, day, wishes, learned) : null
  const wanted = choice ? narrowed(wishes, choice, planned) : wishes
  const due = dueAt(now, { wishes: wanted, planned, ...workOf(await today({ cadreId, now })) }, HOLIDAYS)
  if (due) await add(cadreId, due, { choice, number: planned.length + 1, now })
}

/** Who plans the same at the same time finds it planned. */
async function add(
  cadreId: string,
  { slot, matter }: Due,
  { choice, number, now }: { choice: Choice | null; number: number; now: Date },
): Promise<void> {
  const day = dayOf(now)
  const { kind, key } = matter
  const words = wordsOf(matter, choice?.wording)
  try {
    await Reminder.create({
      ...{ cadre: cadreId, day, slot, number, kind, key, ...words },
      ...{ page: pageOf(matter), at: now },
      ...{ state: 'waiting', notBefore: now, tries: 0 },
      ...roundOf(choice, kind),
    })
  } catch (error) {
    const planned =
      isDuplicate(error, ['cadre', 'day', 'number']) || isDuplicate(error, ['cadre', 'day', 'slot'])
    if (!planned) throw error
  }
}
