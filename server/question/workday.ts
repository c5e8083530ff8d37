import { addDays, type Day } from '#shared/day'

/** The day that is `count` working days after `day`. Weekends are left out; public holidays are not known. */
export function addWorkdays(day: Day, count: number): Day {
  let at = day
  for (let left = count; left > 0; ) {
    at = addDays(at, 1)
    const weekday = new Date(Date.parse(at)).getUTCDay()
    if (weekday !== 0 && weekday !== 6) left--
  }
  return at
}
