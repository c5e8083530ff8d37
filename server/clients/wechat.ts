import { wechatCalls, type WechatOutside, type WechatSettings } from './wechat/call.ts'
import { openidOf } from './wechat/sign-in.ts'
import { checkText, type TextCheck, type TextVerdict } from './wechat/text-check.ts'

/** What the server asks of WeChat. All but `openidOf` fail with a `PlatformFailure`. */
export interface Wechat {
  /** Trades the code of `wx.login()` for the person's openid. Fails with a `sign-in.*` code. */
  openidOf: (code: string) => Promise<string>
  /** What WeChat thinks of a text; `unseen` when the person was not there lately: then there is no verdict. */
  checkText: (check: TextCheck) => Promise<TextVerdict>
}

/** A client of WeChat's server API. */
export function createWechat(settings: WechatSettings, outside: WechatOutside): Wechat {
  const call = wechatCalls(settings, outside)
  return {
    openidOf: code => openidOf(settings, code),
    checkText: check => checkText(call, check),
  }
}
