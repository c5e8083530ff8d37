import { randomBytes } from 'node:crypto'
import type { Clock } from '../platform/clock.ts'
import { type Desk, ok, Refusal } from '../platform/desk.ts'
import { createCodes } from '../platform/code.ts'
import type { Corp } from './corp.ts'

interface Member {
  corpid: string
  /** Empty for somebody who is no member. */
  userid: string
}

/** Signing in from within WeCom; the app may be open to other enterprises as well. Source: path 91507. */
export function signInDesk(corp: Corp, clock: Clock) {
  const codes = createCodes<Member>(clock)
  const sessionKeys: string[] = []
  const memberOf = (code: string | null): Member => {
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
        const member = memberOf(query.get('js_code'))
        const sessionKey = randomBytes(16).toString('base64')
        sessionKeys.push(sessionKey)
        return ok({ ...member, session_key: sessionKey })
      },
    },
  }
  const codeOf = (userid: string, corpid = corp.corpid): string => codes.give({ corpid, userid })
  return { desk, codeOf, sessionKeys }
}
