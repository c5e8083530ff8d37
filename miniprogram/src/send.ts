import { caller } from './api.ts'
import type { Send } from './api.ts'
import { exchange } from './exchange.ts'
import { ApiError } from './failure.ts'
import { fill } from './request.ts'
import { renewSession, sessionToken } from './session.ts'

const TIMEOUT_MS = 15_000
/** The long poll is held by the server for 25 s; a slow line may need a little more. */
const HELD_TIMEOUT_MS = 35_000

/** Takes the way to drop a call. */
export type OnTask = (abort: () => void) => void

/** Sends with the cadre's session; signs in again once when the session is gone. `onTask` gets the way to drop it. */
export const sending =
  (onTask?: OnTask, timeout = TIMEOUT_MS): Send =>
  async (line, input) => {
    const token = await sessionToken()
    const { method, path, body } = fill(line, input)
    try {
      return await exchange({ method, path, body, token, timeout, onTask })
    } catch (failure) {
      if (!(failure instanceof ApiError) || failure.code !== 'session.missing') throw failure
      const renewed = await renewSession(token)
      return exchange({ method, path, body, token: renewed, timeout, onTask })
    }
  }

/** Calls a line of the API table. What a page only reads goes by `usePageReads`. */
export const call = caller(sending())

/** The same for calls the server holds open. */
export const callHeld = (onTask: OnTask) => caller(sending(onTask, HELD_TIMEOUT_MS))
