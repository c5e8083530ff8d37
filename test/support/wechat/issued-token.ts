import { randomBytes } from 'node:crypto'
import { type Clock, SECOND } from '../platform/clock.ts'
import { Refusal } from '../platform/desk.ts'

const LIFE = 7200 * SECOND
const GOOD_SHAPE = /^\d+_[\w-]{100,}$/

export interface IssuedToken {
  text: string
  until: number
  /** No longer the latest. */
  retired: boolean
}

/** All tokens ever issued to the app. */
export interface IssuedTokens {
  issue: () => IssuedToken
  /** It is good for so long at most from now on. */
  retire: (token: IssuedToken | undefined, validMs: number) => void
  /** Throws 41001 for none, 40014 for what cannot be one, 40001 for an old or unknown one, 42001 for an expired one. */
  check: (text: string | null) => void
}

/** How a token is told: with the life it has left. */
export const told = ({ text, until }: IssuedToken, now: number): object => ({
  access_token: text,
  expires_in: Math.floor((until - now) / SECOND),
})

export function createIssuedTokens(clock: Clock): IssuedTokens {
  const all = new Map<string, IssuedToken>()
  return {
    issue: () => {
      // As long as the documentation warns of.
      const text = `95_${randomBytes(382).toString('base64url')}`
      const token = { text, until: clock.now() + LIFE, retired: false }
      all.set(text, token)
      return token
    },
    retire: (token, validMs) => {
      if (!token) return
      token.retired = true
      token.until = Math.min(token.until, clock.now() + validMs)
    },
    check: text => {
      if (!text) throw new Refusal(41001, 'access_token missing')
      const token = all.get(text)
      if (!token && !GOOD_SHAPE.test(text)) throw new Refusal(40014, 'invalid access_token')
      if (token && clock.now() < token.until) return
      if (token && !token.retired) throw new Refusal(42001, 'access_token expired')
      throw new Refusal(40001, 'invalid credential, access_token is invalid or not latest')
    },
  }
}
