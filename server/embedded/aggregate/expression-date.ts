import * as mingo from 'mingo/operators/expression'
import { isDocument, type Doc } from '../value/document.ts'
import { evaluate, operatorsOf, withNames, type Operator } from './applied.ts'
import { dateArguments, difference, instantAt, moved, truncated, type DateArguments } from './date-math.ts'
import { dateWriter } from './date-text.ts'
import { offsetText, zoneOffset } from './timezone.ts'

/** mingo asks a calendar about a named zone for every document; a numeric offset costs it nothing. */
const withOffset =
  (operator: Operator): Operator =>
  (doc, expr, options) => {
    const given = expr as Doc
    if (!isDocument(given) || given.timezone === undefined) return operator(doc, expr, options)
    const zone = evaluate(doc, given.timezone, options)
    const date = evaluate(doc, given.date, options)
    if (typeof zone !== 'string' || !(date instanceof Date)) return operator(doc, expr, options)
    return operator(doc, { ...given, date, timezone: offsetText(zone, Number(date)) } as never, options)
  }

/** mingo's without a zone; what it makes is then a zone's wall clock. */
const onWall =
  (operator: Operator): Operator =>
  (doc, expr, options) => {
    const { timezone, ...rest } = expr as Doc
    const zone = timezone === undefined ? undefined : evaluate(doc, timezone, options)
    const text = evaluate(doc, rest.dateString, options)
    const ownZone =
      typeof text === 'string' && /(Z|[+-]\d\d:?\d\d)$/.test(text.replace(/^\d{4}-\d\d-\d\d/, ''))
    if (typeof zone !== 'string' || ownZone) return operator(doc, expr, options)
    const wall: unknown = operator(doc, rest as never, options)
    return (wall instanceof Date ? new Date(instantAt(zone, Number(wall))) : wall) as never
  }

const mingoDateToString = withOffset(mingo.$dateToString)

/** The formats of every day are written here, several times faster than by mingo. */
const $dateToString: Operator = (doc, expr, options) => {
  const { date: dateExpr, format: formatExpr, timezone } = expr as Doc
  const date = evaluate(doc, dateExpr, options)
  const format = evaluate(doc, formatExpr, options)
  const zone = timezone === undefined ? 'UTC' : evaluate(doc, timezone, options)
  const write = typeof format === 'string' && typeof zone === 'string' ? dateWriter(format) : undefined
  if (!write || !(date instanceof Date)) return mingoDateToString(doc, expr, options)
  return write(new Date(Number(date) + zoneOffset(zone as string, Number(date)))) as never
}

const dated = {
  ...{ $year: mingo.$year, $month: mingo.$month, $week: mingo.$week, $dayOfYear: mingo.$dayOfYear },
  ...{ $dayOfMonth: mingo.$dayOfMonth, $dayOfWeek: mingo.$dayOfWeek, $isoWeek: mingo.$isoWeek },
  ...{ $isoWeekYear: mingo.$isoWeekYear, $isoDayOfWeek: mingo.$isoDayOfWeek, $hour: mingo.$hour },
  ...{ $minute: mingo.$minute, $second: mingo.$second, $millisecond: mingo.$millisecond },
  $dateToParts: mingo.$dateToParts,
} as Record<string, Operator>

const counted: Record<string, [names: string, of: (given: DateArguments) => unknown]> = {
  $dateTrunc: ['date unit binSize timezone startOfWeek', truncated],
  $dateDiff: ['startDate endDate unit timezone startOfWeek', difference],
  $dateAdd: ['startDate unit amount timezone', given => moved(given, 1)],
  $dateSubtract: ['startDate unit amount timezone', given => moved(given, -1)],
}

/** The operators on dates, by the calendars of time zones. */
export const dateOperators: Record<`$${string}`, Operator> = {
  ...operatorsOf(dated, (_name, operator) => withOffset(operator)),
  ...operatorsOf(counted, (name, [names, of]) =>
    withNames(name, names.split(' '), given => {
      const known = dateArguments(name, given)
      return known ? of(known) : null
    }),
  ),
  $dateFromParts: onWall(mingo.$dateFromParts as Operator),
  $dateFromString: onWall(mingo.$dateFromString as Operator),
  $dateToString,
}
