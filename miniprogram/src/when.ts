import { addDays, dayOf, daysFrom, mondayOf } from '#shared/day'
import type { Day } from '#shared/day'

const WEEKDAYS = ['周日', '周一', '周二', '周三', '周四', '周五', '周六']

/** The day it is now in Beijing. */
export const today = (): Day => dayOf(new Date())

/** 周一 … 周日 */
export const weekday = (day: Day): string => WEEKDAYS[new Date(Date.parse(day)).getUTCDay()] ?? ''

/** 11月20日; with the year when it is another one than `now`'s. */
export function date(day: Day, now: Day = today()): string {
  const [year = '', month = '', number = ''] = day.split('-')
  const short = `${Number(month)}月${Number(number)}日`
  return year === now.slice(0, 4) ? short : `${year}年${short}`
}

/** A day behind us as people say it: 今天, 昨天, 11月20日 周五. */
export function past(day: Day, now: Day = today()): string {
  const ago = daysFrom(day, now)
  if (ago === 0) return '今天'
  if (ago === 1) return '昨天'
  return `${date(day, now)} ${weekday(day)}`
}

/** A day ahead as people say it: 明天, 后天, 周四, 下周二, 12月3日. */
export function ahead(day: Day, now: Day = today()): string {
  const left = daysFrom(now, day)
  if (left <= 0) return '今天'
  if (left === 1) return '明天'
  if (left === 2) return '后天'
  const weeks = daysFrom(mondayOf(now), mondayOf(day)) / 7
  if (weeks === 0) return weekday(day)
  return weeks === 1 ? `下${weekday(day)}` : date(day, now)
}

/** 2026年11月 */
export const monthName = (month: string): string => `${month.slice(0, 4)}年${Number(month.slice(5))}月`

/** The weeks of a month for a calendar, Monday first; days of other months are null. */
export function monthGrid(month: string): (Day | null)[][] {
  const first = `${month}-01`
  const weeks: (Day | null)[][] = []
  for (let monday = mondayOf(first); monday.slice(0, 7) <= month; monday = addDays(monday, 7)) {
    weeks.push(
      [0, 1, 2, 3, 4, 5, 6]
        .map(offset => addDays(monday, offset))
        .map(day => (day.startsWith(month) ? day : null)),
    )
  }
  return weeks
}
