/** What WeChat answers; `never` leaves whoever asked without an answer. */
export type WechatAnswer = { ok: object } | { fail: object } | 'never'

/** Something a page asked of WeChat. */
export interface WechatCall {
  api: string
  options: Record<string, unknown>
}

/** What only WeChat has: its questions to the person, its settings, the phone's calendar. */
export interface WechatApi {
  /** How the next calls of an API are answered. */
  answers: Record<string, WechatAnswer>
  /** What was asked, in order. */
  readonly calls: WechatCall[]
  /** Everything the pages did since the start: taps, and what they called. */
  readonly journal: string[]
}

type Options = Record<string, unknown> & {
  success?: (reply: object) => void
  fail?: (reply: object) => void
  complete?: (reply: object) => void
}
type Methods = Record<string, unknown>

/** These may be called only while a tap is handled. Source: Tap 事件, developers.weixin.qq.com. */
const TAP_ONLY = ['requestSubscribeMessage', 'addPhoneRepeatCalendar']
const APIS = [...TAP_ONLY, 'openSetting']

/** The APIs for `wx`, and what wraps a page's methods so that they know when a tap is handled. */
export function createWechatApi(): {
  api: WechatApi
  functions: Record<string, (options: Options) => void>
  heeding: (methods: Methods) => Methods
} {
  const api: WechatApi = { answers: {}, calls: [], journal: [] }
  let tapping = false

  const ask = (name: string, options: Options): void => {
    api.journal.push(name)
    api.calls.push({ api: name, options })
    const refused = { errMsg: `${name}:fail can only be invoked by user TAP gesture.` }
    const answer = TAP_ONLY.includes(name) && !tapping ? { fail: refused } : (api.answers[name] ?? { ok: {} })
    if (answer === 'never') return
    // An answer is never there before the call has returned.
    setTimeout(() => {
      if ('ok' in answer) options.success?.({ errMsg: `${name}:ok`, ...answer.ok })
      else options.fail?.({ errMsg: `${name}:fail`, ...answer.fail })
      options.complete?.({})
    }, 1)
  }
  return {
    api,
    functions: Object.fromEntries(APIS.map(name => [name, (options: Options) => ask(name, options)])),
    heeding(methods) {
      const { eh } = methods
      if (typeof eh !== 'function') return methods
      // Every event comes through `eh`; what it leads to after it has returned is no tap any more.
      const heard = function (this: unknown, event: { type: string }): void {
        tapping = event.type === 'tap'
        if (tapping) api.journal.push('tap')
        try {
          Reflect.apply(eh, this, [event])
        } finally {
          tapping = false
        }
      }
      return { ...methods, eh: heard }
    },
  }
}
