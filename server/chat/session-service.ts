import type { Message, MessageBody } from '#shared/chat'
import { errors } from '#shared/errors'
import { seenInWechat } from '../account/service.ts'
import { AppError } from '../base/errors.ts'
import type { Log } from '../base/log.ts'
import type { Wechat } from '../clients/wechat.ts'
import type { PushedMessage } from '../http/push/message.ts'
import { follow } from '../policy/generation-service.ts'
import type { Assistant } from '../policy/service.ts'
import { type Piece, piecesOf } from './session/pieces.ts'
import { send } from './sending-service.ts'
import { say } from './service.ts'
import { acting, wasWelcomed, WELCOME, WROTE_MS } from './session/window.ts'
import { changeWindow, forgetWindow, windowOf } from './session-window-service.ts'
import { linkOf, type LinkTo, type Part, textForm, WEIGHT } from './session/text-form.ts'
import * as wording from './session/wording.ts'

/** WeChat ends 对方正在输入 after 15 seconds. */
const TYPING_MS = 12_000
/** An answer that takes longer is sent when the message is brought again; less than the inbox leaves a message alone. */
const PATIENCE_MS = 90_000
const CONVERSATION = 'pages/today/index'
/** Replies that may be suggested at the end. */
const SUGGESTED = 3

export interface SessionOutside {
  wechat: Pick<Wechat, 'sendServiceMessage' | 'showTyping'>
  appid: string
  assistant: Assistant
  now: () => Date
  log: Log
}

/** The conversation in WeChat's customer-service session. Each may be called again for the same message. */
export interface WechatSession {
  /** Somebody wrote: it is said in the cadre's conversation, and what is replied there is sent. */
  wrote: (message: PushedMessage) => Promise<void>
  /** Somebody opened the session. */
  entered: (message: PushedMessage) => Promise<void>
  /** Somebody withdrew: what is known of the session is forgotten. */
  left: (openid: string) => Promise<void>
  /** No answer is waited for any more; the messages are brought again later. */
  stop: () => void
}

interface Surroundings extends SessionOutside {
  linkTo: LinkTo
  /** Where the rest is. */
  rest: string
  stopped: AbortSignal
}

/** The dialogue of the mini-program, typed into WeChat's own session. */
export function createWechatSession(outside: SessionOutside): WechatSession {
  const stopping = new AbortController()
  const linkTo = linkOf(outside.appid)
  const rest = wording.REST + linkTo(CONVERSATION, wording.OPEN_APP)
  const around = { ...outside, linkTo, rest, stopped: stopping.signal }
  return {
    wrote: message => wrote(message, around),
    entered: message => entered(message, around),
    left: forgetWindow,
    stop: () => stopping.abort(),
  }
}

/** What is told so late that nobody can be answered is not said any more. */
async function wrote(message: PushedMessage, around: Surroundings): Promise<void> {
  const { openid, at, id } = message
  const now = around.now()
  if (now.getTime() - at >= WROTE_MS) return
  await changeWindow(openid, window => acting(window, 'wroteAt', at), now)
  const cadreId = await seenInWechat(openid, now)
  const pieces = cadreId === null ? fromStranger(id, around) : await turn(cadreId, message, around)
  await send(openid, pieces, around)
}

async function entered(message: PushedMessage, around: Surroundings): Promise<void> {
  const { openid, at } = message
  const now = around.now()
  await changeWindow(openid, window => acting(window, 'enteredAt', at), now)
  const key = `${WELCOME}${at}`
  const known = (await seenInWechat(openid, now)) !== null
  const pieces = known ? told(key, [notice(wording.GREETING)], around) : fromStranger(key, around)
  await send(openid, pieces, around)
}

const notice = (text: string): Part => ({ text, ai: false, weight: WEIGHT.notice })

const told = (key: string, parts: readonly Part[], { rest }: Surroundings): Piece[] =>
  piecesOf(parts, { turn: key, rest })

