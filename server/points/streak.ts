import { addDays, type Day, daysFrom } from '#shared/day'

/** Days in a row (连续学习), only for those who switched it on. */
export interface Streak {
  on: boolean
  days: number
  /** The day up to which the row is unbroken: studied, excused or paused; null while it is off. */
  lastDay: Day | null
}

/** What everybody begins with. */
export const noStreak: Streak = { on: false, days: 0, lastDay: null }

/** The streak right after it was switched on; a day already studied counts. */
export const switchedOn = (day: Day, studiedToday: boolean): Streak =>
  studiedToday ? { on: true, days: 1, lastDay: day } : { on: true, days: 0, lastDay: addDays(day, -1) }

/** The streak after studying on `day`. Studying twice on a day counts once; no gap counts while paused. */
export function extend(streak: Streak, day: Day, paused: boolean): Streak {
  if (!streak.on) return streak
  const gap = streak.lastDay === null ? Number.POSITIVE_INFINITY : daysFrom(streak.lastDay, day)
  if (gap <= 0) return streak
  return { on: true, days: gap === 1 || paused ? streak.days + 1 : 1, lastDay: day }
}

/** Days to show on `day`, null when off: it stands through the day after the last one, and while paused. */
export function shown(streak: Streak, day: Day, paused: boolean): { days: number } | null {
  if (!streak.on) return null
  const stands = streak.lastDay !== null && (paused || daysFrom(streak.lastDay, day) <= 1)
  return { days: stands ? streak.days : 0 }
}

/**
 * Days with nothing due do not break the row. `firstDue` is the first day after the last one on which something was
 * waiting, null when nothing waits at all; the days before it, up to yesterday, are excused.
 */
export function excuse(streak: Streak, firstDue: Day | null, today: Day): Streak {
  if (!streak.on || streak.lastDay === null) return streak
  const yesterday = addDays(today, -1)
  const through = firstDue === null || firstDue > yesterday ? yesterday : addDays(firstDue, -1)
  return through > streak.lastDay ? { ...streak, lastDay: through } : streak
}

/** Pausing keeps a row that stands; one that was already broken is gone. */
export const pause = (streak: Streak, day: Day): Streak =>
  streak.on ? { ...streak, days: shown(streak, day, false)?.days ?? 0 } : streak

/** After a pause the row goes on as if every paused day had been studied. */
export function resume(streak: Streak, day: Day): Streak {
  const yesterday = addDays(day, -1)
  if (!streak.on || (streak.lastDay !== null && streak.lastDay >= yesterday)) return streak
  return { ...streak, lastDay: yesterday }
}
