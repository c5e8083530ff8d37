import { request as httpRequest } from 'node:http'

/** What a page hands to `wx.request`. */
export interface RequestOptions {
  url: string
  method: string
  data?: unknown
  header?: Record<string, string>
  enableChunked?: boolean
  success?: (reply: object) => void
  fail?: (reply: object) => void
  complete?: (reply: object) => void
}

/** The address the weapp is built with; requests to it go to the server of the test. */
const BUILT_BASE = 'http://127.0.0.1:3000'

/** The path of an address that the weapp was built with. */
export const pathOf = (url: string): string => url.replace(BUILT_BASE, '')

/** What lies between the phone and the server. */
export interface Line {
  server: string
  /** Without network every request fails as it does on a phone. */
  offline: boolean
  /** Requests to these addresses are not sent before they are let go. */
  held: RegExp | null
  /** The requests that the pages gave up, as `GET /api/me`. */
  aborted: string[]
  /** The requests that have no reply yet. */
  underWay: Set<string>
}

/** `wx.request` over HTTP, with chunks handed on as they come where they are asked for. */
export function overHttp(options: RequestOptions, line: Line): object {
  let onChunk: ((chunk: { data: ArrayBuffer }) => void) | undefined
  const fail = (errMsg: string): void => {
    options.fail?.({ errMsg })
    options.complete?.({ errMsg })
  }
  if (line.offline) {
    setTimeout(() => fail('request:fail net::ERR_INTERNET_DISCONNECTED'), 1)
    return { abort: () => undefined, onChunkReceived: () => undefined }
  }
  const body = options.data === undefined ? undefined : JSON.stringify(options.data)
  const named = `${options.method} ${pathOf(options.url)}`
  line.underWay.add(named)
  const sent = httpRequest(
    options.url.replace(BUILT_BASE, line.server),
    { method: options.method, headers: options.header },
    response => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk)
        if (options.enableChunked) onChunk?.({ data: bytesOf(chunk) })
      })
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString()
        const data: unknown = options.enableChunked || text === '' ? '' : JSON.parse(text)
        const reply = {
          statusCode: response.statusCode,
          data,
          header: response.headers,
          errMsg: 'request:ok',
        }
        options.success?.(reply)
        options.complete?.(reply)
      })
    },
  )
  sent.on('close', () => line.underWay.delete(named))
  sent.on('error', error => fail(`request:fail ${error.message}`))
  const letGo = (): void => {
    if (line.held?.test(options.url)) setTimeout(letGo, 20)
    else sent.end(body)
  }
  letGo()
  return {
    abort: () => {
      if (!sent.destroyed) line.aborted.push(named)
      sent.destroy(new Error('abort'))
    },
    onChunkReceived: (listener: typeof onChunk) => {
      onChunk = listener
    },
  }
}

const bytesOf = (chunk: Buffer): ArrayBuffer => new Uint8Array(chunk).buffer
