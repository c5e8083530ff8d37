import type { Day } from '#shared/day'
import {
  MEANS_NOW,
  NEAR_YEARS,
  NO_TIME_BEHIND,
  TIME_BEFORE,
  TIME_BEHIND,
  YEAR,
} from './asked-day-vocabulary.ts'

/** The day whose law is asked for. */
export interface AskedDay {
  day: Day
  /** The question names it; otherwise it is today. */
  told: boolean
}

/** Between book marks stands a name, whatever years are in it. */
const NAMES = /《[^《》]*》/g

/**
 * The day a question is about: “2015年的时候…” asks for the law of then. A year means its last day, a month its last;
 * what lies in the present year or month means today, unless it is ahead.
 */
export function askedDay(question: string, today: Day): AskedDay {
  const text = question.normalize('NFKC').replace(NAMES, name => '\u3000'.repeat(name.length))
  for (const match of text.matchAll(YEAR)) {
    const behind = text.slice(match.index + match[0].length)
    const before = text.slice(0, match.index)
    if (NO_TIME_BEHIND.test(behind)) continue
    if (!TIME_BEHIND.test(behind) && !TIME_BEFORE.test(before)) continue
    const [, year = '', month, date] = match
    const day = lastOf(Number(year), month, date)
    if (day !== undefined) return told(day, today)
  }
  const near = NEAR_YEARS.find(([word]) => word.test(text))
  if (near) return told(`${Number(today.slice(0, 4)) + near[1]}-12-31`, today)
  return { day: today, told: false }
}

/** The day a follow-up is about: its own where it names one or means now, otherwise that of the question before. */
export const followedDay = (question: string, own: AskedDay, before: AskedDay): AskedDay =>
  own.told || !before.told || MEANS_NOW.test(question) ? own : before

/** The last day of what is named; nothing where there is no such month or day. */
function lastOf(year: number, month: string | undefined, date: string | undefined): Day | undefined {
  if (month === undefined) return `${year}-12-31`
  const length = new Date(Date.UTC(year, Number(month), 0)).getUTCDate()
  if (Number(month) < 1 || Number(month) > 12 || Number(date ?? 1) < 1 || Number(date ?? 1) > length)
    return undefined
  return `${year}-${two(month)}-${two(date ?? String(length))}`
}

const two = (number: string): string => number.padStart(2, '0')

/** The end of the running month or year is not over yet: what holds today is meant. */
function told(day: Day, today: Day): AskedDay {
  const running =
    day > today && (day.slice(0, 7) === today.slice(0, 7) || day === `${today.slice(0, 4)}-12-31`)
  return running ? { day: today, told: false } : { day, told: true }
}
