import { dayOf, type Day } from '#shared/day'
import { record } from '../audit/service.ts'
import { AppError } from '../base/errors.ts'
import { idText, transaction, type Session } from '../base/mongo.ts'
import { articlesLabelled } from './lookup-service.ts'
import { citedArticles } from './citation-service.ts'
import { PolicyAlarm, ReviewItem } from './review-model.ts'
import { timelinesOf } from './status-service.ts'
import { periodOn } from './timeline.ts'

/** Something that stopped. */
export interface Raised {
  subject: 'question' | 'answer'
  /** The question of the bank, or the review item. */
  ref: string
  what: string
  /** Law, article and what happened, in words. */
  why: string
  now: Date
}

/** Raises an alarm for what stopped, in the transaction that stops it. */
export async function raiseAlarm({ subject, ref, what, why, now }: Raised, session: Session): Promise<void> {
  const fresh = { what, why, at: now, settledAt: null }
  await PolicyAlarm.updateOne(
    { subject, ref, settledAt: null },
    { $setOnInsert: fresh },
    { upsert: true, session },
  )
  const detail = { why }
  await record({ at: now, actor: 'system', action: 'suspend', subject: `${subject} ${ref}`, detail }, session)
}

/** How many alarms wait. */
export const openAlarms = (): Promise<number> => PolicyAlarm.countDocuments({ settledAt: null })

const SHOWN = 200

/** The alarms that wait, the oldest first. */
export async function alarms() {
  const open = await PolicyAlarm.find({ settledAt: null }).sort({ _id: 1 }).limit(SHOWN).lean()
  return open.map(({ _id, subject, ref, what, why, at }) => ({
    ...{ id: idText(_id), subject, ref: idText(ref), what, why, at: at.toISOString() },
  }))
}

/** What an editor decided on a question of the bank: it goes on as checked today, or stays retired. */
export interface Settled {
  question: string
  resume: boolean
  today: Day
}

type Listener = (settled: Settled, session: Session) => Promise<void>
const listeners: Listener[] = []

/** Carries out what was decided on a question, in the transaction of the decision. Wired in `news.ts`. */
export function onSettled(listener: Listener): void {
  listeners.push(listener)
}

/**
 * Settles an alarm: what stopped goes on as checked today, or stays retired. Fails with `not-found` where nothing of
 * that id waits, and with `review.no-such-clause` where an answer rests on a clause that the law of today does not have.
 */
export async function settleAlarm(call: {
  id: string
  resume: boolean
  cadreId: string
  now: Date
}): Promise<void> {
  const { id, resume, cadreId, now } = call
  const waiting = await PolicyAlarm.findOne({ _id: id, settledAt: null }).lean()
  if (waiting === null) throw new AppError('not-found', id)
  const ref = idText(waiting.ref)
  const today = dayOf(now)
  const live = waiting.subject === 'answer' && resume ? await standing(ref, today) : null
  await transaction(async session => {
    const { modifiedCount } = await PolicyAlarm.updateOne(
      { _id: id, settledAt: null },
      { settledAt: now },
      { session },
    )
    if (modifiedCount === 0) throw new AppError('review.changed', id)
    if (waiting.subject === 'answer') await settleAnswer(ref, live, session)
    else for (const listener of listeners) await listener({ question: ref, resume, today }, session)
    const subject = `${waiting.subject} ${ref}`
    await record(
      { at: now, actor: cadreId, action: 'settle', subject, detail: { resume: `${resume}` } },
      session,
    )
  })
}

/** Takes an alarm away that an editor settled in another way. */
export async function dropAlarm(
  { subject, ref }: Pick<Raised, 'subject' | 'ref'>,
  now: Date,
  session?: Session,
): Promise<void> {
  await PolicyAlarm.updateOne({ subject, ref, settledAt: null }, { settledAt: now }, session && { session })
}

/** What was stopped, resting on the clauses as they stand today: the same labels in the version that applies. */
async function standing(item: string, today: Day) {
  const stored = await ReviewItem.findById(item, { stopped: 1 }).lean()
  if (stored?.stopped == null) return null
  const { stopped } = stored
  const clauses = await Promise.all(stopped.clauses.map(clause => clauseToday(idText(clause), today)))
  if (clauses.includes(null)) throw new AppError('review.no-such-clause', { item })
  return { ...stopped, clauses, checkedOn: today }
}

/** The clause of that label in the version that applies today; null where there is none. */
async function clauseToday(id: string, today: Day): Promise<string | null> {
  const [cited] = await citedArticles([id], today)
  if (cited === undefined) return null
  if (cited.standing === 'in-force' && !cited.newerMissing) return id
  const timeline = (await timelinesOf([cited.documentId])).get(cited.documentId) ?? []
  const versions = periodOn(timeline, today)?.versions ?? []
  const [now] = cited.label === '' ? [] : await articlesLabelled(versions, cited.label)
  return now ?? null
}

/** A draft that is being worked on stays one; without a live answer the item is closed. */
async function settleAnswer(item: string, live: object | null, session: Session): Promise<void> {
  const settled = { live, stopped: null, trouble: '' }
  const end = live === null ? { state: 'closed' } : { state: 'published', answer: live }
  const suspended = await ReviewItem.updateOne(
    { _id: item, state: 'suspended' },
    { $set: { ...settled, ...end }, $inc: { revision: 1 } },
    { session },
  )
  if (suspended.modifiedCount === 0)
    await ReviewItem.updateOne(
      { _id: item, live: null },
      { $set: settled, $inc: { revision: 1 } },
      { session },
    )
}
