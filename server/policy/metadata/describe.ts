import type { Day } from '#shared/day'
import type { Split } from '../split/split.ts'
import { isCited, wordsOf, type Piece } from '../split/piece.ts'
import { dayInName, daysIn } from './date.ts'
import { forceOf, type Force } from './force.ts'
import { happeningsIn } from './history.ts'
import { issuerOf } from './issuer.ts'
import { isStateFolder, levelOf, type Level } from './level.ts'
import { documentNumberIn } from './number.ts'
import { regionIn, WHOLE_STATE, type Region } from './region.ts'
import { repealsIn, type Repeal } from './repeal.ts'
import { namesOf, plainTitle, titleKey } from './title.ts'

/** What a document tells about itself, and what its place in the folder tells. */
export interface Description {
  /** What makes it the same document in any version. */
  key: string
  title: string
  names: string[]
  part: string
  issuer: string
  number: string
  /** The day of this version; null where neither text nor file name tells it. */
  day: Day | null
  promulgatedOn: Day | null
  force: Force
  level: Level
  region: Region
  category: string
  repeals: Repeal[]
}

/** Where a document was found, and what the editor says of all that was found there. */
export interface Place {
  /** Path inside of the folder that is imported, parted by `/`. */
  path: string
  region?: Region | undefined
}

/** The lines before the text in which a history stands, at most. */
const MAX_NOTES = 40
const LONGEST_NOTE = 2_000
const LONGEST_TITLE = 300
const ENDINGS = 4

export function describe({ title: found, part, pieces }: Split, { path, region: given }: Place): Description {
  const segments = path.split('/')
  const name = (segments.pop() ?? '').replace(/\.[^.]+$/, '')
  const title = plainTitle((found === '' ? name : found).slice(0, LONGEST_TITLE))
  const notes = texts(pieces, 'note').slice(0, MAX_NOTES)
  const closing = texts(pieces, 'closing')
  const happenings = happeningsIn(notes)
  const cited = pieces.filter(isCited)
  const endings = cited.slice(-ENDINGS).map(({ text }) => text)
  const number = documentNumberIn(notes)
  const issuer = issuerOf(title, notes, closing)
  const category = segments.join('/')
  const region = given ?? regionOf(issuer, title, category)
  const changes = happenings.filter(({ what }) => what !== 'in-force').map(({ day }) => day)
  const signed = closing.flatMap(line => daysIn(line).map(({ day }) => day))
  const told = dayInName(name) ?? changes.sort().at(-1) ?? signed.sort().at(-1) ?? null
  const force = forceOf(told, happenings, [...endings, ...notes])
  const day = told ?? force.from
  const promulgatedOn = promulgation(happenings) ?? signed[0] ?? day
  const level = levelOf({ title, issuer, number, notes, category, region })
  return {
    key: keyOf(title, number, level),
    title,
    names: namesOf(title),
    part,
    issuer,
    number,
    day,
    promulgatedOn,
    force,
    level,
    region,
    category,
    repeals: cited.flatMap(({ label, text }) => repealsIn(label, text, promulgatedOn)),
  }
}

const texts = (pieces: Piece[], kind: Piece['kind']): string[] =>
  pieces.filter(piece => piece.kind === kind).map(piece => wordsOf(piece).slice(0, LONGEST_NOTE))

/** A notice is known by its number too: next year's notice of the same title is another one. */
const keyOf = (title: string, number: string, level: Level): string =>
  level === 'normative' && number !== '' ? `${titleKey(title)} ${number}` : titleKey(title)

const regionOf = (issuer: string, title: string, category: string): Region =>
  /^(?:全国人|国务院|中共中央|最高人民|中华人民)/.test(issuer) || isStateFolder(category)
    ? WHOLE_STATE
    : (regionIn(issuer) ?? regionIn(title) ?? WHOLE_STATE)

function promulgation(happenings: ReturnType<typeof happeningsIn>): Day | null {
  const of = (what: string) => happenings.find(each => each.what === what)?.day
  return of('promulgated') ?? of('adopted') ?? null
}
