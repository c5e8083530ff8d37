import { MongoError, notSupported } from '../value/error.ts'

const day = 86_400_000
const minute = 60_000
const pad = (width: number, value: number) => String(value).padStart(width, '0')
const months = 'January February March April May June July August September October November December'.split(
  ' ',
)

/** The places of a date in its year, by weeks from Sunday and by ISO's weeks from Monday. */
export function partsOf(wall: Date) {
  const year = wall.getUTCFullYear()
  const dayOfYear = Math.floor((Number(wall) - Date.UTC(year, 0, 1)) / day) + 1
  const isoDayOfWeek = wall.getUTCDay() || 7
  // A week belongs to the year of its Thursday.
  const thursday = new Date(Number(wall) + (4 - isoDayOfWeek) * day)
  const isoWeekYear = thursday.getUTCFullYear()
  const isoWeek = Math.floor((Number(thursday) - Date.UTC(isoWeekYear, 0, 1)) / day / 7) + 1
  const week = Math.floor((dayOfYear + 6 - wall.getUTCDay()) / 7)
  return { dayOfYear, week, isoWeek, isoWeekYear, isoDayOfWeek }
}

/** Writes the wall clock of a zone that is so many milliseconds ahead of UTC. */
export type DateWriter = (wall: Date, offset: number) => string

function offsetText(offset: number): string {
  const minutes = Math.round(Math.abs(offset) / minute)
  return `${offset < 0 ? '-' : '+'}${pad(2, Math.floor(minutes / 60))}${pad(2, minutes % 60)}`
}

/** What stands for the parts of a date in a format. */
const writers: Record<string, DateWriter> = {
  '%Y': wall => pad(4, wall.getUTCFullYear()),
  '%m': wall => pad(2, wall.getUTCMonth() + 1),
  '%d': wall => pad(2, wall.getUTCDate()),
  '%H': wall => pad(2, wall.getUTCHours()),
  '%M': wall => pad(2, wall.getUTCMinutes()),
  '%S': wall => pad(2, wall.getUTCSeconds()),
  '%L': wall => pad(3, wall.getUTCMilliseconds()),
  '%j': wall => pad(3, partsOf(wall).dayOfYear),
  '%w': wall => String(wall.getUTCDay() + 1),
  '%u': wall => String(partsOf(wall).isoDayOfWeek),
  '%U': wall => pad(2, partsOf(wall).week),
  '%V': wall => pad(2, partsOf(wall).isoWeek),
  '%G': wall => pad(4, partsOf(wall).isoWeekYear),
  '%B': wall => months[wall.getUTCMonth()] ?? '',
  '%b': wall => (months[wall.getUTCMonth()] ?? '').slice(0, 3),
  '%z': (_wall, offset) => offsetText(offset),
  '%Z': (_wall, offset) => String(Math.round(offset / minute)),
  '%%': () => '%',
}

const known = new Map<string, DateWriter>()

/** Writes dates by a format. */
export function dateWriter(format: string): DateWriter {
  const writer = known.get(format) ?? compile(format)
  if (known.size > 1000) known.clear()
  known.set(format, writer)
  return writer
}

const piecesOf = (format: string) => format.match(/%.?|[^%]+/gs) ?? []

function compile(format: string): DateWriter {
  const parts = piecesOf(format).map(piece => {
    const writer = piece.startsWith('%') ? writers[piece] : () => piece
    if (!writer) throw new MongoError('BadValue', `Invalid format character '${piece}' in format string`)
    return writer
  })
  return (wall, offset) => {
    let text = ''
    for (const part of parts) text += part(wall, offset)
    return text
  }
}

const patterns: Record<string, string> = {
  '%Y': '(?<year>\\d{4})',
  '%m': '(?<month>\\d{1,2})',
  '%d': '(?<day>\\d{1,2})',
  '%H': '(?<hour>\\d{1,2})',
  '%M': '(?<minute>\\d{1,2})',
  '%S': '(?<second>\\d{1,2})',
  '%L': '(?<fraction>\\d{1,3})',
  '%z': '(?<zone>Z|[+-]\\d\\d:?\\d\\d)',
  '%%': '%',
}

const isoFormat = new RegExp(
  '^(?<year>\\d{4})-(?<month>\\d\\d)-(?<day>\\d\\d)' +
    '([T ](?<hour>\\d\\d):(?<minute>\\d\\d)(:(?<second>\\d\\d)(\\.(?<fraction>\\d{1,9}))?)?\\s*(?<zone>Z|[+-]\\d\\d:?\\d\\d)?)?$',
)

function patternOf(format: string): RegExp {
  const pieces = piecesOf(format).map(piece => {
    if (!piece.startsWith('%')) return piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    const pattern = patterns[piece]
    if (!pattern) throw notSupported(`${piece} in the format of $dateFromString`)
    return pattern
  })
  return new RegExp(`^${pieces.join('')}$`)
}

/** The wall clock that a text tells, in ISO 8601 or another format, and how far ahead of UTC it says that it is. */
export function readDate(text: unknown, format?: unknown): { wall: number; offset: number | undefined } {
  const pattern = format === undefined ? isoFormat : patternOf(String(format))
  const found = typeof text === 'string' ? pattern.exec(text)?.groups : undefined
  const {
    year,
    month = '1',
    day: date = '1',
    hour = '0',
    minute: min = '0',
    second = '0',
    fraction = '',
    zone,
  } = found ?? {}
  const wall = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(date),
    Number(hour),
    Number(min),
    Number(second),
    Number(fraction.padEnd(3, '0').slice(0, 3)),
  )
  const inRange = new Date(wall).getUTCMonth() === Number(month) - 1 && Number(hour) < 24 && Number(min) < 60
  if (!found || !inRange)
    throw new MongoError('ConversionFailure', `Error parsing date string '${String(text)}'`)
  return { wall, offset: zone === undefined ? undefined : offsetOf(zone) }
}

function offsetOf(zone: string): number {
  if (zone === 'Z') return 0
  const digits = zone.replace(/\D/g, '')
  return (
    (zone.startsWith('-') ? -1 : 1) * (Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2))) * minute
  )
}
