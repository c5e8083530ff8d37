import { Types } from 'mongoose'
import { type Day, dayOf } from '#shared/day'
import type { Clause } from '#shared/policy'
import type { ReviewItem as ItemShown, ReviewState } from '#shared/review'
import { namesOf } from '../account/grant-service.ts'
import { record } from '../audit/service.ts'
import { isClassified } from '../base/classified.ts'
import { AppError } from '../base/errors.ts'
import { idText, transaction } from '../base/mongo.ts'
import { dropAlarm, openAlarms } from './alarm-service.ts'
import { citedArticles, type CitedArticle } from './citation-service.ts'
import { clauseOf } from './clause.ts'
import { citesOnly } from './review-answer.ts'
import { ReviewAsking, ReviewItem } from './review-model.ts'
import { tellWaiting } from './reviewed-news-service.ts'

/** Who acts on an item, and when. */
export interface Act {
  id: string
  cadreId: string
  now: Date
}

interface StoredAnswer {
  lines: string[]
  clauses: Types.ObjectId[]
  author: Types.ObjectId
  reviewer?: Types.ObjectId | null
  at: Date
}

type StoredItem = Omit<ItemShown, 'id' | 'lastAt' | 'answer'> & {
  _id: Types.ObjectId
  lastAt: Date
  answer?: StoredAnswer | null
  suggested: Types.ObjectId[]
  revision: number
}

const PAGE = 20

/** Items of a state, or all, the newest first; `before` is the last id of the page before. */
export async function reviewItems(call: {
  state?: ReviewState | undefined
  before?: string | undefined
  cadreId: string
  now: Date
}) {
  const { state, before, cadreId, now } = call
  const found = await ReviewItem.find({
    ...(state && { state }),
    ...(before !== undefined && { _id: { $lt: before } }),
  })
    .sort({ _id: -1 })
    .limit(PAGE + 1)
    .lean<StoredItem[]>()
  const items = await shown(found.slice(0, PAGE), cadreId, dayOf(now))
  return { items, more: found.length > PAGE, counts: await counts() }
}

async function counts() {
  const count = (state: ReviewState) => ReviewItem.countDocuments({ state })
  const [open, drafted, published, suspended, alarms] = await Promise.all([
    count('open'),
    count('drafted'),
    count('published'),
    count('suspended'),
    openAlarms(),
  ])
  return { open, drafted, published, suspended, alarms }
}

/** One item, with the clauses that were found for its question. Fails with `not-found`. */
export async function reviewItem({ id, cadreId, now }: Act) {
  const item = await itemOf(id)
  return { item: await face(item, cadreId, now), suggested: await clauses(item.suggested, dayOf(now)) }
}

/** Clauses as they stand today; those that are gone are left out. */
export const clauses = async (ids: readonly { toString(): string }[], today: Day): Promise<Clause[]> =>
  (await citedArticles(ids.map(String), today)).map(clauseOf)

/**
 * Writes or corrects the answer: a draft from then on, while what was published before goes on being given. Fails with
 * `review.no-such-clause`, `text.classified`, `review.changed`.
 */
export async function draftAnswer(
  call: Act & { lines: string[]; clauses: string[] },
): Promise<{ item: ItemShown }> {
  const { id, cadreId, now, lines } = call
  const item = await itemOf(id)
  if (isClassified(lines.join('\n'))) throw new AppError('text.classified')
  const wanted = [...new Set(call.clauses)]
  const there = await citedArticles(wanted, dayOf(now))
  const exact = wanted.length === call.clauses.length && there.length === wanted.length
  if (!exact || !citesOnly(lines, wanted.length)) {
    throw new AppError('review.no-such-clause', { id, clauses: call.clauses })
  }
  const answer = { lines, clauses: wanted, author: cadreId, reviewer: null, at: now, checkedOn: dayOf(now) }
  return act(item, call, 'answer', { answer, state: 'drafted', closing: '' })
}

/**
 * Publishes a draft that somebody else wrote: it is given from then on, and those who asked are told. Fails with
 * `review.own-work`, and with `review.changed` where there is no draft any more.
 */
