import { addDays, dayOf, startOf, timeOf, weekdayOf } from '#shared/day'
import type { Day } from '#shared/day'

/** When the phone's own calendar rings: at one time, on some days of the week, up to a last day. */
export interface Ringing {
  /** `07:30`, in Beijing time. */
  time: string
  /** 1 for Monday to 7 for Sunday. */
  days: readonly number[]
  last: Day
}

/** An event as `addPhoneRepeatCalendar` takes it; moments in seconds. */
export interface PhoneEvent {
  startTime: number
  repeatInterval: 'day' | 'week'
  repeatEndTime: number
}

/** RFC 5545, 3.3.10 */
const ICS_DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']

/** What the event is called. */
export const EVENT_TITLE = '日知：今日一课五题'
/** What is written into it. */
export const EVENT_NOTE = '打开日知学一会儿；当天已经学完就不用理会。'

/** The day so many months after `day`, or the last one of a shorter month. */
export function monthsAfter(day: Day, months: number): Day {
  const [year = 0, month = 0, number = 0] = day.split('-').map(Number)
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 + months, Math.min(number, last))).toISOString().slice(0, 10)
}

/** One event for every day, or one for each day of the week: the phone takes no other rule. */
export function eventsOf({ time, days, last }: Ringing, now: Date): PhoneEvent[] {
  const repeatEndTime = secondsOf(endOf(last))
  const starts = (chosen: readonly number[]): number => secondsOf(nextRing(time, chosen, now))
  if (days.length === ICS_DAYS.length)
    return [{ startTime: starts(days), repeatInterval: 'day', repeatEndTime }]
  return days.map(day => ({ startTime: starts([day]), repeatInterval: 'week', repeatEndTime }))
}

/** The same as a calendar file. The same rule has the same name, so that a second import replaces the first. */
export function icsOf({ time, days, last }: Ringing, now: Date): string {
  const all = days.length === ICS_DAYS.length
  const named = ICS_DAYS.filter((_, at) => days.includes(at + 1)).join(',')
  const rule = all ? 'FREQ=DAILY' : `FREQ=WEEKLY;BYDAY=${named}`
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Rizhi//Reminder//ZH',
    'BEGIN:VTIMEZONE',
    'TZID:Asia/Shanghai',
    'BEGIN:STANDARD',
    'DTSTART:19700101T000000',
    'TZOFFSETFROM:+0800',
    'TZOFFSETTO:+0800',
    'END:STANDARD',
    'END:VTIMEZONE',
    'BEGIN:VEVENT',
    `UID:rizhi-${time.replace(':', '')}-${[...days].sort((a, b) => a - b).join('')}`,
    `DTSTAMP:${utc(now)}`,
    `DTSTART;TZID=Asia/Shanghai:${local(nextRing(time, days, now))}`,
    'DURATION:PT5M',
    `RRULE:${rule};UNTIL=${utc(endOf(last))}`,
    `SUMMARY:${EVENT_TITLE}`,
    `DESCRIPTION:${EVENT_NOTE}`,
    'BEGIN:VALARM',
    'ACTION:DISPLAY',
    'TRIGGER:PT0M',
    `DESCRIPTION:${EVENT_TITLE}`,
    'END:VALARM',
    'END:VEVENT',
    'END:VCALENDAR',
  ]
  return lines.map(line => `${line}\r\n`).join('')
}

/** The next moment after `now` at this time on one of these days, of which there is at least one. */
function nextRing(time: string, days: readonly number[], now: Date): Date {
  const at = (day: Day): Date => new Date(startOf(day).getTime() + minutesOf(time) * 60_000)
  let day = dayOf(now)
  while (!days.includes(weekdayOf(day)) || at(day) <= now) day = addDays(day, 1)
  return at(day)
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
/** The last second of a Beijing day. */
const endOf = (day: Day): Date => new Date(startOf(addDays(day, 1)).getTime() - 1000)
const secondsOf = (moment: Date): number => Math.floor(moment.getTime() / 1000)
/** `20261123T233000Z` */
const utc = (moment: Date): string => `${moment.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`
/** `20261124T073000`, as a Beijing clock shows it. */
const local = (moment: Date): string =>
  `${dayOf(moment).replace(/-/g, '')}T${timeOf(moment).replace(':', '')}00`
