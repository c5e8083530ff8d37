import { addDays, daysFrom, type Day, mondayOf } from './day.ts'

/** The public holidays of a year: days off, and weekends that are worked instead. */
export interface HolidayYear {
  /** Where the arrangement is published. */
  source: string
  /** First and last days off. */
  off: readonly (readonly [first: Day, last: Day])[]
  worked: readonly Day[]
}

export type HolidayCalendar = ReadonlyMap<number, HolidayYear>

/** The arrangements of the State Council's General Office; a new year is added when it is published, in November. */
export const HOLIDAYS: HolidayCalendar = new Map([
  [
    2025,
    {
      source: 'gov.cn, 2024-11-12',
      off: [
        ['2025-01-01', '2025-01-01'],
        ['2025-01-28', '2025-02-04'],
        ['2025-04-04', '2025-04-06'],
        ['2025-05-01', '2025-05-05'],
        ['2025-05-31', '2025-06-02'],
        ['2025-10-01', '2025-10-08'],
      ],
      worked: ['2025-01-26', '2025-02-08', '2025-04-27', '2025-09-28', '2025-10-11'],
    },
  ],
  [
    2026,
    {
      source: 'gov.cn, 2025-11-04',
      off: [
        ['2026-01-01', '2026-01-03'],
        ['2026-02-15', '2026-02-23'],
        ['2026-04-04', '2026-04-06'],
        ['2026-05-01', '2026-05-05'],
        ['2026-06-19', '2026-06-21'],
        ['2026-09-25', '2026-09-27'],
        ['2026-10-01', '2026-10-07'],
      ],
      worked: ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'],
    },
  ],
])

export const isKnownYear = (day: Day, calendar: HolidayCalendar): boolean => calendar.has(yearOf(day))

/** Whether a day is worked; of a year without an arrangement only weekends are known. */
export function isWorked(day: Day, calendar: HolidayCalendar): boolean {
  if (isMadeUp(day, calendar)) return true
  if (isHoliday(day, calendar)) return false
  return daysFrom(mondayOf(day), day) < 5
}

/** Whether a day is off by a year's arrangement; an ordinary weekend is not. */
export const isHoliday = (day: Day, calendar: HolidayCalendar): boolean =>
  calendar.get(yearOf(day))?.off.some(([first, last]) => first <= day && day <= last) ?? false

/** Whether a day is worked by a year's arrangement though it is a weekend. */
export const isMadeUp = (day: Day, calendar: HolidayCalendar): boolean =>
  calendar.get(yearOf(day))?.worked.includes(day) ?? false

/** The first worked day from `day` on. */
export function nextWorked(day: Day, calendar: HolidayCalendar): Day {
  let at = day
  while (!isWorked(at, calendar)) at = addDays(at, 1)
  return at
}

const yearOf = (day: Day): number => Number(day.slice(0, 4))
