import * as z from 'zod'
import type { TokenStore } from '../../base/token-store.ts'
import { createAccessToken, type FetchedToken } from '../access-token.ts'
import { ask, patiently } from '../platform-call.ts'
import type { PlatformFailureKind } from '../../base/platform-failure.ts'

/** A self-built app of an enterprise; a private 政务微信 has the same API at another address. */
export interface WecomSettings {
  readonly base: string
  readonly corpid: string
  readonly secret: string
  readonly agentid: number
}

/** What the client needs of its surroundings. */
export interface WecomOutside {
  tokens: TokenStore
  now: () => Date
  /** Before a call is made for the second time. */
  pauseMs?: number | undefined
}

/** A call that carries the app's token: a POST where there is a body, else a GET. */
export type CallWecom = <T>(path: string, asked: Asked<T>) => Promise<T>

interface Asked<T> {
  query?: Record<string, string>
  body?: object
  reply: z.ZodType<T>
  /** Twice does no harm. */
  repeatable: boolean
}

const KINDS: readonly (readonly [PlatformFailureKind, readonly number[]])[] = [
  ['retry', [-1]],
  ['token', [40014, 42001, 41001]],
  ['wait', [45009, 45033]],
  /** Used code; nobody of those named is a member who may see the app. */
  ['drop', [40003, 40029, 40031, 46004, 60111, 81013, 82001]],
  ['invalid', [40008, 40033, 40035, 40058, 40063, 44002, 44004, 45002, 47001, 43002]],
]
const kinds = new Map(KINDS.flatMap(([kind, codes]) => codes.map(code => [code, kind] as const)))

/** What an errcode of WeCom asks of the caller. Source: developer.work.weixin.qq.com, path 90313. */
const kindOf = (errcode: number): PlatformFailureKind => kinds.get(errcode) ?? 'set-up'

const TokenReply = z.object({ access_token: z.string().min(1), expires_in: z.number().nonnegative() })

/** The authorised calls of one app. */
export function wecomCalls(settings: WecomSettings, { tokens, now, pauseMs }: WecomOutside): CallWecom {
  const token = createAccessToken({
    key: `wecom ${settings.corpid} ${settings.agentid}`,
    store: tokens,
    now,
    fetchToken: () => patiently(() => fetchToken(settings), { repeatable: true, tries: 2, pauseMs }),
  })
  return (path, { query, body, reply, repeatable }) => {
    const once = (text: string) => {
      const whole = new URLSearchParams({ access_token: text, ...query })
      return ask({ url: `${settings.base}${path}?${whole}`, reply, kindOf, ...(body && { body }) })
    }
    return patiently(() => token.use(once), { repeatable, pauseMs })
  }
}

/** The same token until it ends. Source: path 91039. */
async function fetchToken({ base, corpid, secret }: WecomSettings): Promise<FetchedToken> {
  const query = new URLSearchParams({ corpid, corpsecret: secret })
  const url = `${base}/cgi-bin/gettoken?${query}`
  const { access_token, expires_in } = await ask({ url, reply: TokenReply, kindOf })
  return { token: access_token, seconds: expires_in }
}
