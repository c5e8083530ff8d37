import { randomBytes, randomInt } from 'node:crypto'
import { type Desk, ok, Refusal, type TakenCall, textOf } from '../platform/desk.ts'
import type { App } from './app.ts'
import type { People } from './person.ts'
import type { PushDesk } from './push.ts'

export interface Flagged {
  suggest: 'review' | 'risky'
  label: number
}

const NOTHING = { suggest: 'pass', label: 100 }

interface Surroundings {
  people: People
  push: PushDesk
}

/** Content security, version 2. Sources: msgSecCheck, mediaCheckAsync, developers.weixin.qq.com. */
export function securityDesk(app: App, { people, push }: Surroundings) {
  /** What texts and addresses of media are judged by. */
  const words = new Map<string, Flagged>()
  /** The result of a media check comes so late at most. */
  const timing = { mediaMs: 20 }
  const judge = (text: string) => [...words].filter(([word]) => text.includes(word))

  const text = ({ json }: TakenCall): object => {
    checkScene(json)
    const content = textOf(json, 'content')
    if (content.length > 2_500) throw new Refusal(47001, 'content too long')
    people.lately(json.openid)
    const hits = judge(content)
    return ok({ trace_id: traceId(), result: worst(hits), detail: details(hits) })
  }
  const media = ({ json }: TakenCall): object => {
    checkScene(json)
    if (json.media_type !== 1 && json.media_type !== 2) throw new Refusal(40004, 'invalid media type')
    const address = textOf(json, 'media_url')
    const openid = people.lately(json.openid)
    const trace = traceId()
    const hits = judge(address)
    const failed = address.includes('missing') ? -1008 : 0
    setTimeout(
      () => {
        const result = worst(hits)
        const rest = { appid: app.appid, trace_id: trace, version: 2, errcode: failed, errmsg: 'ok' }
        push.message(openid, {
          MsgType: 'event',
          Event: 'wxa_media_check',
          ...rest,
          result,
          detail: details(hits),
        })
      },
      randomInt(timing.mediaMs) + 1,
    )
    return ok({ trace_id: trace })
  }
  const desk: Desk = {
    '/wxa/msg_sec_check': { method: 'POST', answer: text },
    '/wxa/media_check_async': { method: 'POST', answer: media },
  }
  return { desk, words, timing }
}

function checkScene({ version, scene }: Record<string, unknown>): void {
  if (version !== 2) throw new Refusal(47001, 'invalid version')
  if (![1, 2, 3, 4].includes(scene as number)) throw new Refusal(40129, 'invalid scene')
}

const traceId = (): string => randomBytes(12).toString('hex')

type Hits = [word: string, flagged: Flagged][]

const worst = (hits: Hits) =>
  hits.map(([, flagged]) => flagged).find(({ suggest }) => suggest === 'risky') ?? hits[0]?.[1] ?? NOTHING

const details = (hits: Hits) =>
  hits.length === 0
    ? [{ strategy: 'content_model', errcode: 0, ...NOTHING, prob: 90 }]
    : hits.map(([keyword, flagged]) => ({ strategy: 'keyword', errcode: 0, ...flagged, keyword, level: 20 }))
