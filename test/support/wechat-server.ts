import { randomBytes, randomUUID } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll } from '@jest/globals'

const CODE_LIFE_MS = 5 * 60 * 1000

/** WeChat's side of signing in: hands out codes and trades each once for its openid. */
export interface WechatServer {
  readonly base: string
  readonly appid: string
  readonly secret: string
  /** What `wx.login()` would give this person: valid five minutes, usable once. */
  codeOf: (openid: string) => string
  /** Every trade answers this from now on: an errcode, `hang` (no answer) or `garbage`. Undefined: normal again. */
  misbehave: (how: number | 'hang' | 'garbage' | undefined) => void
  /** The session keys given out, none of which may be seen outside of the server. */
  readonly sessionKeys: string[]
  /** Paths asked for so far. */
  readonly calls: string[]
  now: () => number
}

/**
 * A real HTTP server that answers `GET /sns/jscode2session` as WeChat documents it: always HTTP 200, no errcode on
 * success, text/plain. Source: auth.code2Session, developers.weixin.qq.com.
 */
export function startWechatServer(): WechatServer {
  const codes = new Map<string, { openid: string; until: number; used: boolean }>()
  let base = ''
  let fault: number | 'hang' | 'garbage' | undefined
  let server: Server | undefined
  const wechat: WechatServer = {
    get base() {
      return base
    },
    appid: 'wx0123456789abcdef',
    secret: 'the-secret-of-the-tests',
    codeOf: openid => {
      const code = randomBytes(16).toString('hex')
      codes.set(code, { openid, until: wechat.now() + CODE_LIFE_MS, used: false })
      return code
    },
    misbehave: how => {
      fault = how
    },
    sessionKeys: [],
    calls: [],
    now: () => Date.now(),
  }

  const trade = (query: URLSearchParams): object => {
    if (typeof fault === 'number') return refused(fault, 'fault')
    if (query.get('appid') !== wechat.appid) return refused(40013, 'invalid appid')
    if (query.get('secret') !== wechat.secret) return refused(40125, 'invalid appsecret')
    const known = codes.get(query.get('js_code') ?? '')
    if (!known || query.get('grant_type') !== 'authorization_code') return refused(40029, 'invalid code')
    if (known.used) return refused(40163, 'code been used')
    if (known.until < wechat.now()) return refused(40029, 'invalid code')
    known.used = true
    const sessionKey = randomBytes(16).toString('base64')
    wechat.sessionKeys.push(sessionKey)
    return { session_key: sessionKey, openid: known.openid }
  }

  beforeAll(async () => {
    server = createServer((request, response) => {
      const url = new URL(request.url ?? '/', 'http://wechat')
      wechat.calls.push(url.pathname)
      if (fault === 'hang') return
      response.setHeader('content-type', 'text/plain')
      if (fault === 'garbage') response.end('<html>')
      else if (url.pathname === '/sns/jscode2session') response.end(JSON.stringify(trade(url.searchParams)))
      else response.writeHead(404).end()
    })
    await new Promise<void>(listening => server?.listen(0, '127.0.0.1', listening))
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(async () => {
    server?.closeAllConnections()
    await new Promise(closed => server?.close(closed))
  })
  return wechat
}

const refused = (errcode: number, errmsg: string) => ({ errcode, errmsg: `${errmsg} rid: ${randomUUID()}` })
