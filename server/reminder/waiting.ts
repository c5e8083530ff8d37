import type { Types } from 'mongoose'
import { HOLIDAYS } from '#shared/holiday-calendar'
import type { ReminderKind, ReminderState } from '#shared/reminder'
import type { Outlook } from '../quiz/service.ts'
import { openWork } from './day-work.ts'
import { isQuiet, isWanted, type Wishes } from './plan.ts'

/** A reminder that waits to be sent. */
export interface Waiting {
  _id: Types.ObjectId
  cadre: Types.ObjectId
  kind: ReminderKind
  key: string
  day: string
  slot: string
  title: string
  text: string
  page: string
  at: Date
  tries: number
}

/** A reminder that comes later than this has lost its sense. */
const LATE_MS = 90 * 60_000

/** Whether it came too late. */
export const isLate = ({ at }: Pick<Waiting, 'at'>, now: Date): boolean =>
  now.getTime() - at.getTime() > LATE_MS || isQuiet(now)

/** Whether the cadre still wants to be reminded of such a thing. */
export const isStillWanted = ({ kind }: Pick<Waiting, 'kind'>, wishes: Wishes, now: Date): boolean =>
  isWanted(now, wishes, HOLIDAYS) && wishes.kinds.includes(kind)

/** Whether what it reminds of is still to be done. */
export const isStillOpen = ({ key }: Pick<Waiting, 'key'>, outlook: Outlook): boolean =>
  openWork(outlook).some(matter => matter.key === key)

/** What a reminder that needs no attempt ends as. */
export type EndedBefore = Extract<ReminderState, 'late' | 'overtaken' | 'inbox'>
