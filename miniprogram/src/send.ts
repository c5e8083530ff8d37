import { caller } from './api.ts'
import { exchange } from './exchange.ts'
import { ApiError } from './failure.ts'
import { fill } from './request.ts'
import { renewSession, sessionToken } from './session.ts'

const TIMEOUT_MS = 15_000
/** The long poll is held by the server for 25 s; a slow line may need a little more. */
const HELD_TIMEOUT_MS = 35_000

/** Calls a line of the API table with the cadre's session; signs in again once when the session is gone. */
export const call = caller((line, input) => send(line, input, TIMEOUT_MS))

/** The same for calls the server holds open. `onTask` gets the way to drop the call. */
export const callHeld = (onTask: (abort: () => void) => void) =>
  caller((line, input) => send(line, input, HELD_TIMEOUT_MS, onTask))

async function send(
  line: string,
  input: object,
  timeout: number,
  onTask?: (abort: () => void) => void,
): Promise<unknown> {
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
