import { Types } from 'mongoose'
import { type Day, dayOf, monthOf } from '#shared/day'
import { AppError } from '../base/errors.ts'
import { isDuplicate, readOne, type Session, transaction } from '../base/mongo.ts'
import { type Earner, firstRule, type PointRule as Rule, ruleOn } from './earning.ts'
import { PointEntry, PointRule, Standing, StudyMonth } from './model.ts'
import {
  afterAward,
  afterCorrection,
  countedOn,
  earnedOn,
  emptyTally,
  isFirstOf,
  limitOf,
  type Tally,
} from './tally.ts'
import type { EntryDetail } from './wording.ts'

/** Something that brings points. */
export interface Happening {
  cadreId: string
  cause: Earner
  /** Names the one happening it pays for; a cadre is paid once per key. */
  key: string
  detail: EntryDetail
  now: Date
  /** How the same happening changes the count of mastered questions. */
  mastered?: number
}

/**
 * The rules this process has read, and on which day. A new version begins on a later day than it is announced, so they
 * hold as long as the day lasts; read anew every minute, the page shows what was announced.
 */
let rulesRead: { at: Date; rules: Rule[] } | undefined
const RULES_FRESH_MS = 60_000

async function rulesAt(now: Date): Promise<Rule[]> {
  const fresh =
    rulesRead &&
    dayOf(rulesRead.at) === dayOf(now) &&
    Math.abs(now.getTime() - rulesRead.at.getTime()) <= RULES_FRESH_MS
  if (rulesRead && fresh) return rulesRead.rules
  const rules = [firstRule, ...(await PointRule.find({}, { _id: 0 }).lean())]
  rulesRead = { at: now, rules }
  return rules
}

/**
 * Announces a new version of the rule. It must begin on a later day, so nothing is ever paid again under another rule.
 * Fails with `request.invalid` otherwise, or when the version is not the next one.
 */
export async function announceRule(rule: Rule, now: Date): Promise<void> {
  rulesRead = undefined
  const latest = Math.max(...(await rulesAt(now)).map(known => known.version))
  if (rule.from <= dayOf(now) || rule.version !== latest + 1) throw new AppError('request.invalid', rule)
  await PointRule.create(rule)
  rulesRead = undefined
}

/** The last transaction of each cadre in this process, so that a cadre's own do not fight each other. */
const turns = new Map<string, Promise<unknown>>()

/**
 * Runs a transaction that may pay a cadre. In one process a cadre's transactions run one after the other; between
 * processes they conflict on the standing and the driver runs one of them again. Two first payments at once would both
 * make the standing; the one that loses runs again and finds it.
 */
export async function paying<T>(cadreId: string, work: (session: Session) => Promise<T>): Promise<T> {
  const turn = (turns.get(cadreId) ?? Promise.resolve()).then(() => payTwice(work))
  const settled = turn.catch(() => {})
  turns.set(cadreId, settled)
  try {
    return await turn
  } finally {
    if (turns.get(cadreId) === settled) turns.delete(cadreId)
  }
}

async function payTwice<T>(work: (session: Session) => Promise<T>): Promise<T> {
  try {
    return await transaction(work)
  } catch (error) {
    if (isDuplicate(error, ['cadre']) || isDuplicate(error, ['cadre', 'month'])) return transaction(work)
    throw error
  }
}

/** The rules as they hold at a moment; read before a transaction, so that it need not. */
export const ruleAt = async (now: Date): Promise<Rule> => ruleOn(dayOf(now), await rulesAt(now))

/**
 * Pays for one happening inside the caller's transaction (see `paying`). Answers what it brought and the new total.
 * A happening past the daily cap brings 0 and is still in the ledger, with the reason. Fails with MongoDB's 11000 over
 * {cadre, key} when the key was paid before.
 */
export async function award(
  happening: Happening,
  session: Session,
): Promise<{ earned: number; total: number }> {
  const { cadreId, cause, key, detail, now, mastered = 0 } = happening
  const before = await tallyOf(cadreId, dayOf(now), session)
  const day = countedOn(before, dayOf(now))
  const rule = ruleOn(day, await rulesAt(now))
  const { tally, earned } = afterAward(before, cause, day, rule)
  const limit = limitOf(earned, rule, cause, earnedOn(before, day))
  const entry = { cause, key, day, points: earned, ruleVersion: rule.version, at: now }
  await PointEntry.collection.insertOne(
    { cadre: new Types.ObjectId(cadreId), ...entry, detail: limit ? { ...detail, limit } : detail },
    { session },
  )
  await keep(cadreId, { ...tally, mastered: tally.mastered + mastered }, session)
  if (isFirstOf(before, day)) await markStudied(cadreId, day, session)
  return { earned, total: tally.total }
}

/** Settles an earlier happening by a new entry outside the daily cap, inside the caller's transaction. */
export async function adjust(
  correction: {
    cadreId: string
    key: string
    points: number
    detail: EntryDetail
    now: Date
    mastered?: number
  },
  session: Session,
): Promise<{ total: number }> {
  const { cadreId, key, points, detail, now, mastered = 0 } = correction
  const day = dayOf(now)
  const { version } = await ruleAt(now)
  const tally = afterCorrection(await tallyOf(cadreId, day, session), points, day)
  const entry = { cause: 'correction', key, day, points, ruleVersion: version, at: now, detail }
  await PointEntry.collection.insertOne({ cadre: new Types.ObjectId(cadreId), ...entry }, { session })
  await keep(cadreId, { ...tally, mastered: tally.mastered + mastered }, session)
  return { total: tally.total }
}

/** Counts a question as mastered (+1) or no longer so (-1), inside the caller's transaction. */
export async function countMastered(
  cadreId: string,
  change: number,
  now: Date,
  session: Session,
): Promise<void> {
  const tally = await tallyOf(cadreId, dayOf(now), session)
  await keep(cadreId, { ...tally, mastered: tally.mastered + change }, session)
}

/** True when a key was paid before; asked inside the transaction that would pay it. */
export const isPaid = async (cadreId: string, key: string, session: Session): Promise<boolean> =>
  (await PointEntry.findOne({ cadre: cadreId, key }, { _id: 1 }).session(session).lean()) !== null

/** What a question answered right is worth under the rule of a day, for settling a correction. */
export const questionPoints = async (day: Day, now: Date): Promise<number> =>
  ruleOn(day, await rulesAt(now)).question

/** What a cadre's ledger adds up to; empty for somebody new. */
export async function tallyOf(cadreId: string, day: Day, session?: Session): Promise<Tally> {
  const filter = { cadre: new Types.ObjectId(cadreId) }
  const projection = { _id: 0, cadre: 0, __v: 0 }
  return (await readOne<Tally>(Standing, filter, { projection, session })) ?? emptyTally(day)
}

/** Writes the standing, inside a transaction that read it. */
export const keep = (cadreId: string, tally: Tally, session: Session) =>
  Standing.collection.updateOne(
    { cadre: new Types.ObjectId(cadreId) },
    { $set: tally },
    { session, upsert: true },
  )

const markStudied = (cadreId: string, day: Day, session: Session) =>
  StudyMonth.updateOne(
    { cadre: cadreId, month: monthOf(day) },
    { $addToSet: { days: day } },
    { session, upsert: true },
  )

/** All points of a cadre, inside a transaction. */
export const totalOf = async (cadreId: string, session: Session): Promise<number> =>
  (await Standing.findOne({ cadre: cadreId }, { total: 1 }).session(session).lean())?.total ?? 0
