import * as z from 'zod'
import { AppError } from '../base/errors.ts'

/** What the server asks of WeChat. */
export interface Wechat {
  /** Trades the code of `wx.login()` for the person's openid. Fails with a `sign-in.*` code. */
  openidOf: (code: string) => Promise<string>
}

export interface WechatSettings {
  base: string
  appid: string
  secret: string
}

const TIMEOUT_MS = 5_000

/** jscode2session always answers HTTP 200; on success it carries no errcode. session_key stays here and is dropped. */
const Session = z.object({
  errcode: z.number().optional(),
  errmsg: z.string().optional(),
  openid: z.string().min(1).optional(),
})

/** A client of WeChat's server API. Source: auth.code2Session, developers.weixin.qq.com. */
export function createWechat({ base, appid, secret }: WechatSettings): Wechat {
  return {
    openidOf: async code => {
      const query = new URLSearchParams({ appid, secret, js_code: code, grant_type: 'authorization_code' })
      const { errcode, openid } = await ask(`${base}/sns/jscode2session?${query}`)
      if (errcode) throw failure(errcode)
      if (!openid) throw new AppError('sign-in.busy', 'no openid in the answer')
      return openid
    },
  }
}

/** Content-Type is not to be relied on, so the text is parsed whatever it says. */
async function ask(url: string): Promise<z.infer<typeof Session>> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) })
    return Session.parse(JSON.parse(await response.text()))
  } catch (error) {
    throw new AppError('sign-in.busy', (error as Error).name)
  }
}

/** 40029 invalid or expired, 40163 used before, 40226 blocked by WeChat, -1 and 45011 busy; the rest is set up wrongly. */
function failure(errcode: number): AppError {
  if (errcode === 40029 || errcode === 40163) return new AppError('sign-in.code-invalid', { errcode })
  if (errcode === 40226) return new AppError('sign-in.blocked', { errcode })
  return new AppError('sign-in.busy', { errcode })
}
