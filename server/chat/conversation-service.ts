import { Types } from 'mongoose'
import type { Message, MessageBody } from '#shared/chat'
import { dayOf } from '#shared/day'
import { AppError } from '../base/errors.ts'
import { idText, isDuplicate, transaction } from '../base/mongo.ts'
import { ChatMessage, Conversation } from './model.ts'
import type { Talk } from './talk.ts'
import { type Touched, Waiting } from './waiting-service.ts'

/** Turns of one cadre that may queue up in one process. */
const QUEUE_LIMIT = 60
/** How much later than others a write may become visible, a failover between clocks included. */
const TOLERANCE_MS = 10_000

/** A conversation as it was read. */
export interface Known {
  /** The cadre's id. */
  id: string
  version: number
  seq: number
  talk: Talk
  greetedOn: string
}

/** A message about to be written. */
export interface News {
  id: string
  from: Message['from']
  body: MessageBody
  /** How many of the messages after it answer it. */
  replies?: number
}

const beginning: Talk = { paper: null, open: null, today: '', daily: 'new', offer: null }

/** The conversation of a cadre, made at the first call. */
export async function conversationOf(cadreId: string): Promise<Known> {
  const found = await Conversation.findById(cadreId).lean()
  if (found) {
    const { version, seq, talk, greetedOn } = found
    return { id: cadreId, version, seq, talk: talk as Talk, greetedOn }
  }
  const fresh = { _id: cadreId, version: 1, seq: 0, talk: beginning, greetedOn: '', touchedAt: new Date(0) }
  await Conversation.create(fresh).catch((error: unknown) => {
    if (!isDuplicate(error, ['_id'])) throw error
  })
  return conversationOf(cadreId)
}

export interface Change {
  talk?: Talk
  greetedOn?: string
}

/**
 * Writes messages and the conversation's new state, all or nothing. Undefined when somebody else wrote since
 * `known` was read.
 */
export async function append(known: Known, change: Change, news: News[], now: Date) {
  const after: Known = { ...known, ...change, version: known.version + 1, seq: known.seq + news.length }
  const documents = news.map(({ id, from, body, replies = 0 }, index) => ({
    conversation: new Types.ObjectId(known.id),
    seq: known.seq + 1 + index,
    id,
    from,
    day: dayOf(now),
    at: now,
    body,
    replies,
  }))
  const written = await transaction(async session => {
    const { matchedCount } = await Conversation.updateOne(
      { _id: known.id, version: known.version },
      { $set: { ...change, version: after.version, seq: after.seq }, $currentDate: { touchedAt: true } },
      { session },
    )
    // The driver puts an _id into what it is handed; a second try of the transaction must begin with clean documents.
    if (matchedCount === 1)
      await ChatMessage.collection.insertMany(
        documents.map(one => ({ ...one })),
        { session },
      )
    return matchedCount === 1
  })
  if (!written) return undefined
  waiting.wake(after)
  return { known: after, messages: documents.map(messageOf) }
}

interface StoredMessage {
  seq: number
  id: string
  from: Message['from']
  day: string
  at: Date
  body: unknown
}

const messageOf = ({ seq, id, from, day, at, body }: StoredMessage): Message => ({
  seq,
  id,
  from,
  day,
  at: at.toISOString(),
  body: body as MessageBody,
})

/** A message of the cadre and what was answered to it; undefined when there is no such message. */
export async function turnOf(cadreId: string, id: string): Promise<Message[] | undefined> {
  const own = await ChatMessage.findOne({ conversation: cadreId, id }).lean()
  if (!own) return undefined
  const range = { $gte: own.seq, $lte: own.seq + own.replies }
  return (await ChatMessage.find({ conversation: cadreId, seq: range }).sort({ seq: 1 }).lean()).map(
    messageOf,
  )
}

/** True when the conversation already holds a message with that id. */
export const holds = async (cadreId: string, id: string): Promise<boolean> =>
  (await ChatMessage.exists({ conversation: cadreId, id })) !== null

/** The latest messages, or those before `before`, oldest first. */
export async function pageBefore(cadreId: string, limit: number, before?: number) {
  const range = before === undefined ? {} : { seq: { $lt: before } }
  const found = await ChatMessage.find({ conversation: cadreId, ...range })
    .sort({ seq: -1 })
    .limit(limit + 1)
    .lean()
  return { messages: found.slice(0, limit).reverse().map(messageOf), more: found.length > limit }
}

/** The messages that follow `after`, oldest first. */
export async function pageAfter(cadreId: string, limit: number, after: number) {
  const found = await ChatMessage.find({ conversation: cadreId, seq: { $gt: after } })
    .sort({ seq: 1 })
    .limit(limit + 1)
    .lean()
  return { messages: found.slice(0, limit).map(messageOf), more: found.length > limit }
}

/** The newest write this process has seen, by the database's clock, and when it saw it, by its own. */
let newest: Date | undefined
let newestSince = 0

/** Conversations that were written to since the last look, by any process. */
async function touched(): Promise<Touched[]> {
  if (!newest) {
    const latest = await Conversation.findOne({}, { touchedAt: 1 }).sort({ touchedAt: -1 }).lean()
    newest = latest?.touchedAt ?? new Date(0)
    newestSince = performance.now()
  }
  const settled = performance.now() - newestSince > TOLERANCE_MS
  const since = settled ? { $gt: newest } : { $gte: new Date(newest.getTime() - TOLERANCE_MS) }
  const found = await Conversation.find({ touchedAt: since }, { seq: 1, touchedAt: 1 })
    .sort({ touchedAt: 1 })
    .lean()
  const last = found.at(-1)?.touchedAt
  if (last && last > newest) {
    newest = last
    newestSince = performance.now()
  }
  return found.map(({ _id, seq }) => ({ id: idText(_id), seq }))
}

/** The calls this process holds open. */
export const waiting = new Waiting(touched)

const turns = new Map<string, { last: Promise<unknown>; queued: number }>()

/** Runs turns of one cadre one after the other within this process; between processes the version decides. */
export async function inTurn<T>(cadreId: string, work: () => Promise<T>): Promise<T> {
  const turn = turns.get(cadreId) ?? { last: Promise.resolve(), queued: 0 }
  if (turn.queued >= QUEUE_LIMIT) throw new AppError('rate.limited')
  turns.set(cadreId, turn)
  turn.queued += 1
  const own = turn.last.then(work)
  turn.last = own.catch(() => undefined)
  try {
    return await own
  } finally {
    turn.queued -= 1
    if (turn.queued === 0) turns.delete(cadreId)
  }
}

/** Forgets all that was said: behaviour of somebody who leaves. May be done twice. */
export async function forgetConversation(cadreId: string): Promise<void> {
  await ChatMessage.deleteMany({ conversation: cadreId })
  await Conversation.deleteOne({ _id: cadreId })
}
