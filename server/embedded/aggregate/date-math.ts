import { Long, ObjectId, Timestamp } from 'bson'
import type { Doc } from '../value/document.ts'
import { MongoError } from '../value/error.ts'
import { toNumber } from '../value/number.ts'
import { zoneOffset } from './timezone.ts'

const day = 86_400_000
const hour = 3_600_000
/** The units whose length never changes; a day is one of a zone's calendar. */
const fixed: Record<string, number> = { millisecond: 1, second: 1000, minute: 60_000, hour }
const months: Record<string, number> = { month: 1, quarter: 3, year: 12 }
const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']
/** The first day and month of the year 2000, from which bins are counted. */
const firstDay = Date.UTC(2000, 0, 1) / day
const firstMonth = 2000 * 12

/** The evaluated arguments of a date operator; none when one of them is null or missing. */
export interface DateArguments {
  date: number
  end: number
  unit: string
  zone: string
  amount: number
  weekday: number
}

/** Reads evaluated arguments; those that are not given have MongoDB's defaults. */
export function dateArguments(name: string, given: Doc): DateArguments | undefined {
  if (Object.values(given).some(value => value === null || value === undefined)) return undefined
  const { date, startDate, endDate, unit, timezone = 'UTC', binSize = 1, amount = binSize } = given
  const known = unit in fixed || unit in months || unit === 'day' || unit === 'week'
  if (!known) throw new MongoError('FailedToParse', `${name} does not know the time unit: ${String(unit)}`)
  if (!Number.isInteger(toNumber(amount)))
    throw new MongoError('FailedToParse', `${name} expects a whole number of units, found: ${String(amount)}`)
  const start = instantOf(name, date ?? startDate)
  const end = endDate === undefined ? start : instantOf(name, endDate)
  const weekday = weekdayOf(name, given.startOfWeek ?? 'sunday')
  return { date: start, end, unit, zone: String(timezone), amount: toNumber(amount), weekday }
}

function weekdayOf(name: string, given: unknown): number {
  const text = String(given).toLowerCase()
  const place = weekdays.findIndex(known => known === text || known.slice(0, 3) === text)
  if (place < 0) throw new MongoError('FailedToParse', `${name} does not know the day: ${String(given)}`)
  return place
}

/** The instant of a date, or of what holds one. */
export function instantOf(name: string, value: unknown): number {
  if (value instanceof Date) return Number(value)
  if (value instanceof ObjectId) return Number(value.getTimestamp())
  if (value instanceof Timestamp) return value.t * 1000
  throw new MongoError('TypeMismatch', `${name} requires a date`)
}

/** What a zone's clock shows at an instant, as if it were UTC's. */
export const wallOf = (zone: string, instant: number) => instant + zoneOffset(zone, instant)

/**
 * The instant at which a zone's clock shows this. What it shows twice is the first time; what it skips is as long after
 * the jump.
 */
export function instantAt(zone: string, wall: number): number {
  const before = zoneOffset(zone, wall - day)
  const offsets = [before, zoneOffset(zone, wall + day)].sort((a, b) => b - a)
  const shown = offsets.find(offset => zoneOffset(zone, wall - offset) === offset)
  return wall - (shown ?? before)
}

/** `$dateTrunc`: the beginning of the bin that holds the date. */
export function truncated({ date, unit, zone, amount, weekday }: DateArguments): Date {
  if (amount < 1) throw new MongoError('FailedToParse', '$dateTrunc requires a binSize greater than 0')
  const floor = (value: number, from: number, size: number) => Math.floor((value - from) / size) * size + from
  const size = fixed[unit]
  if (size) return new Date(floor(date, instantAt(zone, firstDay * day), size * amount))
  const wall = wallOf(zone, date)
  const perBin = months[unit]
  if (perBin) {
    const first = floor(monthOf(wall), firstMonth, perBin * amount)
    return new Date(instantAt(zone, Date.UTC(Math.floor(first / 12), first % 12, 1)))
  }
  const days = unit === 'week' ? 7 * amount : amount
  // The first of January 2000 was a Saturday.
  const from = unit === 'week' ? firstDay + ((weekday + 1) % 7) : firstDay
  return new Date(instantAt(zone, floor(Math.floor(wall / day), from, days) * day))
}

const monthOf = (wall: number) => new Date(wall).getUTCFullYear() * 12 + new Date(wall).getUTCMonth()

/** `$dateDiff`: how many beginnings of a unit lie between two dates. */
export function difference({ date, end, unit, zone, weekday }: DateArguments): Long {
  const between = (of: (instant: number) => number) => Long.fromNumber(of(end) - of(date))
  const size = fixed[unit]
  if (unit === 'hour') return between(at => Math.floor(wallOf(zone, at) / hour) - zoneOffset(zone, at) / hour)
  if (size) return between(at => Math.floor(at / size))
  const perUnit = months[unit]
  if (perUnit) return between(at => Math.floor(monthOf(wallOf(zone, at)) / perUnit))
  const dayOf = (at: number) => Math.floor(wallOf(zone, at) / day)
  // Day 0, the first of January 1970, was a Thursday.
  return between(unit === 'day' ? dayOf : at => Math.floor((dayOf(at) + 4 - weekday) / 7))
}

/** `$dateAdd` and `$dateSubtract`: days and longer units by the zone's calendar, shorter ones by the clock. */
export function moved({ date, unit, zone, amount }: DateArguments, direction: 1 | -1): Date {
  const by = amount * direction
  const size = fixed[unit]
  if (size) return new Date(date + by * size)
  const wall = wallOf(zone, date)
  const perUnit = months[unit]
  const next = perUnit ? addMonths(wall, by * perUnit) : wall + by * day * (unit === 'week' ? 7 : 1)
  return new Date(instantAt(zone, next))
}

/** A day that the month has not becomes its last one. */
function addMonths(wall: number, count: number): number {
  const month = monthOf(wall) + count
  const first = Date.UTC(Math.floor(month / 12), ((month % 12) + 12) % 12, 1)
  const length = new Date(Date.UTC(Math.floor(month / 12), (((month % 12) + 12) % 12) + 1, 0)).getUTCDate()
  const today = new Date(wall).getUTCDate()
  const sinceMidnight = wall - Math.floor(wall / day) * day
  return first + (Math.min(today, length) - 1) * day + sinceMidnight
}
