import { dayOf } from '#shared/day'
import type { ReminderState } from '#shared/reminder'
import type { Outcome } from './channel.ts'

/** How an attempt ended; `unknown` when it may have been sent. */
export type Ended = Outcome | { result: 'unknown'; reason: string }

export const NOT_ALLOWED: Ended = { result: 'no-quota', reason: 'none left' }
export const LOST: Ended = { result: 'unknown', reason: 'lost' }

/** What an ended attempt changes of its reminder. */
export interface Change {
  state: ReminderState
  reason?: string
  messageId?: string | null
  notBefore?: Date
}

const MOST_TRIES = 4
/** Before the second attempt; doubled each time. */
const PAUSE_MS = 60_000

/** The reminder after its attempt number `tries`. */
export function changeAfter(ended: Ended, tries: number, day: string, now: Date): Change {
  if (ended.result === 'sent') return { state: 'sent', messageId: ended.messageId }
  const { result, reason } = ended
  if (result !== 'retry') return { state: result, reason }
  const wait = Math.max(ended.seconds * 1000, PAUSE_MS * 2 ** (tries - 1))
  const notBefore = new Date(now.getTime() + wait)
  const late = tries >= MOST_TRIES || dayOf(notBefore) !== day
  return { state: late ? 'late' : 'waiting', reason, notBefore }
}

/** What becomes of the permission an attempt held. */
export type Settlement =
  /** The message may have arrived. */
  | 'used'
  /** It surely was not sent. */
  | 'given-back'
  /** The platform says that nothing is left. */
  | 'emptied'

/** What surely was not sent has used up nothing. */
export function settlementAfter({ result }: Ended): Settlement {
  if (result === 'no-quota') return 'emptied'
  return result === 'sent' || result === 'unknown' ? 'used' : 'given-back'
}
