import type { ReminderKind } from '#shared/reminder'
import { rankOf } from './plan.ts'

/** How many messages of one template a cadre may still be sent. */
export interface Quota {
  left: number
  /** The latest permissions, each with what its two witnesses told of it. */
  accepts: readonly Accept[]
}

/** One permission: the mini-program reports it, and the platform pushes an event; either may be missing. */
export interface Accept {
  report: Told | null
  event: Told | null
}

interface Told {
  /** When it was heard of, in milliseconds. */
  at: number
  /** The same when the same is told again. */
  name: string
}

/** One of the two witnesses tells of a permission. */
export interface Telling extends Told {
  by: keyof Accept
}

export const noQuota: Quota = { left: 0, accepts: [] }

/** Report and event of one permission are this close to each other. */
const SAME_MS = 10 * 60_000
const REMEMBERED = 20

/** The quota after a permission; its two witnesses, however often each repeats itself, count once. */
export function accepted({ left, accepts }: Quota, { by, at, name }: Telling): Quota {
  if (accepts.some(accept => accept[by]?.name === name)) return { left, accepts }
  const other = by === 'report' ? 'event' : 'report'
  const same = accepts.findIndex(accept => {
    const told = accept[other]
    return accept[by] === null && told !== null && Math.abs(told.at - at) <= SAME_MS
  })
  const told = { [by]: { at, name } }
  if (same >= 0)
    return { left, accepts: accepts.map((accept, i) => (i === same ? { ...accept, ...told } : accept)) }
  return { left: left + 1, accepts: [...accepts, { report: null, event: null, ...told }].slice(-REMEMBERED) }
}

/** How many permissions are kept for `rivals` that wait for the same template and matter more than `kind`. */
export const keptBack = (kind: ReminderKind, rivals: readonly ReminderKind[]): number =>
  rivals.filter(rival => rankOf(rival) < rankOf(kind)).length

/** `accept` in all its forms, such as `acceptWithAudio`. */
export const isAccept = (status: string): boolean => status.startsWith('accept')
