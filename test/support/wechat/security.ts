import { randomBytes, randomInt } from 'node:crypto'
import { type Desk, ok, Refusal, type TakenCall, textOf } from '../platform/desk.ts'
import type { App } from './app.ts'
import { checkScene, type Flagged, judged } from './flagged.ts'
import type { People } from './person.ts'
import type { PushDesk } from './push.ts'

interface State {
  app: App
  people: People
  push: PushDesk
  /** What texts and addresses of media are judged by. */
  words: Map<string, Flagged>
  /** The verdict on media comes so late at most. */
  timing: { mediaMs: number }
}

const LONGEST = 2_500
const DOWNLOAD_FAILED = -1008

/** Content security, version 2. Sources: msgSecCheck, mediaCheckAsync, developers.weixin.qq.com. */
export function securityDesk(app: App, surroundings: Pick<State, 'people' | 'push'>) {
  const state: State = { app, ...surroundings, words: new Map(), timing: { mediaMs: 20 } }
  const desk: Desk = {
    '/wxa/msg_sec_check': { method: 'POST', answer: call => checkText(call, state) },
    '/wxa/media_check_async': { method: 'POST', answer: call => checkMedia(call, state) },
  }
  return { desk, words: state.words, timing: state.timing }
}

const traceId = (): string => randomBytes(12).toString('hex')

function checkText({ json }: TakenCall, { people, words }: State): object {
  checkScene(json)
  const content = textOf(json, 'content')
  if (content.length > LONGEST) throw new Refusal(47001, 'content too long')
  people.lately(json.openid)
  return ok({ trace_id: traceId(), ...judged(content, words) })
}

/** Answers at once; the verdict is pushed later. */
function checkMedia({ json }: TakenCall, { app, people, push, words, timing }: State): object {
  checkScene(json)
  if (json.media_type !== 1 && json.media_type !== 2) throw new Refusal(40004, 'invalid media type')
  const address = textOf(json, 'media_url')
  const openid = people.lately(json.openid)
  const trace = traceId()
  const event = { MsgType: 'event', Event: 'wxa_media_check', appid: app.appid, trace_id: trace, version: 2 }
  const errcode = address.includes('missing') ? DOWNLOAD_FAILED : 0
  const verdict = { ...judged(address, words) }
  const tell = () => push.message(openid, { ...event, errcode, errmsg: 'ok', ...verdict })
  setTimeout(tell, randomInt(timing.mediaMs) + 1)
  return ok({ trace_id: trace })
}
