import { errors } from '#shared/errors'
import type { ErrorBody, ErrorCode } from '#shared/errors'
import { wording } from './wording.ts'

/** A call the server refused, with its code and the words the cadre reads. */
export class ApiError extends Error {
  readonly code: ErrorCode
  readonly status: number

  constructor(status: number, body: unknown) {
    const { code, text } = isErrorBody(body)
      ? body
      : { code: 'server.failed' as const, text: errors['server.failed'].text }
    super(text)
    this.name = 'ApiError'
    this.code = code
    this.status = status
  }
}

/** The failure a stream ends with, as if the call had been refused at once. */
export const streamFailure = (event: { code: string; text: string }): ApiError =>
  new ApiError(isErrorBody(event) ? errors[event.code].status : 500, event)

/** A call that never reached the server or never came back. */
export class Unreachable extends Error {
  constructor() {
    super(wording.unreachable)
    this.name = 'Unreachable'
  }
}

const isErrorBody = (body: unknown): body is Pick<ErrorBody, 'code' | 'text'> =>
  typeof body === 'object' && body !== null && 'code' in body && 'text' in body && String(body.code) in errors

/** What to tell the cadre about a failure. */
export const wordsOf = (failure: unknown): string =>
  failure instanceof ApiError || failure instanceof Unreachable
    ? failure.message
    : errors['server.failed'].text

/** Whether the same call may succeed a moment later: no network, a busy server, too many calls. */
export const canRepeat = (failure: unknown): boolean =>
  !(failure instanceof ApiError) || failure.status >= 500 || failure.status === 429
