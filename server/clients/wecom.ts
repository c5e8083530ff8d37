import * as z from 'zod'
import { AppError } from '../base/errors.ts'
import { isPlatformFailure } from '../base/platform-failure.ts'
import { type CallWecom, wecomCalls, type WecomOutside, type WecomSettings } from './wecom/call.ts'
import { sendWecomMessage, type WecomMessage, type WecomSent } from './wecom/message.ts'

/** What the server asks of WeCom (企业微信, or a private 政务微信). */
export interface Wecom {
  /** Trades the code of `wx.qy.login()` for the member it was given to. Fails with a `sign-in.*` code. */
  memberOf: (code: string) => Promise<{ corpid: string; userid: string }>
  /** Fails with a `PlatformFailure`, which says what to do; some members may be out of reach all the same. */
  sendMessage: (message: WecomMessage) => Promise<WecomSent>
}

/** A client of WeCom's server API. */
export function createWecom(settings: WecomSettings, outside: WecomOutside): Wecom {
  const call = wecomCalls(settings, outside)
  return {
    memberOf: async code => ({ corpid: settings.corpid, userid: await useridOf(call, settings, code) }),
    sendMessage: message => sendWecomMessage(call, settings, message),
  }
}

/** Who is no member has no userid. */
const Session = z.object({ corpid: z.string(), userid: z.string().default('') })
const BAD_CODE = 40029

/** session_key stays out of here, and so is dropped; a member of another enterprise is nobody. Source: path 91507. */
async function useridOf(call: CallWecom, { corpid }: WecomSettings, code: string): Promise<string> {
  const query = { js_code: code, grant_type: 'authorization_code' }
  try {
    const asked = { query, reply: Session, repeatable: false }
    const session = await call('/cgi-bin/miniprogram/jscode2session', asked)
    if (session.corpid !== corpid || session.userid === '') throw new AppError('sign-in.not-member')
    return session.userid
  } catch (error) {
    if (!isPlatformFailure(error)) throw error
    throw new AppError(error.errcode === BAD_CODE ? 'sign-in.code-invalid' : 'sign-in.busy', error.reason)
  }
}
