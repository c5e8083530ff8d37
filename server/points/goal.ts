import { addDays, type Day, mondayOf } from '#shared/day'
import type { Week } from '#shared/points'

/** A self-set weekly goal. */
export interface Goal {
  /** Days a week, 1 to 7. */
  days: number
  paused: boolean
}

/** The days of one week, Monday to Sunday, on which something was finished. */
export interface StudyWeek {
  monday: Day
  days: Day[]
}

/** design/product.md: 1 to 7 days, chosen by oneself, default 4. */
export const defaultGoal: Goal = { days: 4, paused: false }

/** The week after something was finished on `day`; a new week begins empty. */
export function studied(week: StudyWeek, day: Day): StudyWeek {
  const monday = mondayOf(day)
  if (week.monday !== monday) return { monday, days: [day] }
  return week.days.includes(day) ? week : { monday, days: [...week.days, day].sort() }
}

/** The week `day` lies in as the cadre sees it. */
export function weekShown(week: StudyWeek, goal: Goal, day: Day): Week {
  const monday = mondayOf(day)
  const done = week.monday === monday ? week.days : []
  return {
    goal: goal.days,
    done: done.length,
    paused: goal.paused,
    days: [0, 1, 2, 3, 4, 5, 6].map(offset => {
      const date = addDays(monday, offset)
      return { day: date, done: done.includes(date) }
    }),
  }
}
