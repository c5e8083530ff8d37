import { isDocument, type Doc } from '../value/document.ts'
import { MongoError } from '../value/error.ts'
import { toNumber } from '../value/number.ts'
import { applied, isNothing, operatorsOf, withNames, type Operator } from './applied.ts'
import {
  dateArguments,
  difference,
  instantAt,
  instantOf,
  moved,
  truncated,
  wallOf,
  type DateArguments,
} from './date-math.ts'
import { dateWriter, partsOf, readDate } from './date-text.ts'
import { zoneOffset } from './timezone.ts'

/** The wall clock of a date in a zone; of nothing it is none. */
function wallIn(name: string, { date, timezone = 'UTC' }: Doc): Date | undefined {
  if (isNothing(date) || isNothing(timezone)) return undefined
  return new Date(wallOf(String(timezone), instantOf(name, date)))
}

const part = (name: string, of: (wall: Date) => number): Operator => {
  const named = withNames(name, ['date', 'timezone'], given => {
    const wall = wallIn(name, given)
    return wall ? of(wall) : null
  })
  const alone = applied(name, 1, 1, ([date]) => {
    const wall = wallIn(name, { date })
    return wall ? of(wall) : null
  })
  return (argument, compile, collation) =>
    (isDocument(argument) && 'date' in argument ? named : alone)(argument, compile, collation)
}

const parts: Record<string, (wall: Date) => number> = {
  $year: wall => wall.getUTCFullYear(),
  $month: wall => wall.getUTCMonth() + 1,
  $dayOfMonth: wall => wall.getUTCDate(),
  $hour: wall => wall.getUTCHours(),
  $minute: wall => wall.getUTCMinutes(),
  $second: wall => wall.getUTCSeconds(),
  $millisecond: wall => wall.getUTCMilliseconds(),
  $dayOfYear: wall => partsOf(wall).dayOfYear,
  $dayOfWeek: wall => wall.getUTCDay() + 1,
  $week: wall => partsOf(wall).week,
  $isoWeek: wall => partsOf(wall).isoWeek,
  $isoWeekYear: wall => partsOf(wall).isoWeekYear,
  $isoDayOfWeek: wall => partsOf(wall).isoDayOfWeek,
}

function toParts(given: Doc): unknown {
  const wall = wallIn('$dateToParts', given)
  if (!wall) return null
  const [hour, minute, second, millisecond] = ['$hour', '$minute', '$second', '$millisecond'].map(name =>
    parts[name]?.(wall),
  )
  const { isoWeekYear, isoWeek, isoDayOfWeek } = partsOf(wall)
  const day = given.iso8601
    ? { isoWeekYear, isoWeek, isoDayOfWeek }
    : { year: wall.getUTCFullYear(), month: wall.getUTCMonth() + 1, day: wall.getUTCDate() }
  return { ...day, hour, minute, second, millisecond }
}

const partNames =
  'year month day isoWeekYear isoWeek isoDayOfWeek hour minute second millisecond timezone'.split(' ')

/** Parts beyond their range count on into the next larger unit. */
function fromParts(given: Doc): unknown {
  if (Object.values(given).some(isNothing)) return null
  const { timezone = 'UTC', ...numbers } = given
  for (const [name, value] of Object.entries(numbers))
    if (!Number.isInteger(toNumber(value)))
      throw new MongoError('BadValue', `'${name}' must evaluate to an integer`)
  const at = (name: string, otherwise: number) => toNumber(numbers[name] ?? otherwise)
  const date = new Date(0)
  if ('isoWeekYear' in numbers) {
    // The fourth of January lies in the first week.
    date.setUTCFullYear(at('isoWeekYear', 0), 0, 4)
    const monday = date.getUTCDate() - ((date.getUTCDay() + 6) % 7)
    date.setUTCDate(monday + (at('isoWeek', 1) - 1) * 7 + at('isoDayOfWeek', 1) - 1)
  } else if ('year' in numbers) date.setUTCFullYear(at('year', 0), at('month', 1) - 1, at('day', 1))
  else
    throw new MongoError('BadValue', "$dateFromParts requires either 'year' or 'isoWeekYear' to be present")
  date.setUTCHours(at('hour', 0), at('minute', 0), at('second', 0), at('millisecond', 0))
  return new Date(instantAt(String(timezone), Number(date)))
}

function toText(given: Doc): unknown {
  const { date, timezone = 'UTC', onNull = null } = given
  const zone = String(timezone)
  const isUtc = ['UTC', 'GMT', 'Z'].includes(zone)
  const { format = `%Y-%m-%dT%H:%M:%S.%L${isUtc ? 'Z' : ''}` } = given
  if (isNothing(date)) return onNull as unknown
  if (isNothing(timezone) || isNothing(format)) return null
  const instant = instantOf('$dateToString', date)
  return dateWriter(String(format))(new Date(wallOf(zone, instant)), zoneOffset(zone, instant))
}

function fromText(given: Doc): unknown {
  const { dateString, format, timezone, onNull = null } = given
  if (isNothing(dateString)) return onNull as unknown
  if (timezone === null || format === null) return null
  try {
    const { wall, offset } = readDate(dateString, format)
    if (offset === undefined) return new Date(instantAt(String(timezone ?? 'UTC'), wall))
    if (timezone === undefined) return new Date(wall - offset)
    throw new MongoError(
      'ConversionFailure',
      `you cannot pass in a date/time string with time zone information together with a timezone argument: ${String(dateString)}`,
    )
  } catch (error) {
    if ('onError' in given && (error as MongoError).codeName === 'ConversionFailure')
      return given.onError as unknown
    throw error
  }
}

const counted: Record<string, [names: string, of: (given: DateArguments) => unknown]> = {
  $dateTrunc: ['date unit binSize timezone startOfWeek', truncated],
  $dateDiff: ['startDate endDate unit timezone startOfWeek', difference],
  $dateAdd: ['startDate unit amount timezone', given => moved(given, 1)],
  $dateSubtract: ['startDate unit amount timezone', given => moved(given, -1)],
}

/** The operators on dates, by the calendars of time zones. */
export const dateOperators: Record<string, Operator> = {
  ...operatorsOf(parts, part),
  ...operatorsOf(counted, (name, [names, of]) =>
    withNames(name, names.split(' '), given => {
      const known = dateArguments(name, given)
      return known ? of(known) : null
    }),
  ),
  $dateToParts: withNames('$dateToParts', ['date', 'timezone', 'iso8601'], toParts),
  $dateFromParts: withNames('$dateFromParts', partNames, fromParts),
  $dateToString: withNames('$dateToString', ['date', 'format', 'timezone', 'onNull'], toText),
  $dateFromString: withNames(
    '$dateFromString',
    ['dateString', 'format', 'timezone', 'onError', 'onNull'],
    fromText,
  ),
}
