import { randomBytes } from 'node:crypto'
import { type Clock, MINUTE } from './clock.ts'
import { Refusal } from './desk.ts'

/** Codes of one kind: good for five minutes, once. */
export interface Codes<T> {
  give: (what: T) => string
  /** What was given the code; throws 40029 for an unknown or expired one, 40163 for one used before. */
  trade: (code: unknown) => T
}

export function createCodes<T>(clock: Clock): Codes<T> {
  const codes = new Map<string, { what: T; until: number; used: boolean }>()
  return {
    give: what => {
      const code = randomBytes(16).toString('hex')
      codes.set(code, { what, until: clock.now() + 5 * MINUTE, used: false })
      return code
    },
    trade: code => {
      const known = typeof code === 'string' ? codes.get(code) : undefined
      if (!known || known.until < clock.now()) throw new Refusal(40029, 'invalid code')
      if (known.used) throw new Refusal(40163, 'code been used')
      known.used = true
      return known.what
    },
  }
}
