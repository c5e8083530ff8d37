import { type Day, dayOf, timeOf, weekdayOf } from '#shared/day'
import { type HolidayCalendar, isHoliday, isMadeUp } from '#shared/holiday-calendar'
import { ReminderKind } from '#shared/reminder'

/** When and of what a cadre wants to be reminded. */
export interface Wishes {
  on: boolean
  kinds: readonly ReminderKind[]
  /** `07:30`, in Beijing time. */
  times: readonly string[]
  /** 1 for Monday to 7 for Sunday. */
  days: readonly number[]
  /** Also on public holidays. */
  holidays: boolean
  /** Which of the times and which wording help may be learned. */
  learning: boolean
  /** The first day after a pause. */
  pausedUntil: Day | null
}

/** Something a cadre may be reminded of. */
export interface Matter {
  kind: ReminderKind
  /** The same for the same thing on the same day. */
  key: string
  /** What it is about, such as a lesson's title. */
  subject: string
  /** How many questions are left or due, where they are counted. */
  count: number
}

/** All that decides about a reminder at a moment. */
export interface Situation {
  wishes: Wishes
  /** What is still open. */
  matters: readonly Matter[]
  /** What was planned on this day. */
  planned: readonly { slot: string; key: string }[]
}

/** A reminder that is due, for one of the cadre's times. */
export interface Due {
  slot: string
  matter: Matter
}

/** design/product.md: before, at noon and after work; off until it is switched on. */
export const defaultWishes: Wishes = {
  on: false,
  kinds: ReminderKind.options,
  times: ['07:30', '12:30', '20:00'],
  days: [1, 2, 3, 4, 5],
  holidays: false,
  learning: false,
  pausedUntil: null,
}

export const MOST_A_DAY = 2
/** A process that comes later than this does not remind for the time that has passed. */
const LATE_MINUTES = 29
const QUIET_FROM = '22:00'
const QUIET_TO = '07:00'
const WORKING_DAYS = 5

/** Nobody is reminded between ten in the evening and seven in the morning, whatever was chosen. */
export const isQuiet = (moment: Date): boolean => isQuietTime(timeOf(moment))

/** As `isQuiet`, for a time of the day such as `07:30`. */
export const isQuietTime = (time: string): boolean => time >= QUIET_FROM || time < QUIET_TO

/** The one reminder that is due at a moment, of what matters most; null when there is none. */
export function dueAt(moment: Date, situation: Situation, calendar: HolidayCalendar): Due | null {
  const { wishes, matters, planned } = situation
  const slot = openSlot(moment, situation, calendar)
  if (slot === null) return null
  const open = matters.filter(
    ({ kind, key }) => wishes.kinds.includes(kind) && !planned.some(one => one.key === key),
  )
  const [matter] = open.sort((a, b) => rankOf(a.kind) - rankOf(b.kind))
  return matter ? { slot, matter } : null
}

/** The cadre's time a reminder may be planned for at a moment, whatever there is to remind of; null when there is none. */
export function openSlot(
  moment: Date,
  { wishes, planned }: Pick<Situation, 'wishes' | 'planned'>,
  calendar: HolidayCalendar,
): string | null {
  if (!isWanted(moment, wishes, calendar) || planned.length >= MOST_A_DAY) return null
  const slot = slotAt(moment, wishes.times)
  return planned.some(one => one.slot === slot) ? null : slot
}

/** Whether a cadre may be reminded at all at a moment: it is switched on, not paused, not quiet, on a day that was chosen. */
export const isWanted = (moment: Date, wishes: Wishes, calendar: HolidayCalendar): boolean =>
  wishes.on && !isQuiet(moment) && isChosenDay(dayOf(moment), wishes, calendar)

/** A weekend that is worked instead counts as a working day, and no public holiday as any day of the week. */
function isChosenDay(day: Day, { days, holidays, pausedUntil }: Wishes, calendar: HolidayCalendar): boolean {
  if (pausedUntil !== null && day < pausedUntil) return false
  if (isHoliday(day, calendar)) return holidays
  if (isMadeUp(day, calendar) && days.some(chosen => chosen <= WORKING_DAYS)) return true
  return days.includes(weekdayOf(day))
}

/** The latest chosen time that has come, unless it is long ago. */
function slotAt(moment: Date, times: readonly string[]): string | null {
  const now = minutesOf(timeOf(moment))
  const [latest] = times.filter(time => minutesOf(time) <= now).sort((a, b) => minutesOf(b) - minutesOf(a))
  return latest !== undefined && now - minutesOf(latest) <= LATE_MINUTES ? latest : null
}

/** 0 for the kind that matters most. */
export const rankOf = (kind: ReminderKind): number => ReminderKind.options.indexOf(kind)

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
