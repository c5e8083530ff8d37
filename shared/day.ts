/** A calendar day in Beijing time, `2026-11-23`. Papers, points, caps and goals all turn over at its midnight. */
export type Day = string

const BEIJING_OFFSET_MS = 8 * 60 * 60 * 1000
const DAY_MS = 24 * 60 * 60 * 1000

/** The Beijing day a moment falls on. China has kept one zone without daylight saving since 1992. */
export const dayOf = (moment: Date): Day =>
  new Date(moment.getTime() + BEIJING_OFFSET_MS).toISOString().slice(0, 10)

/** The Beijing time of day, `07:30`. */
export const timeOf = (moment: Date): string =>
  new Date(moment.getTime() + BEIJING_OFFSET_MS).toISOString().slice(11, 16)

/** The moment a Beijing day begins. */
export const startOf = (day: Day): Date => new Date(Date.parse(day) - BEIJING_OFFSET_MS)

/** The day `count` days after `day`; a negative count goes back. */
export const addDays = (day: Day, count: number): Day =>
  new Date(Date.parse(day) + count * DAY_MS).toISOString().slice(0, 10)

/** Whole days from `earlier` to `later`; negative when they are the other way round. */
export const daysFrom = (earlier: Day, later: Day): number =>
  Math.round((Date.parse(later) - Date.parse(earlier)) / DAY_MS)

/** The Monday of the week `day` lies in. */
export const mondayOf = (day: Day): Day => addDays(day, -((new Date(Date.parse(day)).getUTCDay() + 6) % 7))

/** 1 for Monday to 7 for Sunday. */
export const weekdayOf = (day: Day): number => daysFrom(mondayOf(day), day) + 1

/** The month of a day, `2026-11`. */
export const monthOf = (day: Day): string => day.slice(0, 7)

/** The day `count` working days (Monday to Friday; public holidays are not known here) after `day`. */
export function addWorkdays(day: Day, count: number): Day {
  let at = day
  for (let left = count; left > 0;) {
    at = addDays(at, 1)
    if (isWorkday(at)) left -= 1
  }
  return at
}

const isWorkday = (day: Day): boolean => daysFrom(mondayOf(day), day) < 5
