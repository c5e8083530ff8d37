import type { PlatformFailure } from '../../permission.ts'

/** A sentence about what WeChat answered. */
export interface Said {
  text: string
  done?: true
  /** It can be put right in WeChat's settings. */
  settings?: true
}

const NOT_SET_UP = '提醒还没有设置好，请在“投诉建议”里告诉我们；提醒会先放在“消息”里。'
const NO_NETWORK = '网络不通，没有问成。请检查网络后再点一次。'

/** `requestSubscribeMessage`, by its errCode. Source: wx.requestSubscribeMessage, developers.weixin.qq.com. */
const asking: Record<number, Said> = {
  10001: { text: NOT_SET_UP },
  10002: { text: NO_NETWORK },
  10003: { text: NO_NETWORK },
  10004: { text: NOT_SET_UP },
  10005: { text: '微信没能弹出窗口。请停在这一页，再点一次。' },
  20001: { text: NOT_SET_UP },
  20002: { text: NOT_SET_UP },
  20003: { text: NOT_SET_UP },
  20004: { text: '您在微信里关掉了日知的订阅消息，打开以后才能提醒。', settings: true },
  20005: { text: '日知在微信里的提醒被停用了，提醒会先放在“消息”里。' },
  20013: { text: NOT_SET_UP },
}

/** What to tell about a permission that could not be asked for. */
export function askingFailure({ errCode = 0, errMsg = '' }: PlatformFailure): Said {
  const known = asking[errCode]
  if (known) return known
  if (/last call/i.test(errMsg)) return { text: '微信还在问上一次，请先在弹出的窗口里选一下。' }
  return { text: '微信没有问成，请再点一次；提醒总会放在“消息”里。' }
}

/** What to tell about an event that the phone's calendar did not take. */
export function calendarFailure({ errno = 0, errMsg = '' }: PlatformFailure): Said {
  if (errno === 103 || errno === 104)
    return { text: '您没有同意隐私保护指引，没有写日历。想写的时候再点一次，点“同意”就行。' }
  if (errno === 112) return { text: '日知还没有开通写手机日历，请在“投诉建议”里告诉我们。' }
  if (/auth deny|auth denied|authorize no response/i.test(errMsg))
    return { text: '您没有允许日知写日历，打开以后再点一次。', settings: true }
  if (/refu|permission|system deny/i.test(errMsg))
    return { text: '手机没有让微信使用日历。请在手机的“设置”里找到“微信”，打开“日历”，再点一次。' }
  if (/cancel/i.test(errMsg)) return { text: '好的，没有写进日历。' }
  if (/tap gesture/i.test(errMsg)) return { text: '微信要您再点一次按钮。' }
  return { text: '没有写进手机日历，请再点一次。' }
}

/** Where WeChat is too old to write calendars. */
export const CALENDAR_UNSUPPORTED: Said = { text: '这个微信版本不能写手机日历，请更新微信后再试。' }
