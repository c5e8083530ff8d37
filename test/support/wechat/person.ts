import { type Clock, HOUR } from '../platform/clock.ts'
import { Refusal } from '../platform/desk.ts'

/** Who has ever used the mini-program, and when last. */
export interface People {
  /** Comes into the mini-program. */
  visit: (openid: string) => void
  /** Throws 40003 for a stranger. */
  known: (openid: unknown) => string
  /** Throws 61010 for one who has not been there for two hours. */
  lately: (openid: unknown) => string
}

export function createPeople(clock: Clock): People {
  const seen = new Map<string, number>()
  const known = (openid: unknown): string => {
    if (typeof openid !== 'string' || !seen.has(openid)) throw new Refusal(40003, 'invalid openid')
    return openid
  }
  return {
    visit: openid => void seen.set(openid, clock.now()),
    known,
    lately: given => {
      const openid = known(given)
      if (clock.now() - (seen.get(openid) ?? 0) > 2 * HOUR) throw new Refusal(61010, 'code is expired')
      return openid
    },
  }
}
