import * as z from 'zod'
import { AppError } from '../../base/errors.ts'
import { ask } from '../platform-call.ts'
import { isPlatformFailure } from '../../base/platform-failure.ts'
import type { WechatSettings } from './call.ts'
import { wechatKindOf } from './errcode.ts'

/** On success it carries no errcode. session_key stays out of here, and so is dropped. */
const Session = z.object({ openid: z.string().min(1) })

/**
 * Trades the code of `wx.login()` for the person's openid; never twice, as a code is good once. Fails with a
 * `sign-in.*` code. Source: auth.code2Session, developers.weixin.qq.com.
 */
export async function openidOf({ base, appid, secret }: WechatSettings, code: string): Promise<string> {
  const query = new URLSearchParams({ appid, secret, js_code: code, grant_type: 'authorization_code' })
  try {
    const url = `${base}/sns/jscode2session?${query}`
    return (await ask({ url, reply: Session, kindOf: wechatKindOf })).openid
  } catch (error) {
    throw isPlatformFailure(error) ? failure(error.errcode, error.reason) : error
  }
}

/** 40029 invalid or expired, 40163 used before, 40226 blocked by WeChat, -1 and 45011 busy; the rest is set up wrongly. */
function failure(errcode: number | undefined, reason: string): AppError {
  if (errcode === 40029 || errcode === 40163) return new AppError('sign-in.code-invalid', { reason })
  if (errcode === 40226) return new AppError('sign-in.blocked', { reason })
  return new AppError('sign-in.busy', { reason })
}
