import Taro from '@tarojs/taro'
import { open } from './route.ts'
import { createStore } from './store.ts'
import { wording } from './wording.ts'

const weapp = process.env.TARO_ENV === 'weapp'

/** What the product uses that WeChat guards. */
export type Guarded = 'clipboard' | 'calendar' | 'avatar' | 'nickname' | 'phone'

type Resolve = Parameters<Taro.onNeedPrivacyAuthorization.Listener>[0]

/** A guarded function that waits for the cadre's consent. */
interface Waiting {
  resolve: Resolve
  /** WeChat was told that the sheet is in view. */
  told: boolean
}

let waiting: Waiting[] = []

/** What waits for consent, the first one; null while nothing does. Until the answer, WeChat holds the function back. */
export const asked = createStore<{ use: Guarded | null } | null>(null)

/** Has the sheet ask for consent when WeChat wants it. Base libraries before 2.32.3 do not ask. */
export function watchPrivacy(): void {
  if (!weapp || typeof Taro.onNeedPrivacyAuthorization !== 'function') return
  Taro.onNeedPrivacyAuthorization((resolve, { referrer }) => {
    waiting.push({ resolve, told: false })
    // A new object each time: what came to wait has to be told of too.
    asked.set({ use: asked.get()?.use ?? useOf(referrer) })
  })
}

/** Tells WeChat that the sheet is in view. */
export function sheetShown(): void {
  for (const one of waiting) {
    if (!one.told) one.resolve({ event: 'exposureAuthorization' })
    one.told = true
  }
}

/** Lets all that waits go on. WeChat looks whether the button was really tapped. */
export const agree = (buttonId: string): void => answer({ event: 'agree', buttonId })

/** All that waits fails; everything else works as before. */
export const decline = (): void => answer({ event: 'disagree' })

function answer(given: Parameters<Resolve>[0]): void {
  const all = waiting
  waiting = []
  asked.set(null)
  for (const { resolve } of all) resolve(given)
}

/** Opens the 隐私保护指引 that WeChat keeps; where it has none, the product's own page. */
export function openContract(): void {
  const own = (): void => open('privacy/index')
  if (!weapp || typeof Taro.openPrivacyContract !== 'function') own()
  else Taro.openPrivacyContract({ fail: own })
}

/** The names WeChat gives to what asks, such as `setClipboardData` or `button.getPhoneNumber`. */
function useOf(referrer: string): Guarded | null {
  if (/clipboard/i.test(referrer)) return 'clipboard'
  if (/calendar/i.test(referrer)) return 'calendar'
  if (/avatar/i.test(referrer)) return 'avatar'
  if (/nick/i.test(referrer)) return 'nickname'
  return /phone/i.test(referrer) ? 'phone' : null
}

/**
 * Why a guarded function did not happen, in words; '' where privacy was not the reason. 103 and 104: no consent;
 * 112: the 隐私保护指引 does not name this function. Source: PrivacyAuthorize, developers.weixin.qq.com.
 */
export function privacyTrouble(reason: unknown): string {
  const { errno, errMsg = '' } = reason as { errno?: number; errMsg?: string }
  if (errno === 112 || /not declared|api banned/.test(errMsg)) return wording.privacyUndeclared
  if (errno === 103 || errno === 104 || /privacy permission/.test(errMsg)) return wording.privacyRefused
  return ''
}
