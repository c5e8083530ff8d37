import { randomBytes } from 'node:crypto'
import type { Clock } from '../platform/clock.ts'
import { type Desk, Refusal } from '../platform/desk.ts'
import { type App, checkApp } from './app.ts'
import { createCodes } from '../platform/code.ts'
import type { People } from './person.ts'

/** Signing in. Source: auth.code2Session, developers.weixin.qq.com. */
export function signInDesk(app: App, { clock, people }: { clock: Clock; people: People }) {
  const codes = createCodes<string>(clock)
  const sessionKeys: string[] = []
  const desk: Desk = {
    '/sns/jscode2session': {
      method: 'GET',
      open: true,
      answer: ({ query }) => {
        checkApp(app, query.get('appid'), query.get('secret'))
        if (query.get('grant_type') !== 'authorization_code') throw new Refusal(40002, 'invalid grant_type')
        const openid = codes.trade(query.get('js_code'))
        people.visit(openid)
        const sessionKey = randomBytes(16).toString('base64')
        sessionKeys.push(sessionKey)
        return { session_key: sessionKey, openid }
      },
    },
  }
  return { desk, codeOf: codes.give, sessionKeys }
}
