import { addDays, daysFrom, type Day } from '#shared/day'

/** One stored version of a document; the parts of a law that stands in several files share a day. */
export interface DatedVersion {
  id: string
  day: Day | null
  from: Day | null
  basis: 'text' | 'derived' | 'unknown'
  /** The day from which on it no longer applies by its own words; null without a limit. */
  until: Day | null
}

export const EVENTS = ['promulgated', 'amended', 'revised', 'repealed', 'replaced', 'current'] as const
export type StatusEvent = (typeof EVENTS)[number]

/** One line of the status table: what happened with a document, and who says so. */
export interface Fact {
  event: StatusEvent
  /** The day of the version, or of the decision that repeals; for `current` the day of the version that applies. */
  day: Day
  /** From when on it counts; null where the table leaves it open. */
  from: Day | null
  /** The document that took its place; '' without. */
  successor: string
  source: string
  checkedOn: Day
}

/** A repeal that an imported document states itself. */
export interface StatedRepeal {
  from: Day | null
  by: string
  label: string
}

/** What ended a version. */
export type Ending =
  | { kind: 'version'; day: Day | null }
  | { kind: 'repeal'; successor: string; source: string }
  | { kind: 'expiry' }

/** A stretch of time in which one version applied. */
export interface Period {
  /** Empty where the table knows a version whose text is not stored. */
  versions: string[]
  day: Day | null
  /** Null where nothing tells when it began. */
  from: Day | null
  basis: 'confirmed' | 'text' | 'derived' | 'unknown'
  /** The first day on which it no longer applies; null while no end is known. */
  until: Day | null
  ending: Ending | null
  /** The last day on which an editor found it to be the version that applies. */
  confirmedOn: Day | null
}

/** Files are named by the day of publication, tables by that of adoption: apart by no more than this they mean one. */
const SAME_VERSION_DAYS = 45
const START = '0000-01-01'

/** The versions of one document in the order in which they applied. At most one of them applies on any day. */
export function timelineOf(versions: DatedVersion[], facts: Fact[], repeals: StatedRepeal[]): Period[] {
  const periods = grouped(versions)
  for (const fact of facts) if (/^(?:promulgated|amended|revised)$/.test(fact.event)) place(periods, fact)
  for (const fact of facts) if (fact.event === 'current') confirm(periods, fact)
  periods.sort((a, b) => order(a.from, b.from) || order(a.day, b.day))
  periods.forEach((period, at) => {
    const next = periods[at + 1]
    if (next) end(period, next.from ?? START, { kind: 'version', day: next.day })
  })
  const ends = [...facts.flatMap(repealOf), ...repeals.flatMap(statedOf)]
  for (const { on, ending } of ends.sort((a, b) => order(a.on, b.on))) {
    for (const period of periods) if (order(period.day ?? period.from, on) < 0) end(period, on, ending)
  }
  return periods
}

function grouped(versions: DatedVersion[]): Period[] {
  const byDay = new Map<string, Period>()
  for (const { id, day, from, basis, until } of versions) {
    const known = byDay.get(day ?? '')
    if (known) {
      known.versions.push(id)
      if (order(from, known.from) > 0) Object.assign(known, { from, basis })
    } else {
      byDay.set(day ?? '', {
        versions: [id],
        day,
        from,
        basis,
        until,
        ending: until === null ? null : { kind: 'expiry' },
        confirmedOn: null,
      })
    }
  }
  return [...byDay.values()]
}

/** The version of a fact's day, or a new one without a text. */
function place(periods: Period[], { day, from }: Fact): void {
  const known = nearest(periods, day)
  if (known) {
    if (from !== null) Object.assign(known, { from, basis: 'confirmed' })
    return
  }
  periods.push({
    versions: [],
    day,
    from: from ?? day,
    basis: from === null ? 'derived' : 'confirmed',
    until: null,
    ending: null,
    confirmedOn: null,
  })
}

function confirm(periods: Period[], { day, checkedOn }: Fact): void {
  const known = nearest(periods, day)
  if (known && order(known.confirmedOn, checkedOn) < 0) known.confirmedOn = checkedOn
}

function nearest(periods: Period[], on: Day): Period | undefined {
  const apart = ({ day }: Period): number =>
    day === null ? Number.POSITIVE_INFINITY : Math.abs(daysFrom(day, on))
  const [best] = [...periods].sort((a, b) => apart(a) - apart(b))
  return best && apart(best) <= SAME_VERSION_DAYS ? best : undefined
}

function end(period: Period, on: Day, ending: Ending): void {
  if (period.until !== null && period.until <= on) return
  period.until = on
  period.ending = ending
}

function repealOf({ event, day, from, successor, source }: Fact): { on: Day; ending: Ending }[] {
  if (event !== 'repealed' && event !== 'replaced') return []
  return [{ on: from ?? day, ending: { kind: 'repeal', successor, source } }]
}

const statedOf = ({ from, by, label }: StatedRepeal): { on: Day; ending: Ending }[] =>
  from === null ? [] : [{ on: from, ending: { kind: 'repeal', successor: '', source: `${by}${label}` } }]

/** Unknown days come before all others. */
const order = (a: Day | null, b: Day | null): number => {
  const [x, y] = [a ?? START, b ?? START]
  return x < y ? -1 : x > y ? 1 : 0
}

/** How a version stands on a day. */
export type Standing = 'not-yet' | 'in-force' | 'superseded' | 'repealed'

/** A confirmation holds for a year; then somebody has to look again. */
const CONFIRMED_DAYS = 366

/** The period of a day; its `versions` are empty where the text that applied is not stored. Null: nothing applied. */
export const periodOn = (timeline: Period[], day: Day): Period | null =>
  timeline.find(period => standingOn(period, day) === 'in-force') ?? null

export function standingOn({ from, until, ending }: Period, day: Day): Standing {
  if (until !== null && until <= day) return ending?.kind === 'version' ? 'superseded' : 'repealed'
  return order(from, day) > 0 ? 'not-yet' : 'in-force'
}

/** Whether 现行有效 may be said of a period on a day: it applies, and an editor found so within the last year. */
export const isConfirmed = (period: Period, day: Day): boolean =>
  standingOn(period, day) === 'in-force' &&
  period.confirmedOn !== null &&
  day <= addDays(period.confirmedOn, CONFIRMED_DAYS)

/**
 * Until when a period's text is the latest at hand: versions that came after it and are not stored leave nothing else to
 * quote. It is then quoted as superseded, never as in force. Null while no end is known.
 */
export function lastUse(timeline: Period[], period: Period): Day | null {
  let last = period
  for (const next of timeline.slice(timeline.indexOf(period) + 1)) {
    if (last.ending?.kind !== 'version' || next.versions.length > 0) break
    last = next
  }
  return last.until
}
