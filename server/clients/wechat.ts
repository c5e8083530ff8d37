import { wechatCalls, type WechatOutside, type WechatSettings } from './wechat/call.ts'
import { checkMedia, type MediaCheck } from './wechat/media-check.ts'
import { type Phone, phoneOf } from './wechat/phone.ts'
import { sendServiceMessage, type ServiceMessage, showTyping } from './wechat/service-message.ts'
import { openidOf } from './wechat/sign-in.ts'
import {
  type MessageTemplate,
  messageTemplates,
  sendSubscriptionMessage,
  type SubscriptionMessage,
} from './wechat/subscription.ts'
import { checkText, type TextCheck, type TextVerdict } from './wechat/text-check.ts'

export type { MessageTemplate } from './wechat/subscription.ts'

/** What the server asks of WeChat. All but `openidOf` fail with a `PlatformFailure`, which says what to do. */
export interface Wechat {
  /** Trades the code of `wx.login()` for the person's openid. Fails with a `sign-in.*` code. */
  openidOf: (code: string) => Promise<string>
  /** What WeChat thinks of a text; `unseen` when the person was not there lately: then there is no verdict. */
  checkText: (check: TextCheck) => Promise<TextVerdict>
  /** Asks for a verdict that comes later, as an event with this id. */
  checkMedia: (check: MediaCheck) => Promise<{ traceId: string }>
  /** Trades the code of the phone button for the number. */
  phoneOf: (code: string) => Promise<Phone>
  /** Never sends twice; `unknown` when it may have arrived, `ledger-empty` when the person has to allow it again. */
  sendSubscriptionMessage: (message: SubscriptionMessage) => Promise<{ messageId: string | null }>
  messageTemplates: () => Promise<MessageTemplate[]>
  /** Never sends twice; `closed` when the session takes no more. */
  sendServiceMessage: (message: ServiceMessage) => Promise<void>
  /** Shows or hides 对方正在输入. */
  showTyping: (openid: string, typing: boolean) => Promise<void>
}

/** A client of WeChat's server API. */
export function createWechat(settings: WechatSettings, outside: WechatOutside): Wechat {
  const call = wechatCalls(settings, outside)
  return {
    openidOf: code => openidOf(settings, code),
    checkText: check => checkText(call, check),
    checkMedia: check => checkMedia(call, check),
    phoneOf: code => phoneOf(call, code),
    sendSubscriptionMessage: message => sendSubscriptionMessage(call, message),
    messageTemplates: () => messageTemplates(call),
    sendServiceMessage: message => sendServiceMessage(call, message),
    showTyping: (openid, typing) => showTyping(call, openid, typing),
  }
}
