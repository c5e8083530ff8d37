import { randomUUID } from 'node:crypto'
import type { ChatAction, ChatEvent, Message, MessageBody } from '#shared/chat'
import { AppError } from '../base/errors.ts'
import { storable } from '../base/free-text.ts'
import { isDuplicate } from '../base/mongo.ts'
import type { Assistant } from '../policy/service.ts'
import { completed } from './answer-service.ts'
import {
  append,
  conversationOf,
  inTurn,
  type Known,
  type News,
  pageAfter,
  pageBefore,
  turnOf,
  waiting,
} from './conversation-service.ts'
import { converse, type Input } from './dialogue.ts'
import { carryOut, type Who } from './effect-service.ts'
import { greeted } from './greeting-service.ts'
import { stateOf, type Talk } from './talk.ts'
import { ownWords } from './wording.ts'

export { forgetConversation } from './conversation-service.ts'
export { tellCorrection, tellReportReply, tellReviewed } from './notice-service.ts'

const PAGE = 30
/** Characters of what is typed. */
const LONGEST = 2_000
/** Seconds a call for news is held unless it says otherwise. */
const WAIT = 25
/** Times a turn is thought over again because somebody else wrote to the conversation meanwhile. */
const TRIES = 20
/** Effects one turn may need; the longest, a stale tap on the last open question, needs four. */
const EFFECTS = 8

export interface Look {
  cadreId: string
  before?: number
  after?: number
  /** Seconds. */
  wait?: number
  limit?: number
  now: Date
  signal: AbortSignal
}

/** A page of the conversation. Looking at its end opens the day; asking for what follows may be held open. */
export async function messages({ cadreId, before, after, wait = WAIT, limit = PAGE, now, signal }: Look) {
  if (before !== undefined && after !== undefined) {
    throw new AppError('request.invalid', undefined, ['query.before', 'query.after'])
  }
  const known = before === undefined ? (await greeted(cadreId, now)).known : await conversationOf(cadreId)
  if (after === undefined)
    return { ...(await whole(cadreId, await pageBefore(cadreId, limit, before))), state: stateOf(known.talk) }
  const page = await whole(cadreId, await news({ cadreId, after, limit, ms: wait * 1_000, signal }))
  return { ...page, state: stateOf((await conversationOf(cadreId)).talk) }
}

interface Page {
  messages: Message[]
  more: boolean
}

/** A page with every answer as far as it is written by now. */
const whole = async (cadreId: string, page: Page): Promise<Page> => ({
  ...page,
  messages: await completed(cadreId, page.messages),
})

interface Wanted {
  cadreId: string
  after: number
  limit: number
  ms: number
  signal: AbortSignal
}

async function news({ cadreId, after, limit, ms, signal }: Wanted) {
  const held = waiting.hold({ id: cadreId, after, ms, signal })
  try {
    const page = await pageAfter(cadreId, limit, after)
    if (page.messages.length > 0 || ms === 0) return page
    await held.over
    return signal.aborted ? page : await pageAfter(cadreId, limit, after)
  } finally {
    held.end()
  }
}

/** Ends every call held open, so that a server can stop. */
export const stopWaiting = (): void => waiting.endAll()

export interface Say {
  cadreId: string
  /** Made by the client; the same id says the same thing once. */
  id?: string
  said: { text: string } | { action: ChatAction }
  now: Date
}

/** Says or does something: the cadre's own message, the replies, then where the conversation stands. */
export async function* say(call: Say, assistant: Assistant): AsyncGenerator<ChatEvent> {
  const said = admitted(call.said)
  const id = call.id ?? randomUUID()
  // Ids with a colon are 日知's own.
  if (id.includes(':')) throw new AppError('request.invalid', undefined, ['body.id'])
  const { messages: written, talk } = await inTurn(call.cadreId, () =>
    turn({ ...call, said, id, turn: id }, assistant),
  )
  for (const message of written) yield { type: 'message', message }
  yield { type: 'state', state: stateOf(talk) }
}

/** What was said with its free texts as they may be stored. Classified or empty text is refused. */
function admitted(said: Say['said']): Say['said'] {
  if ('text' in said) return { text: wordsOf(said.text) }
  const { action } = said
  if (action.type === 'answer') return { action: { ...action, chosen: action.chosen.map(wordsOf) } }
  if (action.type === 'practise' && action.topic)
    return { action: { ...action, topic: wordsOf(action.topic) } }
  return said
}

function wordsOf(text: string): string {
  if (text.length > LONGEST) throw new AppError('text.too-long')
  if (text.trim() === '') throw new AppError('request.invalid', undefined, ['body'])
  return storable(text)
}

interface Turn extends Who {
  id: string
  said: Say['said']
}

interface Written {
  messages: Message[]
  talk: Talk
}

async function turn(call: Turn, assistant: Assistant): Promise<Written> {
  const before: Message[] = []
  for (let tries = 0; tries < TRIES; tries += 1) {
    const { known, greeting } = await greeted(call.cadreId, call.now)
    before.push(...greeting)
    const written = await tryTurn(call, known, assistant)
    if (written) return { ...written, messages: [...before, ...written.messages] }
  }
  throw new AppError('server.busy', { cadreId: call.cadreId })
}

/** Undefined when somebody else wrote meanwhile. Effects were idempotent then, and the turn is thought over again. */
async function tryTurn(call: Turn, known: Known, assistant: Assistant): Promise<Written | undefined> {
  const earlier = await turnOf(call.cadreId, call.id)
  if (earlier) return { messages: await completed(call.cadreId, earlier), talk: known.talk }
  const { talk, replies } = await thinkOver(known.talk, call.said, call, assistant)
  const text =
    'text' in call.said ? keptWords(call.said.text, replies) : ownWords(call.said.action, known.talk.open)
  const own: News = { id: call.id, from: 'cadre', body: { type: 'text', text }, replies: replies.length }
  const answers = replies.map((body, n): News => ({ id: `re:${call.id}:${n + 1}`, from: 'rizhi', body }))
  try {
    const written = await append(known, { talk }, [own, ...answers], call.now)
    return written && { messages: written.messages, talk }
  } catch (error) {
    if (isDuplicate(error, ['conversation', 'id'])) return undefined
    throw error
  }
}

/** A question about policy is kept as it was asked of the assistant: without names and numbers of persons. */
const keptWords = (text: string, replies: MessageBody[]): string =>
  replies.find(reply => reply.type === 'answer')?.question ?? text

/** Runs the dialogue until it needs nothing more of the world. */
async function thinkOver(
  before: Talk,
  said: Input,
  who: Who,
  assistant: Assistant,
): Promise<{ talk: Talk; replies: MessageBody[] }> {
  let step = converse(before, said)
  const replies = [...step.replies]
  for (let effects = 0; step.effect; effects += 1) {
    if (effects >= EFFECTS) throw new Error(`the dialogue does not come to an end: ${step.effect.do}`)
    step = converse(step.talk, await carryOut(step.effect, who, assistant))
    replies.push(...step.replies)
  }
  return { talk: step.talk, replies }
}
