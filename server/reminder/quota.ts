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

/** What changes a quota. */
export type Happening =
  | ({ type: 'accepted'; by: keyof Accept } & Told)
  /** A message was sent, or may have been. */
  | { type: 'used' }
  /** The platform says that there is none, or the cadre switched the messages off. */
  | { type: 'none' }

export const noQuota: Quota = { left: 0, accepts: [] }

/** Report and event of one permission are this close to each other. */
const SAME_MS = 10 * 60_000
const REMEMBERED = 20

/** The quota after something happened; the two witnesses of a permission, however often each repeats itself, count once. */
export function quotaAfter(quota: Quota, happening: Happening): Quota {
  switch (happening.type) {
    case 'accepted':
      return accepted(quota, happening)
    case 'used':
      return { ...quota, left: Math.max(0, quota.left - 1) }
    case 'none':
      return { ...quota, left: 0 }
  }
}

function accepted({ left, accepts }: Quota, { by, at, name }: { by: keyof Accept } & Told): Quota {
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

/** Whether a message may be used for `kind` while `rivals` wait for the same template: what matters more comes first. */
export const mayUse = (left: number, kind: ReminderKind, rivals: readonly ReminderKind[]): boolean =>
  left > rivals.filter(rival => rankOf(rival) < rankOf(kind)).length

/** `accept` in all its forms, such as `acceptWithAudio`. */
export const isAccept = (status: string): boolean => status.startsWith('accept')
