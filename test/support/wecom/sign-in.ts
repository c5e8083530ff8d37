import { randomBytes } from 'node:crypto'
import type { Clock } from '../platform/clock.ts'
import { type Desk, ok, Refusal } from '../platform/desk.ts'
import { createCodes } from '../platform/code.ts'
import type { Corp } from './corp.ts'

/** Signing in from within WeCom. Source: developer.work.weixin.qq.com, path 91507. */
export function signInDesk(corp: Corp, clock: Clock) {
  const codes = createCodes<string>(clock)
  const sessionKeys: string[] = []
  const useridOf = (code: string | null): string => {
    try {
      return codes.trade(code)
    } catch {
      throw new Refusal(40029, 'invalid code')
    }
  }
  const desk: Desk = {
    '/cgi-bin/miniprogram/jscode2session': {
      method: 'GET',
      answer: ({ query }) => {
        if (query.get('grant_type') !== 'authorization_code') throw new Refusal(40002, 'invalid grant_type')
        const userid = useridOf(query.get('js_code'))
        const sessionKey = randomBytes(16).toString('base64')
        sessionKeys.push(sessionKey)
        return ok({ corpid: corp.corpid, userid, session_key: sessionKey })
      },
    },
  }
  return { desk, codeOf: codes.give, sessionKeys }
}
