import { Types } from 'mongoose'
import { addDays, dayOf } from '#shared/day'
import type { Call, Reply } from '#shared/endpoint'
import type { reminderApi } from '#shared/reminder'
import { idText, isDuplicate, read } from '../base/mongo.ts'
import { forgetRounds } from './learning-service.ts'
import { ReminderWish } from './model.ts'
import { defaultWishes, type Wishes } from './plan.ts'

type Lines = typeof reminderApi
type Shown = Omit<Reply<Lines['GET /reminders']>, 'channel' | 'permission' | 'learnable'>
type Settings = Call<Lines['PUT /reminders']>['body']

/** Who asks, and when. */
interface Asked {
  cadreId: string
  now: Date
}

/** A cadre's wishes; those of who never said any are the defaults, which remind of nothing. */
async function wishesOf(cadreId: string): Promise<Wishes> {
  const found = await ReminderWish.findOne({ cadre: cadreId }).lean()
  return found
    ? { ...found, learning: found.learning ?? false, pausedUntil: found.pausedUntil ?? null }
    : defaultWishes
}

/** The wishes of each of these cadres. */
export async function allWishesOf(cadreIds: readonly string[]): Promise<(cadreId: string) => Wishes> {
  const cadre = { $in: cadreIds.map(id => new Types.ObjectId(id)) }
  const found = await read<Wishes & { cadre: Types.ObjectId }>(ReminderWish, { cadre })
  const known = new Map(found.map(wishes => [idText(wishes.cadre), wishes]))
  return cadreId => known.get(cadreId) ?? defaultWishes
}

/** A cadre's wishes as the settings page shows them. */
export async function remindersOf({ cadreId, now }: Asked): Promise<Shown> {
  const { on, kinds, times, days, holidays, learning, pausedUntil } = await wishesOf(cadreId)
  const over = pausedUntil !== null && pausedUntil <= dayOf(now)
  return {
    ...{ on, holidays, learning, pausedUntil: over ? null : pausedUntil },
    ...{ kinds: [...kinds], times: [...times].sort(), days: [...days].sort((a, b) => a - b) },
  }
}

/** PUT /reminders: a pause goes on. What was learned is deleted when that is not allowed any more. */
export async function setWishes({
  cadreId,
  settings,
}: { cadreId: string } & { settings: Settings }): Promise<void> {
  await write(cadreId, settings)
  if (!settings.learning) await forgetRounds(cadreId)
}

/** POST /reminders/pause */
export async function pauseReminders({ cadreId, now, days }: Asked & { days: number }): Promise<void> {
  await write(cadreId, { pausedUntil: days > 0 ? addDays(dayOf(now), days) : null })
}

/** Two first writes at once make one. */
async function write(cadreId: string, change: Partial<Wishes>): Promise<void> {
  const unsaid = Object.entries(defaultWishes).filter(([name]) => !(name in change))
  const forget = change.learning === false && { $unset: { learned: 1 } }
  const update = { $set: change, $setOnInsert: Object.fromEntries(unsaid), ...forget }
  try {
    await ReminderWish.updateOne({ cadre: cadreId }, update, { upsert: true })
  } catch (error) {
    if (!isDuplicate(error, ['cadre'])) throw error
    await ReminderWish.updateOne({ cadre: cadreId }, { $set: change, ...forget })
  }
}
