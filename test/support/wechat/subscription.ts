import type { Clock } from '../platform/clock.ts'
import { type Desk, ok, Refusal, type TakenCall, textOf } from '../platform/desk.ts'
import { createLedger, type Ledger } from './ledger.ts'
import type { People } from './person.ts'
import type { PushMessage } from './push-body.ts'
import type { PushDesk } from './push.ts'
import { defaultSwitches, messageIn, type SubscribeMessage } from './subscription-message.ts'
import { shown, type Template } from './template.ts'

interface Surroundings {
  clock: Clock
  people: People
  push: PushDesk
}

/** One-time and long-term subscription messages. Source: sendMessage, developers.weixin.qq.com. */
export function subscriptionDesk(surroundings: Surroundings) {
  const state = {
    ...surroundings,
    templates: new Map<string, Template>(),
    ledger: createLedger(),
    messages: [] as SubscribeMessage[],
    busy: new Set<string>(),
    switches: defaultSwitches(),
  }
  const desk: Desk = {
    '/cgi-bin/message/subscribe/send': { method: 'POST', answer: call => send(call, state) },
    '/wxaapi/newtmpl/gettemplate': {
      method: 'GET',
      answer: () => ok({ data: [...state.templates.values()].map(shown) }),
    },
  }
  return {
    desk,
    messages: state.messages,
    switches: state.switches,
    /** How many messages somebody may still be sent. */
    left: state.ledger.left,
    addTemplate: (template: Template) => void state.templates.set(template.id, template),
    ...acts(state),
  }
}

type State = Surroundings & {
  templates: Map<string, Template>
  ledger: Ledger
  messages: SubscribeMessage[]
  busy: Set<string>
  switches: ReturnType<typeof defaultSwitches>
}

async function send(call: TakenCall, state: State): Promise<object> {
  const { clock, people, push, ledger, messages, busy, switches } = state
  const template = state.templates.get(textOf(call.json, 'template_id', 40037))
  if (!template) throw new Refusal(40037, 'invalid template_id')
  const openid = people.known(call.json.touser)
  if (busy.has(openid)) throw new Refusal(43108, 'concurrent send to the same user')
  busy.add(openid)
  try {
    await new Promise(later => setTimeout(later, switches.sendMs))
    const message = messageIn(call, template, switches)
    if (!ledger.take(openid, template.id, template.type === 3))
      throw new Refusal(43101, 'user refuse to accept the msg')
    messages.push({ ...message, openid, at: clock.now() })
  } finally {
    busy.delete(openid)
  }
  const id = String(3_000_000_000_000_000_000n + BigInt(messages.length))
  push.event(openid, 'subscribe_msg_sent_event', [sentItem(template.id, id, switches.sentErrorCode)])
  return ok()
}

const sentItem = (template: string, id: string, errorCode: string): PushMessage => ({
  TemplateId: template,
  MsgID: id,
  ErrorCode: errorCode,
  ErrorStatus: errorCode === '0' ? 'success' : 'system failure',
})

/** What people do, which the server is told by push. */
function acts({ ledger, push, switches }: State) {
  const popup = (openid: string, ids: readonly string[], status: 'accept' | 'reject'): void => {
    const items = ids.map(id => ({ TemplateId: id, SubscribeStatusString: status, PopupScene: '0' }))
    push.event(openid, 'subscribe_msg_popup_event', items)
  }
  return {
    /** Allows each of these in the popup. */
    accept: (openid: string, ...ids: string[]): void => {
      for (const id of ids) ledger.accept(openid, id)
      popup(openid, ids, 'accept')
    },
    /** Refuses these in the popup: what was accepted before stays. */
    reject: (openid: string, ...ids: string[]): void => popup(openid, ids, 'reject'),
    /** Switches these off in 服务通知. */
    switchOff: (openid: string, ...ids: string[]): void => {
      for (const id of ids) ledger.reject(openid, id, switches.rejectClears)
      const items = ids.map(id => ({ TemplateId: id, SubscribeStatusString: 'reject' }))
      push.event(openid, 'subscribe_msg_change_event', items)
    },
  }
}
