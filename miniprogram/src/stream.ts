import Taro from '@tarojs/taro'
import type { ChatEvent } from '#shared/chat'
import { ApiError, streamFailure, Unreachable } from './failure.ts'
import { attempt } from './network.ts'
import { renewSession, sessionToken } from './session.ts'
import { LineStream, Utf8Stream } from './utf8.ts'

type OnEvent = (event: ChatEvent) => void
/** An event that carries something to show. */
export type SpokenEvent = Exclude<ChatEvent, { type: 'error' }>

const PATH = '/api/chat/messages'
const TIMEOUT_MS = 60_000

/** Says or does something in the chat and hands over each event as it arrives; resolves after the last one. */
async function say(body: object, onEvent: OnEvent): Promise<void> {
  const token = await sessionToken()
  const post = process.env.TARO_ENV === 'h5' ? postByFetch : postByRequest
  try {
    await post(body, token, onEvent)
  } catch (failure) {
    if (!(failure instanceof ApiError) || failure.code !== 'session.missing') throw failure
    await post(body, await renewSession(token), onEvent)
  }
}

/** The same, where an error line ends the stream like a refused call. */
export async function sayOrThrow(body: object, onEvent: (event: SpokenEvent) => void): Promise<void> {
  const broken: ApiError[] = []
  await say(body, event => {
    if (event.type === 'error') broken.push(streamFailure(event))
    else onEvent(event)
  })
  const [first] = broken
  if (first) throw first
}

const headers = (token: string): Record<string, string> => ({
  'content-type': 'application/json',
  authorization: `Bearer ${token}`,
})

/** Browsers: Taro's request waits for the whole body there, a reader does not. */
async function postByFetch(body: object, token: string, onEvent: OnEvent): Promise<void> {
  const came = attempt()
  const response = await fetch(`${API_BASE}${PATH}`, {
    method: 'POST',
    headers: headers(token),
    body: JSON.stringify(body),
  }).catch(() => {
    came(false)
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
    for (const event of lines.push(decoder.decode(part.value, { stream: true }))) onEvent(event as ChatEvent)
  }
  for (const event of lines.end()) onEvent(event as ChatEvent)
}

/** WeChat: chunks where the base library has them, the whole body where it has not (WeChat on a PC). */
function postByRequest(body: object, token: string, onEvent: OnEvent): Promise<void> {
  return new Promise((resolve, reject) => {
    const came = attempt()
    const decoder = new Utf8Stream()
    const lines = new LineStream()
    let chunks = ''
    const take = (text: string): void => {
      for (const event of lines.push(text)) if (isEvent(event)) onEvent(event)
    }
    const task = Taro.request<ArrayBuffer | string>({
      url: `${API_BASE}${PATH}`,
      method: 'POST',
      data: body,
      header: headers(token),
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
  })
}

/** The body of a refused call comes in the same chunks; it is no event. */
const isEvent = (line: unknown): line is ChatEvent =>
  typeof line === 'object' && line !== null && 'type' in line

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
