import { type ErrorCode, errors } from '#shared/errors'

/** A failure the caller is told about. Anything else that is thrown is a bug and answers `server.failed`. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly status: number
  /** For the log, never for the caller. */
  readonly detail: unknown
  /** Which parts of the call were wrong, told to the caller. */
  readonly fields: string[] | undefined

  constructor(code: ErrorCode, detail?: unknown, fields?: string[]) {
    super(code)
    this.code = code
    this.status = errors[code].status
    this.detail = detail
    this.fields = fields
  }
}
