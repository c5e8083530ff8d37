import { dayOf } from '#shared/day'
import type { Clock } from './clock.ts'
import { Refusal } from './desk.ts'

export interface Limit {
  day?: number
  minute?: number
  /** What too many in a minute answer; 45011 unless told. */
  minuteErrcode?: number
}

export interface Quota {
  /** From now on calls of this path are counted against these limits. */
  limit: (path: string, limit: Limit) => void
  /** Counts a call; throws 45009 or 45011 when it is one too many. */
  count: (path: string) => void
}

export function createQuota(clock: Clock): Quota {
  const limits = new Map<string, Limit>()
  const counts = new Map<string, number>()
  const add = (key: string): number => {
    const count = (counts.get(key) ?? 0) + 1
    counts.set(key, count)
    return count
  }
  return {
    limit: (path, limit) => void limits.set(path, limit),
    count: path => {
      const limit = limits.get(path)
      if (!limit) return
      const { day = Infinity, minute = Infinity, minuteErrcode = 45011 } = limit
      const minutes = Math.floor(clock.now() / 60_000)
      if (add(`${path} ${minutes}`) > minute) throw new Refusal(minuteErrcode, 'api minute-quota reach limit')
      if (add(`${path} ${dayOf(new Date(clock.now()))}`) > day)
        throw new Refusal(45009, 'reach max api daily quota limit')
    },
  }
}
