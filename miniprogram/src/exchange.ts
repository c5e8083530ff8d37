import Taro from '@tarojs/taro'
import { ApiError, Unreachable } from './failure.ts'
import { attempt } from './network.ts'

const TIMEOUT_MS = 15_000

interface Exchange {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  path: string
  body?: object | undefined
  token?: string
  timeout?: number
  onTask?: ((abort: () => void) => void) | undefined
}

/** One request and its reply: 2xx gives the body, anything else throws `ApiError` or `Unreachable`. */
export function exchange({
  method,
  path,
  body,
  token,
  timeout = TIMEOUT_MS,
  onTask,
}: Exchange): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const came = attempt()
    const task = Taro.request({
      url: `${API_BASE}${path}`,
      method,
      timeout,
      ...(body === undefined ? {} : { data: body }),
      header: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      success({ statusCode, data }) {
        came(true)
        if (statusCode >= 200 && statusCode < 300) resolve(data)
        else reject(new ApiError(statusCode, data))
      },
      fail(reason) {
        if (!/abort|timeout/i.test(wordsIn(reason))) came(false)
        reject(new Unreachable())
      },
    })
    // The promise form reports the same failure a second time.
    Promise.resolve(task).catch(() => undefined)
    onTask?.(() => task.abort())
  })
}

/** What the platform says of a failure; in a browser Taro hands on the error itself. */
const wordsIn = (reason: { errMsg?: string; message?: string }): string =>
  `${reason.errMsg ?? ''} ${reason.message ?? ''}`
