import { addDays, type Day } from '#shared/day'
import { readNumeral } from '../split/numeral.ts'
import { daysIn } from './date.ts'
import type { Happening } from './history.ts'

/** The day a version came into force and how that is known. */
export interface Force {
  /** Null where nothing tells. */
  from: Day | null
  /** The document says so; or it is taken from the day of the version, as a change mostly applies at once. */
  basis: 'text' | 'derived' | 'unknown'
  /** The first day on which it no longer applies, where the text limits itself: 有效期五年. */
  until: Day | null
}

const SUBJECT =
  /(?:本(?:法|条例|规定|办法|细则|解释|决定|规则|规程|通知|意见|章程|方案|准则|制度|标准|批复|规范|修正案|安排|措施|通告|公告)|^|[，。、]|现予公布，?)\s?[^。；，]{0,12}自\s?$/
const AT_ONCE = /自(?:公布|发布|印发|颁布|通过|下发|批准|签发)之日起(?:正式)?(?:施行|实施|执行|生效)/

/**
 * When the version of `versionDay` came into force. `endings` are the last texts of the document, where the day stands.
 * The day a law first came into force stays in its later versions and says nothing about them.
 */
export function forceOf(versionDay: Day | null, happenings: Happening[], endings: string[]): Force {
  const force = beginningOf(versionDay, happenings, endings)
  return { ...force, until: endOf(force.from, endings) }
}

function beginningOf(
  versionDay: Day | null,
  happenings: Happening[],
  endings: string[],
): Pick<Force, 'from' | 'basis'> {
  const told = [
    ...happenings.filter(({ what }) => what === 'in-force').map(({ day }) => day),
    ...endings.flatMap(daysOfForce),
  ].sort()
  const latest = told.at(-1) ?? null
  if (versionDay === null) return { from: latest, basis: latest === null ? 'unknown' : 'text' }
  if (latest !== null && latest >= versionDay) return { from: latest, basis: 'text' }
  const changed = happenings.some(({ what }) => what === 'amended' || what === 'revised')
  const atOnce = !changed && endings.some(text => AT_ONCE.test(text))
  if (atOnce) return { from: versionDay, basis: 'text' }
  return { from: versionDay, basis: 'derived' }
}

const LIMIT = /(?:有效期|试行期)(?:限)?(?:为|：|:)?\s?([一二三四五六七八九十两\d]{1,3})\s?年/
const LAST_DAY = /(?:有效期|试行期)(?:限)?(?:至|到|截止到?|截至)\s?/

function endOf(from: Day | null, endings: string[]): Day | null {
  for (const text of endings) {
    const named = LAST_DAY.exec(text)
    const last =
      named === null ? undefined : daysIn(text).find(({ at }) => at === named.index + named[0].length)
    if (last) return addDays(last.day, 1)
    const years = readNumeral(LIMIT.exec(text)?.[1] ?? '')
    if (from !== null && years > 0) return anniversary(from, years)
  }
  return null
}

/** The same day of a later year; of a leap day the day after. */
function anniversary(day: Day, years: number): Day {
  const moment = new Date(`${day}T00:00:00Z`)
  moment.setUTCFullYear(moment.getUTCFullYear() + years)
  return moment.toISOString().slice(0, 10)
}

/** The days on which a document says of itself that it applies: 本法自…起施行. */
export function daysOfForce(text: string): Day[] {
  return daysIn(text).flatMap(({ day, at, end }) => {
    const before = text.slice(Math.max(0, at - 40), at)
    const after = text.slice(end, end + 8)
    return SUBJECT.test(before) && /^\s?起?(?:正式|开始)?(?:施行|实施|执行|生效)/.test(after) ? [day] : []
  })
}
