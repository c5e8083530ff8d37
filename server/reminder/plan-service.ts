import { dayOf, timeOf } from '#shared/day'
import { HOLIDAYS } from '#shared/holiday-calendar'
import type { Log } from '../base/log.ts'
import { idText, isDuplicate } from '../base/mongo.ts'
import type { Run } from '../base/once.ts'
import { today } from '../quiz/service.ts'
import { workOf } from './day-work.ts'
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
}

/** Plans the reminders that are due, in batches that go on where an earlier run stopped. */
export async function planReminders({ cursor, keep, now, log }: Planning): Promise<void> {
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
    const cadres = batch.map(({ cadre, pausedUntil = null, learning = false, ...wishes }) => ({
      cadreId: idText(cadre),
      wishes: { ...wishes, learning: learning ?? false, pausedUntil },
    }))
    await planAll(cadres, now, log)
    after = idText(last.cadre)
    await keep(after)
  }
}

interface Planned {
  cadreId: string
  wishes: Wishes
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

async function plan({ cadreId, wishes }: Planned, now: Date): Promise<void> {
  if (!isWanted(now, wishes, HOLIDAYS)) return
  const day = dayOf(now)
  const planned = await Reminder.find({ cadre: cadreId, day }, { slot: 1, key: 1 }).lean()
  const due = dueAt(now, { wishes, planned, ...workOf(await today({ cadreId, now })) }, HOLIDAYS)
  if (due) await add(cadreId, due, planned.length + 1, now)
}

/** Who plans the same at the same time finds it planned. */
async function add(cadreId: string, { slot, matter }: Due, number: number, now: Date): Promise<void> {
  const day = dayOf(now)
  const { kind, key } = matter
  const words = wordsOf(matter)
  try {
    await Reminder.create({
      ...{ cadre: cadreId, day, slot, number, kind, key, ...words },
      ...{ page: pageOf(matter), at: now },
      ...{ state: 'waiting', notBefore: now, tries: 0 },
    })
  } catch (error) {
    const planned =
      isDuplicate(error, ['cadre', 'day', 'number']) || isDuplicate(error, ['cadre', 'day', 'slot'])
    if (!planned) throw error
  }
}
