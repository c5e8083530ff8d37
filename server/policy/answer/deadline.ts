import { addDays, type Day } from '#shared/day'
import { CONDITION, PERIOD, STATE_IN_TITLE, UNIT_WORDS, WORKDAY_LAWS } from './deadline-vocabulary.ts'
import { valueOf } from './figure.ts'
import { type HolidayCalendar, isKnownYear, isWorked, nextWorked } from '#shared/holiday-calendar'

/** A period of time in a clause. */
export interface Period {
  /** Its words as they stand there. */
  words: string
  /** What it is counted from, as the clause says; '' where it does not. */
  from: string
  count: number
  unit: 'workday' | 'day' | 'month' | 'year'
  /** The clause that makes days of this law working days; '' where they are not or say so themselves. */
  workdayClause: string
  /** Counted back from an event: 提前三十日, 会议召开三日前. */
  before: boolean
}

/** The last day of a period, and how sure it is. */
export interface Deadline {
  day: Day
  /** The last day was no working day, so that the next one counts. */
  moved: boolean
  /** Some day on the way is in a year whose holidays are not known yet. */
  holidaysUnknown: boolean
}

/** The periods a sentence of a law sets. */
export function periodsIn(sentence: string, title: string): Period[] {
  return [...sentence.matchAll(PERIOD)].flatMap(match => {
    const [words, from = '', ahead, numeral = '', measure = '', within, back] = match
    const count = valueOf(numeral)
    const behind = sentence.slice(match.index + words.length)
    if ((!ahead && !within && !back) || !(count > 0) || CONDITION.test(behind)) return []
    const unit = UNIT_WORDS.get(measure) ?? 'day'
    const workdayClause = unit === 'day' ? workdayClauseOf(title, count, behind) : ''
    return [
      {
        words,
        from,
        count,
        unit: workdayClause === '' ? unit : ('workday' as const),
        workdayClause,
        before: Boolean(ahead ?? back),
      },
    ]
  })
}

function workdayClauseOf(title: string, count: number, behind: string): string {
  const law = WORKDAY_LAWS.find(one => title.replace(STATE_IN_TITLE, '') === one.title)
  if (!law || law.unless?.test(behind)) return ''
  return law.days === 'all' || law.days.includes(count) ? law.clause : ''
}

/**
 * The last day of a period that begins on `start`: the first day is not counted; a month ends on the same date or the
 * month's last day; a last day that is a holiday moves on to the next working day. Source: Civil Code, articles 201 to 203.
 * A period counted back ends before `start` and is never moved towards it.
 */
export function deadlineOf(period: Period, start: Day, calendar: HolidayCalendar): Deadline {
  const last = lastDay(period, start, calendar)
  const day = period.before ? previousWorked(last, calendar) : nextWorked(last, calendar)
  const [first, end] = day < start ? [day, start] : [start, day]
  return { day, moved: day !== last, holidaysUnknown: !knows(first, end, calendar) }
}

function lastDay({ count, unit, before }: Period, start: Day, calendar: HolidayCalendar): Day {
  const sign = before ? -1 : 1
  if (unit === 'day') return addDays(start, sign * count)
  if (unit === 'month') return addMonths(start, sign * count)
  if (unit === 'year') return addMonths(start, sign * count * 12)
  let day = start
  for (let left = count; left > 0;) {
    day = addDays(day, sign)
    if (isWorked(day, calendar)) left--
  }
  return day
}

/** The same date `count` months on, or the last day of that month. */
export function addMonths(day: Day, count: number): Day {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const first = new Date(Date.UTC(year, month - 1 + count, 1))
  const length = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
  return addDays(first.toISOString().slice(0, 10), Math.min(date, length) - 1)
}

function previousWorked(day: Day, calendar: HolidayCalendar): Day {
  let at = day
  while (!isWorked(at, calendar)) at = addDays(at, -1)
  return at
}

function knows(first: Day, last: Day, calendar: HolidayCalendar): boolean {
  for (let year = Number(first.slice(0, 4)); year <= Number(last.slice(0, 4)); year++)
    if (!isKnownYear(`${year}-01-01`, calendar)) return false
  return true
}
