import type * as z from 'zod'
import { parseJson } from '../base/json.ts'
import { httpCall } from './http-call.ts'
import { isPlatformFailure, PlatformFailure, type PlatformFailureKind } from '../base/platform-failure.ts'

/** One call of a platform's server API. */
export interface PlatformCall<T> {
  /** May hold a token or a secret, so it is written nowhere. */
  url: string
  /** Sent as JSON by POST; without one the call is a GET. */
  body?: object
  reply: z.ZodType<T>
  /** What an errcode of this platform asks of the caller. */
  kindOf: (errcode: number) => PlatformFailureKind
}

const TIMEOUT_MS = 5_000
/** Which failures to connect happen before anything was sent. */
const NOT_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'])
const MINUTE_QUOTAS = new Set([45011, 44991, 45033])

/** Calls a platform once. Fails with a `PlatformFailure` and nothing else. */
export async function ask<T>({ url, body, reply, kindOf }: PlatformCall<T>): Promise<T> {
  const answer = await answerOf(url, body)
  if (typeof answer !== 'object' || answer === null) throw new PlatformFailure('unknown', 'garbled')
  const { errcode = 0, errmsg = '' } = answer as { errcode?: unknown; errmsg?: unknown }
  if (errcode !== 0) throw refusal(Number(errcode), String(errmsg), kindOf)
  const parsed = reply.safeParse(answer)
  if (!parsed.success) throw new PlatformFailure('unknown', 'garbled')
  return parsed.data
}

/** Content-Type is not to be relied on, so the text is parsed whatever it says. */
async function answerOf(url: string, body: object | undefined): Promise<unknown> {
  try {
    const { status, text } = await httpCall(url, body, TIMEOUT_MS)
    if (status < 200 || status > 299) throw new PlatformFailure('unknown', String(status))
    return parseJson(text)
  } catch (error) {
    throw isPlatformFailure(error) ? error : lost(error as Error & { code?: string })
  }
}

/** Only names and codes of an error are taken over: its words and its causes may hold the address. */
function lost({ name, code }: Error & { code?: string }): PlatformFailure {
  if (code !== undefined && NOT_SENT.has(code)) return new PlatformFailure('retry', 'unreachable')
  if (name === 'TimeoutError') return new PlatformFailure('unknown', 'timeout')
  return new PlatformFailure('unknown', name === 'SyntaxError' ? 'garbled' : 'cut')
}

function refusal(
  errcode: number,
  errmsg: string,
  kindOf: (errcode: number) => PlatformFailureKind,
): PlatformFailure {
  const kind = kindOf(errcode)
  return new PlatformFailure(kind, `errcode ${errcode}`, {
    errcode,
    rid: /rid: ?([\w-]{1,60})/.exec(errmsg)?.[1],
    field: /\bdata\.(\w{1,40})/.exec(errmsg)?.[1],
    seconds: kind === 'wait' ? (MINUTE_QUOTAS.has(errcode) ? 60 : 3_600) : 0,
  })
}

export interface Patience {
  /** Calls at most; the first one counts. */
  tries?: number
  /** Before the second call; doubled each time, of which a random half to whole is waited. */
  pauseMs?: number
  /** Twice does no harm, so `unknown` is tried again as well. */
  repeatable: boolean
}

/** Makes a call again while it fails in a way that passes by itself. */
export async function patiently<T>(
  work: () => Promise<T>,
  { tries = 3, pauseMs = 200, repeatable }: Patience,
): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await work()
    } catch (error) {
      const passing =
        isPlatformFailure(error) && (error.kind === 'retry' || (repeatable && error.kind === 'unknown'))
      if (!passing || tried >= tries) throw error
      await pause(pauseMs * 2 ** (tried - 1) * (0.5 + Math.random() / 2))
    }
  }
}

/** Waits. */
export const pause = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms))
