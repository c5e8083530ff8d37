import { daysFrom } from '#shared/day'
import type { Day } from '#shared/day'
import type { Reminders } from './reminders.ts'

/** When this device last asked for a permission, and when it was last refused. */
export interface AskedBefore {
  day: Day
  rejectedOn: Day | null
}

/** With so many left there is nothing to ask for at the end of a quiz. */
const ENOUGH = 2
/** Who refuses is left alone so long. */
const QUIET_DAYS = 7

/** Whether the end of today's quiz may offer to ask WeChat: where it helps, once a day, and not soon after a refusal. */
export function isAskingDue({ on, permission }: Reminders, before: AskedBefore | null, day: Day): boolean {
  if (!on || permission === null || permission.left >= ENOUGH) return false
  if (before === null) return true
  const refused = before.rejectedOn !== null && daysFrom(before.rejectedOn, day) < QUIET_DAYS
  return before.day !== day && !refused
}

/** What is remembered after asking. */
export const askedOn = (day: Day, rejected: boolean, before: AskedBefore | null): AskedBefore => ({
  day,
  rejectedOn: rejected ? day : (before?.rejectedOn ?? null),
})
