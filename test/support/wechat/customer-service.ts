import type { Clock } from '../platform/clock.ts'
import { type Desk, ok, type TakenCall } from '../platform/desk.ts'
import type { People } from './person.ts'
import type { PushMessage } from './push-body.ts'
import type { PushDesk } from './push.ts'
import { messageIn, type SessionMessage } from './session-message.ts'
import { createSessionWindows, type SessionWindows } from './session-window.ts'
import { createTyping } from './typing.ts'

interface Surroundings {
  clock: Clock
  people: People
  push: PushDesk
}

/** The customer-service session. Sources: sendCustomMessage, setTyping, developers.weixin.qq.com. */
export function customerServiceDesk(surroundings: Surroundings) {
  const { clock, people } = surroundings
  const windows = createSessionWindows(clock)
  const typing = createTyping(clock)
  const messages: SessionMessage[] = []
  const send = ({ json }: TakenCall): object => {
    const openid = people.known(json.touser)
    const message = { ...messageIn(json), openid, at: clock.now() }
    windows.use(openid)
    typing.ended(openid)
    messages.push(message)
    return ok()
  }
  const type = (call: TakenCall): object => {
    typing.command(people.known(call.json.touser), call)
    return ok()
  }
  const desk: Desk = {
    '/cgi-bin/message/custom/send': { method: 'POST', answer: send },
    '/cgi-bin/message/custom/business/typing': { method: 'POST', answer: type },
  }
  return { desk, messages, isTyping: typing.isTyping, ...acts(surroundings, { windows, typing }) }
}

interface Effects {
  windows: SessionWindows
  typing: ReturnType<typeof createTyping>
}

/** What people do, which the server is told by push. */
function acts({ people, push }: Surroundings, { windows, typing }: Effects) {
  // No id of an earlier emulator comes again, as a server may still remember those.
  let msgId = 9_100_000_000_000_000_000n + BigInt(Date.now()) * 1_000n
  const act = (openid: string, message: PushMessage): void => {
    people.visit(openid)
    typing.acted(openid)
    push.message(openid, message)
  }
  return {
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