export async function publishAnswer(call: Act): Promise<{ item: ItemShown }> {
  const item = await itemOf(call.id)
  if (item.state !== 'drafted' || item.answer == null) throw new AppError('review.changed', call)
  if (item.answer.author.equals(call.cadreId)) throw new AppError('review.own-work', call)
  const answer = { ...item.answer, reviewer: new Types.ObjectId(call.cadreId), at: call.now }
  const change = { answer, live: answer, stopped: null, state: 'published', trouble: '' }
  const published = await act(item, call, 'publish', change)
  // It is published whether or not everybody could be told; the daily job tells the rest.
  await tellWaiting(call.id).catch(() => undefined)
  return published
}

/** Closes a question that needs no answer. Fails with `review.changed` where it has one or is closed. */
export async function closeItem(call: Act & { reason: string }): Promise<{ item: ItemShown }> {
  const item = await itemOf(call.id)
  if (item.state !== 'open') throw new AppError('review.changed', call)
  return act(item, call, 'close', { state: 'closed', closing: call.reason }, { reason: call.reason })
}

/** The clauses of an answer that is given now, as they stand today. Fails with `review.changed` without one. */
export async function clausesOfReviewed(id: string, today: Day): Promise<CitedArticle[]> {
  const item = await ReviewItem.findById(id, { live: 1 }).lean()
  if (item === null) throw new AppError('not-found', id)
  if (item.live == null) throw new AppError('review.changed', id)
  return citedArticles(item.live.clauses.map(idText), today)
}

async function itemOf(id: string): Promise<StoredItem> {
  const item = await ReviewItem.findById(id).lean<StoredItem>()
  if (item === null) throw new AppError('not-found', id)
  return item
}

/** Changes the item as it was read, with a line in the audit log; fails where somebody was faster. */
async function act(
  { _id, revision }: StoredItem,
  { cadreId, now }: Act,
  action: 'answer' | 'publish' | 'close',
  change: object,
  detail: Record<string, string> = {},
): Promise<{ item: ItemShown }> {
  const changed = await transaction(async session => {
    const item = await ReviewItem.findOneAndUpdate(
      { _id, revision },
      { $set: change, $inc: { revision: 1 } },
      { returnDocument: 'after', session },
    ).lean<StoredItem>()
    if (item === null) throw new AppError('review.changed', { id: idText(_id) })
    if (action === 'publish') {
      await ReviewAsking.updateMany({ item: _id }, { told: false }, { session })
      await dropAlarm({ subject: 'answer', ref: idText(_id) }, now, session)
    }
    await record({ at: now, actor: cadreId, action, subject: `answer ${idText(_id)}`, detail }, session)
    return item
  })
  return { item: await face(changed, cadreId, now) }
}

async function face(item: StoredItem, cadreId: string, now: Date): Promise<ItemShown> {
  const [one] = await shown([item], cadreId, dayOf(now))
  if (one === undefined) throw new Error('an item has no face')
  return one
}

async function shown(items: StoredItem[], cadreId: string, today: Day): Promise<ItemShown[]> {
  const people = items.flatMap(({ answer }) =>
    answer ? [answer.author, ...(answer.reviewer ? [answer.reviewer] : [])] : [],
  )
  const cited = items.flatMap(({ answer }) => answer?.clauses ?? [])
  const [names, all] = await Promise.all([namesOf(people.map(idText)), clauses(cited, today)])
  const byId = new Map(all.map(clause => [clause.id, clause]))
  const nameOf = (person: Types.ObjectId): string => names.get(idText(person)) ?? ''
  return items.map(({ _id, answer, lastAt, question, state, causes, reasons, times, given, trouble }) => ({
    ...{ id: idText(_id), question, state, causes, reasons, times, given, trouble },
    lastAt: lastAt.toISOString(),
    answer: answer
      ? {
          lines: answer.lines,
          clauses: answer.clauses.flatMap(clause => byId.get(idText(clause)) ?? []),
          author: nameOf(answer.author),
          own: idText(answer.author) === cadreId,
          reviewer: answer.reviewer ? nameOf(answer.reviewer) : null,
          at: answer.at.toISOString(),
        }
      : null,
  }))
}
