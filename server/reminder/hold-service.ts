import type { Types } from 'mongoose'
import { grouped } from '../base/grouped.ts'
import { idText, read } from '../base/mongo.ts'
import type { ReminderKind } from '#shared/reminder'
import type { Settlement } from './conclusion.ts'
import { Reminder, ReminderQuota } from './model.ts'
import { keptBack } from './quota.ts'

/** A reminder that is to be sent, under its holder's hands. */
interface Claimed {
  cadre: Types.ObjectId
  kind: ReminderKind
  day: string
}

/**
 * Takes one permission for each of these reminders, one to a cadre, where more are left than are kept for others that
 * matter more. It stands under the name of the attempts' holder until it is settled, so that a crash loses and doubles
 * nothing. Answers the cadres who had one.
 */
export async function holdPermissions(
  claimed: readonly Claimed[],
  { template, holder }: { template: string; holder: string },
): Promise<ReadonlySet<string>> {
  const cadre = { $in: claimed.map(one => one.cadre) }
  const rivals = await rivalsOf(claimed)
  const byKept = grouped(claimed, one => [keptBack(one.kind, rivals.get(idText(one.cadre)) ?? []), one.cadre])
  for (const [kept, cadres] of byKept)
    await ReminderQuota.collection.updateMany(
      { cadre: { $in: cadres }, template, left: { $gt: kept } },
      { $inc: { left: -1 }, $set: { heldBy: holder } },
    )
  const held = await read<{ cadre: Types.ObjectId }>(
    ReminderQuota,
    { cadre, template, heldBy: holder },
    { projection: { _id: 0, cadre: 1 } },
  )
  return new Set(held.map(one => idText(one.cadre)))
}

/** The kinds of the other reminders that wait for the same cadres. */
async function rivalsOf(claimed: readonly Claimed[]): Promise<ReadonlyMap<string, ReminderKind[]>> {
  const filter = {
    cadre: { $in: claimed.map(({ cadre }) => cadre) },
    day: { $in: [...new Set(claimed.map(({ day }) => day))] },
    state: 'waiting',
  }
  const waiting = await read<{ cadre: Types.ObjectId; kind: ReminderKind }>(Reminder, filter, {
    projection: { _id: 0, cadre: 1, kind: 1 },
  })
  return grouped(waiting, ({ cadre, kind }) => [idText(cadre), kind])
}

const changes: Record<Settlement, object> = {
  used: { $set: { heldBy: null } },
  'given-back': { $set: { heldBy: null }, $inc: { left: 1 } },
  emptied: { $set: { heldBy: null, left: 0 } },
}

/** Settles what these cadres' attempts held, once, however often it is said. */
export async function settle(
  held: readonly { cadre: Types.ObjectId; holder: string }[],
  template: string,
  settlement: Settlement,
): Promise<void> {
  const cadre = { $in: held.map(one => one.cadre) }
  const heldBy = { $in: [...new Set(held.map(({ holder }) => holder))] }
  await ReminderQuota.collection.updateMany({ cadre, template, heldBy }, changes[settlement])
}
