import { randomBytes } from 'node:crypto'
import { type Clock, HOUR, SECOND } from '../platform/clock.ts'
import { type Desk, ok, Refusal } from '../platform/desk.ts'
import type { Corp } from './corp.ts'

/** The token of the app: the same one until it expires. Source: developer.work.weixin.qq.com, path 91039. */
export function tokenDesk(corp: Corp, clock: Clock) {
  let token = { text: '', until: 0 }
  const old = new Set<string>()
  const current = (): typeof token => {
    if (clock.now() < token.until) return token
    old.add(token.text)
    token = { text: randomBytes(160).toString('base64url'), until: clock.now() + 2 * HOUR }
    return token
  }
  const desk: Desk = {
    '/cgi-bin/gettoken': {
      method: 'GET',
      open: true,
      answer: ({ query }) => {
        if (query.get('corpid') !== corp.corpid) throw new Refusal(40013, 'invalid corpid')
        if (query.get('corpsecret') !== corp.secret) throw new Refusal(40001, 'invalid credential')
        const { text, until } = current()
        return ok({ access_token: text, expires_in: Math.floor((until - clock.now()) / SECOND) })
      },
    },
  }
  return {
    desk,
    authorise: (text: string | null): void => {
      if (!text) throw new Refusal(41001, 'access_token missing')
      if (old.has(text)) throw new Refusal(42001, 'access_token expired')
      if (text !== token.text) throw new Refusal(40014, 'invalid access_token')
      if (clock.now() >= token.until) throw new Refusal(42001, 'access_token expired')
    },
    /** The platform may end a token before its time. */
    kill: (): void => {
      token = { text: '', until: 0 }
    },
  }
}
