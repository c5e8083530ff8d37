import { dayOf } from '#shared/day'
import { type Clock, MINUTE, SECOND } from '../platform/clock.ts'
import { type Desk, ok, Refusal, type TakenCall } from '../platform/desk.ts'
import type { Corp } from './corp.ts'
import { contentIn } from './message-body.ts'

/** A message that reached a member. */
export interface WecomMessage {
  at: number
  userid: string
  kind: string
  content: Record<string, unknown>
}

interface State {
  corp: Corp
  clock: Clock
  members: Set<string>
  /** Members whose licence has ended. */
  unlicensed: Set<string>
  messages: WecomMessage[]
  /** Person-times of each day, and when each member got something. */
  days: Map<string, number>
  received: Map<string, number[]>
  /** When each text was sent to each member with the check for duplicates. */
  sent: Map<string, number>
}

const PER_MEMBER_A_DAY = 200
const PER_MINUTE = 30
const PER_HOUR = 1000
const MOST_MEMBERS = 1000

/** Messages of the app to members of the enterprise. Sources: developer.work.weixin.qq.com, paths 90236 and 90454. */
export function messageDesk(corp: Corp, clock: Clock) {
  const state: State = {
    corp,
    clock,
    members: new Set(),
    unlicensed: new Set(),
    messages: [],
    days: new Map(),
    received: new Map(),
    sent: new Map(),
  }
  const desk: Desk = { '/cgi-bin/message/send': { method: 'POST', answer: call => send(call, state) } }
  return {
    desk,
    messages: state.messages,
    addMember: (userid: string) => void state.members.add(userid),
    removeMember: (userid: string) => void state.members.delete(userid),
    endLicence: (userid: string) => void state.unlicensed.add(userid),
  }
}

/** Some members may be out of reach: then the call succeeds and names them. Only when nobody is a member, it fails. */
function send({ json }: TakenCall, state: State): object {
  if (json.agentid !== state.corp.agentid) throw new Refusal(40056, 'invalid agentid')
  const asked = typeof json.touser === 'string' ? json.touser.split('|').filter(Boolean) : []
  const wanted = json.touser === '@all' ? [...state.members] : asked
  if (wanted.length > MOST_MEMBERS) throw new Refusal(40058, 'too many users')
  const message = contentIn(json)
  const known = wanted.filter(userid => state.members.has(userid))
  const invalid = wanted.filter(userid => !state.members.has(userid))
  if (known.length === 0) throw new Refusal(81013, 'user & party & tag all invalid')
  countDay(known.length, state)
  const unlicensed = known.filter(userid => state.unlicensed.has(userid))
  for (const userid of known.filter(userid => !unlicensed.includes(userid)))
    if (arrives(userid, json, state)) state.messages.push({ ...message, userid, at: state.clock.now() })
  return ok({
    invaliduser: invalid.join('|').toLowerCase(),
    unlicenseduser: unlicensed.join('|').toLowerCase(),
    invalidparty: '',
    invalidtag: '',
    msgid: `msg-${state.messages.length}`,
  })
}

function countDay(persons: number, { clock, days, members }: State): void {
  const day = dayOf(new Date(clock.now()))
  const count = (days.get(day) ?? 0) + persons
  if (count > members.size * PER_MEMBER_A_DAY) throw new Refusal(45009, 'api freq out of limit')
  days.set(day, count)
}

/** What is too much for one member, or was there already, is dropped without a word. */
function arrives(userid: string, json: Record<string, unknown>, state: State): boolean {
  const now = state.clock.now()
  if (json.enable_duplicate_check === 1) {
    const key = `${userid} ${JSON.stringify(json[String(json.msgtype)])}`
    const before = state.sent.get(key) ?? -Infinity
    if (now - before < Number(json.duplicate_check_interval ?? 1800) * SECOND) return false
    state.sent.set(key, now)
  }
  const hour = (state.received.get(userid) ?? []).filter(at => now - at < 60 * MINUTE)
  if (hour.length >= PER_HOUR || hour.filter(at => now - at < MINUTE).length >= PER_MINUTE) return false
  state.received.set(userid, [...hour, now])
  return true
}