/**
 * Nobody becomes a cadre by a message: the privacy terms are agreed to in the mini-program, and a message that comes
 * after its writer left must not bring the account back.
 */
const fromStranger = (key: string, around: Surroundings): Piece[] =>
  told(key, [notice(wording.NOT_KNOWN), notice(around.linkTo(CONVERSATION, wording.OPEN_APP))], around)

/** One turn of the dialogue in pieces. The day's greeting has pieces of its own, as it comes with the first call only. */
async function turn(cadreId: string, message: PushedMessage, around: Surroundings): Promise<Piece[]> {
  const { id, openid, type, fields } = message
  if (type !== 'text') return told(id, [notice(wording.ONLY_TEXT)], around)
  try {
    const said = await saidTo(cadreId, { id, text: fields.Content ?? '' }, around)
    const bodies = await typing(openid, () => finished(cadreId, said.replies, around), around)
    const form = (body: MessageBody): Part[] => textForm(body, around.linkTo)
    const welcomed = wasWelcomed(await windowOf(openid))
    const greeting = said.greeting
      .flatMap(form)
      .filter(({ text }) => !welcomed || text !== wording.GREETING)
      .map(part => ({ ...part, weight: WEIGHT.day }))
    const replies = [...bodies.flatMap(form), ...said.suggestions]
    return [...told(`${id}:day`, greeting, around), ...told(id, replies, around)]
  } catch (error) {
    if (error instanceof AppError) return told(id, [notice(errors[error.code].text)], around)
    throw error
  }
}

interface Said {
  greeting: MessageBody[]
  replies: MessageBody[]
  /** What the chips would offer, unless a question waits, which says itself how it is answered. */
  suggestions: Part[]
}

async function saidTo(
  cadreId: string,
  { id, text }: { id: string; text: string },
  { assistant, now }: Surroundings,
): Promise<Said> {
  const messages: Message[] = []
  let suggestions: Part[] = []
  for await (const event of say({ cadreId, id, said: { text }, now: now() }, assistant)) {
    if (event.type === 'message') messages.push(event.message)
    if (event.type !== 'state' || event.state.open) continue
    const labels = event.state.chips.slice(0, SUGGESTED).map(({ label }) => label)
    suggestions = [{ text: wording.mayReply(labels), ai: false, weight: WEIGHT.day }]
  }
  const own = messages.findIndex(message => message.id === id)
  const bodies = (some: Message[]): MessageBody[] => some.map(({ body }) => body)
  return { greeting: bodies(messages.slice(0, own)), replies: bodies(messages.slice(own + 1)), suggestions }
}

/** The bodies once no answer among them is being written any more. */
async function finished(
  cadreId: string,
  bodies: MessageBody[],
  around: Surroundings,
): Promise<MessageBody[]> {
  const done: MessageBody[] = []
  for (const body of bodies) done.push(await written(cadreId, body, around))
  return done
}

async function written(
  cadreId: string,
  body: MessageBody,
  { assistant, stopped }: Surroundings,
): Promise<MessageBody> {
  if (body.type !== 'answer' || !body.writing) return body
  const signal = AbortSignal.any([stopped, AbortSignal.timeout(PATIENCE_MS)])
  for await (const event of follow({ cadreId, id: body.id, signal }, assistant))
    if (event.type === 'answer') return { type: 'answer', ...event.answer }
  throw new Error('an answer is still being written')
}

/** Shows 对方正在输入 until the work is done, as far as WeChat does: only for half a minute after the person wrote. */
async function typing<T>(openid: string, work: () => Promise<T>, { wechat, log }: Surroundings): Promise<T> {
  const show = () =>
    wechat.showTyping(openid, true).catch((error: unknown) => log.debug({ error }, 'typing was not shown'))
  await show()
  const timer = setInterval(() => void show(), TYPING_MS)
  try {
    return await work()
  } finally {
    clearInterval(timer)
  }
}
