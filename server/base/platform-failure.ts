/**
 * What the caller has to do about a call that a platform did not carry out.
 * `retry`: nothing happened; the same may be tried later.
 * `wait`: a quota is used up; nothing of this kind for `seconds`.
 * `unknown`: it may have happened; what must not happen twice is not tried again.
 * `ledger-empty`: the person has no subscription left for this template, or refused it.
 * `closed`: the time in which the person may be written to is over, or its messages are used up.
 * `unseen`: the person has not used the mini-program for two hours; go on without.
 * `drop`: this person or these words will never do.
 * `invalid`: what was sent does not fit; `field` says what, where the platform tells.
 * `token`: even a fresh token is refused; like `retry`.
 * `set-up`: the operator has to correct the settings.
 */
export type PlatformFailureKind =
  | 'retry'
  | 'wait'
  | 'unknown'
  | 'ledger-empty'
  | 'closed'
  | 'unseen'
  | 'drop'
  | 'invalid'
  | 'token'
  | 'set-up'

interface Known {
  /** What the platform said, where it said something. */
  errcode?: number | undefined
  /** By which the platform finds the call in its own log. */
  rid?: string | undefined
  field?: string | undefined
  /** With `wait` only. */
  seconds?: number | undefined
}

/** Why a platform did not do what it was asked. Holds numbers and names, never a secret, a token, a person or a text. */
export class PlatformFailure extends Error {
  override readonly name = 'PlatformFailure'
  readonly kind: PlatformFailureKind
  readonly reason: string
  readonly errcode: number | undefined
  readonly rid: string | undefined
  readonly field: string | undefined
  readonly seconds: number
  constructor(kind: PlatformFailureKind, reason: string, { errcode, rid, field, seconds = 0 }: Known = {}) {
    super(`the platform did not do it (${kind}): ${reason}${rid === undefined ? '' : ` rid ${rid}`}`)
    this.kind = kind
    this.reason = reason
    this.errcode = errcode
    this.rid = rid
    this.field = field
    this.seconds = seconds
  }
}

/** Clients are handed in, so their classes are known by name. */
export const isPlatformFailure = (error: unknown): error is PlatformFailure =>
  error instanceof Error && error.name === 'PlatformFailure'
