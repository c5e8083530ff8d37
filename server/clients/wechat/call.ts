import * as z from 'zod'
import type { TokenStore } from '../../base/token-store.ts'
import { createAccessToken, type FetchedToken } from '../access-token.ts'
import { ask, patiently } from '../platform-call.ts'
import { isPlatformFailure, PlatformFailure } from '../../base/platform-failure.ts'
import { wechatKindOf } from './errcode.ts'

export interface WechatSettings {
  readonly base: string
  readonly appid: string
  readonly secret: string
}

/** What the client needs of its surroundings. */
export interface WechatOutside {
  tokens: TokenStore
  now: () => Date
  /** Before a call is made for the second time. */
  pauseMs?: number | undefined
}

/** A call that carries the app's token: a POST where there is a body, else a GET. */
export type CallWechat = <T>(path: string, asked: Asked<T>) => Promise<T>

interface Asked<T> {
  body?: object
  reply: z.ZodType<T>
  /** Twice does no harm. */
  repeatable: boolean
}

const TokenReply = z.object({ access_token: z.string().min(1), expires_in: z.number().nonnegative() })

/** The authorised calls of one app. */
export function wechatCalls(settings: WechatSettings, { tokens, now, pauseMs }: WechatOutside): CallWechat {
  const token = createAccessToken({
    key: `wechat stable ${settings.appid}`,
    store: tokens,
    now,
    fetchToken: () => patiently(() => stableToken(settings), { repeatable: true, tries: 2, pauseMs }),
  })
  return (path, { body, reply, repeatable }) => {
    const once = (text: string) => {
      const url = `${settings.base}${path}?access_token=${encodeURIComponent(text)}`
      return ask({ url, reply, kindOf: wechatKindOf, ...(body && { body }) })
    }
    return patiently(() => token.use(once), { repeatable, pauseMs })
  }
}

/** Asking for the stable token never ends the one in use. Source: getStableAccessToken. */
async function stableToken({ base, appid, secret }: WechatSettings): Promise<FetchedToken> {
  try {
    const { access_token, expires_in } = await ask({
      url: `${base}/cgi-bin/stable_token`,
      body: { grant_type: 'client_credential', appid, secret, force_refresh: false },
      reply: TokenReply,
      kindOf: wechatKindOf,
    })
    return { token: access_token, seconds: expires_in }
  } catch (error) {
    // Here these codes speak of the secret.
    if (isPlatformFailure(error) && error.kind === 'token')
      throw new PlatformFailure('set-up', error.reason, error)
    throw error
  }
}
