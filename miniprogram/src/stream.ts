import Taro from '@tarojs/taro'
import type { Api, StreamedLine } from '#shared/api'
import type { ChatEvent } from '#shared/chat'
import type { EventOf, Input } from '#shared/endpoint'
import { ApiError, streamFailure, Unreachable } from './failure.ts'
import { attempt } from './network.ts'
import { fill } from './request.ts'
import type { Filled } from './request.ts'
import { renewSession, sessionToken } from './session.ts'
import { LineStream, Utf8Stream } from './utf8.ts'

/** A chat event that carries something to show. */
export type SpokenEvent = Exclude<ChatEvent, { type: 'error' }>

const TIMEOUT_MS = 60_000

interface Line {
  type: string
}
interface ErrorLine extends Line {
  code: string
  text: string
}

/** One streamed call: what is sent, and who hears the lines and gets the way to drop it. */
interface Streaming extends Filled {
  token: string
  onLine: (line: Line) => void
  onTask: (abort: () => void) => void
}

/**
 * Calls a streamed line and hands over each event as it arrives; resolves after the last one. An error line ends it
 * like a refused call. `onTask` gets the way to drop the call, which then throws `Unreachable`.
 */
export async function streamed<L extends StreamedLine>(
  line: L,
  input: Input<Api[L]>,
  onEvent: (event: Exclude<EventOf<Api[L]>, { type: 'error' }>) => void,
  onTask: (abort: () => void) => void = () => undefined,
): Promise<void> {
  const broken: ApiError[] = []
  const call = {
    ...fill(line, input as object),
    onTask,
    onLine(event: Line) {
      if (isError(event)) broken.push(streamFailure(event))
      else onEvent(event as Parameters<typeof onEvent>[0])
    },
  }
  await signedIn(call)
  const [first] = broken
  if (first) throw first
}

/** Sends it with the cadre's session; signs in again once when the session is gone. */
async function signedIn(call: Omit<Streaming, 'token'>): Promise<void> {
  const token = await sessionToken()
  const send = process.env.TARO_ENV === 'h5' ? byFetch : byRequest
  try {
    await send({ ...call, token })
  } catch (failure) {
    if (!(failure instanceof ApiError) || failure.code !== 'session.missing') throw failure
    await send({ ...call, token: await renewSession(token) })
  }
}

const isError = (line: Line): line is ErrorLine => line.type === 'error'

const headers = ({ token, body }: Streaming): Record<string, string> => ({
  ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  authorization: `Bearer ${token}`,
})

/** Browsers: Taro's request waits for the whole body there, a reader does not. */
async function byFetch(call: Streaming): Promise<void> {
  const { method, path, body, onLine, onTask } = call
  const came = attempt()
  const dropping = new AbortController()
  onTask(() => dropping.abort())
  const response = await fetch(`${API_BASE}${path}`, {
    method,
    headers: headers(call),
    signal: dropping.signal,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch(() => {
    if (!dropping.signal.aborted) came(false)
    throw new Unreachable()
  })
  came(true)
  if (!response.ok) throw new ApiError(response.status, await response.json().catch(() => undefined))
  const reader = response.body?.getReader()
  const decoder = new TextDecoder()
  const lines = new LineStream()
  for (;;) {
    const part = await reader?.read().catch(() => {
      throw new Unreachable()
    })
    if (!part || part.done) break
    for (const line of lines.push(decoder.decode(part.value, { stream: true }))) onLine(line as Line)
  }
  for (const line of lines.end()) onLine(line as Line)
}

/** WeChat: chunks where the base library has them, the whole body where it has not (WeChat on a PC). */
function byRequest(call: Streaming): Promise<void> {
  const { method, path, body, onLine, onTask } = call
  return new Promise((resolve, reject) => {
    const came = attempt()
    const decoder = new Utf8Stream()
    const lines = new LineStream()
    let chunks = ''
    const take = (text: string): void => {
      for (const line of lines.push(text)) if (isLine(line)) onLine(line)
    }
    const task = Taro.request<ArrayBuffer | string>({
      url: `${API_BASE}${path}`,
      method,
      ...(body === undefined ? {} : { data: body }),
      header: headers(call),
      enableChunked: true,
      responseType: 'arraybuffer',
      timeout: TIMEOUT_MS,
      success({ statusCode, data }) {
        came(true)
        const whole = typeof data === 'string' ? data : data ? new Utf8Stream().push(data) : ''
        if (statusCode < 200 || statusCode >= 300) {
          reject(new ApiError(statusCode, parsed(whole || chunks)))
          return
        }
        if (chunks === '') take(whole)
        take('\n')
        resolve()
      },
      fail({ errMsg = '' }) {
        if (!/timeout|abort/i.test(errMsg)) came(false)
        reject(new Unreachable())
      },
    })
    Promise.resolve(task).catch(() => undefined)
    task.onChunkReceived?.(({ data }) => {
      const text = decoder.push(data)
      chunks += text
      take(text)
    })
    onTask(() => task.abort())
  })
}

/** The body of a refused call comes in the same chunks; it is no event. */
const isLine = (line: unknown): line is Line => typeof line === 'object' && line !== null && 'type' in line

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
