/** Why a push is not taken: 400 cannot be read, 403 not from WeChat or not for this app, 413 too large. */
export class PushFault extends Error {
  readonly status: 400 | 403 | 413
  constructor(status: 400 | 403 | 413, reason: string) {
    super(reason)
    this.status = status
  }
}
