import type { Clock } from '../platform/clock.ts'
import { type Desk, ok, Refusal, textOf } from '../platform/desk.ts'
import type { People } from './person.ts'
import type { PushMessage } from './push-body.ts'
import type { PushDesk } from './push.ts'
import { createSessionWindows } from './session-window.ts'
import { createTyping } from './typing.ts'

/** A message of ours in somebody's customer-service session. */
export interface SessionMessage {
  at: number
  openid: string
  type: string
  content: Record<string, unknown>
  /** Bears the grey line that says a model wrote it. */
  ai: boolean
}

/** Which fields each type of message must have. */
const TYPES: Record<string, readonly string[]> = {
  text: ['content'],
  image: ['media_id'],
  link: ['title', 'description', 'url', 'thumb_url'],
  miniprogrampage: ['title', 'pagepath', 'thumb_media_id'],
}

interface Surroundings {
  clock: Clock
  people: People
  push: PushDesk
}

/** The customer-service session. Sources: sendCustomMessage, setTyping, developers.weixin.qq.com. */
export function customerServiceDesk({ clock, people, push }: Surroundings) {
  const windows = createSessionWindows(clock)
  const typing = createTyping(clock)
  const messages: SessionMessage[] = []
  let msgId = 9_100_000_000_000_000_000n
  const act = (openid: string, message: PushMessage): void => {
    people.visit(openid)
    typing.acted(openid)
    push.message(openid, message)
  }
  const desk: Desk = {
    '/cgi-bin/message/custom/send': {
      method: 'POST',
      answer: ({ json }) => {
        const openid = people.known(json.touser)
        const message = { ...messageIn(json), openid, at: clock.now() }
        windows.use(openid)
        typing.ended(openid)
        messages.push(message)
        return ok()
      },
    },
    '/cgi-bin/message/custom/business/typing': {
      method: 'POST',
      answer: call => {
        typing.command(people.known(call.json.touser), call)
        return ok()
      },
    },
  }
  return {
    desk,
    messages,
    isTyping: typing.isTyping,
    /** Writes to us; other kinds than text have fields of their own. */
    say: (openid: string, text: string, message: PushMessage = { MsgType: 'text', Content: text }): void => {
      msgId += 1n
      windows.wrote(openid)
      act(openid, { ...message, MsgId: String(msgId) })
    },
    /** Opens the session. */
    enter: (openid: string, sessionFrom = ''): void => {
      windows.entered(openid)
      act(openid, { MsgType: 'event', Event: 'user_enter_tempsession', SessionFrom: sessionFrom })
    },
  }
}

function messageIn(json: Record<string, unknown>): Pick<SessionMessage, 'type' | 'content' | 'ai'> {
  const type = textOf(json, 'msgtype', 40008)
  const wanted = TYPES[type]
  if (!wanted) throw new Refusal(40008, 'invalid message type')
  const content = json[type]
  if (typeof content !== 'object' || content === null) throw new Refusal(44004, `empty ${type}`)
  for (const field of wanted) textOf(content as Record<string, unknown>, field, 44004)
  const context = json.aimsgcontext as { is_ai_msg?: unknown } | undefined
  if (context !== undefined && context.is_ai_msg !== 1 && context.is_ai_msg !== 0)
    throw new Refusal(47001, 'invalid aimsgcontext')
  return { type, content: content as Record<string, unknown>, ai: context?.is_ai_msg === 1 }
}
