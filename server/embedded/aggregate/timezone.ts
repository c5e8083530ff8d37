import { MongoError } from '../value/error.ts'

const minute = 60_000
/** Zones change their offset at whole quarters of an hour only. */
const quarter = 15 * minute
const formats = new Map<string, Intl.DateTimeFormat>()
const offsets = new Map<string, Map<number, number>>()

/** How far a zone's clock is ahead of UTC at an instant, in milliseconds; named zones are remembered by the quarter. */
export function zoneOffset(zone: string, instant: number): number {
  const fixed = /^([+-])(\d\d):?(\d\d)?$/.exec(zone)
  if (fixed) return (fixed[1] === '-' ? -1 : 1) * (Number(fixed[2]) * 60 + Number(fixed[3] ?? 0)) * minute
  if (zone === 'UTC' || zone === 'GMT' || zone === 'Z') return 0
  const known = offsets.get(zone) ?? new Map<number, number>()
  if (known.size > 100_000) known.clear()
  offsets.set(zone, known)
  const slot = Math.floor(instant / quarter)
  const offset = known.get(slot) ?? namedOffset(zone, slot * quarter)
  known.set(slot, offset)
  return offset
}

function namedOffset(zone: string, instant: number): number {
  const parts = new Map(
    formatOf(zone)
      .formatToParts(instant)
      .map(part => [part.type, Number(part.value)]),
  )
  const at = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0
  return Date.UTC(at('year'), at('month') - 1, at('day'), at('hour'), at('minute'), at('second')) - instant
}

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known) return known
  try {
    const numeric = 'numeric'
    const fields = {
      year: numeric,
      month: numeric,
      day: numeric,
      hour: numeric,
      minute: numeric,
      second: numeric,
    } as const
    const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', ...fields })
    formats.set(zone, format)
    return format
  } catch {
    throw new MongoError('BadValue', `unrecognized time zone identifier: "${zone}"`)
  }
}
