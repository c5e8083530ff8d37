import Taro from '@tarojs/taro'
import { askedOn } from './asking.ts'
import type { AskedBefore } from './asking.ts'
import { reportPermission } from './reminders.ts'
import { keepCached, read } from './storage.ts'
import { today } from './when.ts'

/** What came of asking WeChat: its answer for the template, or the failure as WeChat gave it. */
export type Asked = { answer: 'accepted' | 'rejected' | 'banned' } | { failure: PlatformFailure }

/** A call that WeChat refused. */
export interface PlatformFailure {
  errCode?: number
  errno?: number
  errMsg?: string
}

const KEY = 'permission-asked'

/** When this device last asked. */
export const askedBefore = (): AskedBefore | null => read<AskedBefore | null>(KEY, null)

/**
 * Asks WeChat to let it be sent one more message of the template. It is the first call of a tap: after anything awaited
 * WeChat refuses it. Permissions add up, and the server hears of each once.
 */
export function askPermission(template: string): Promise<Asked> {
  // What it throws is a failure like any other: nothing may be held up by asking.
  const asking = new Promise<object>(resolve =>
    resolve(Taro.requestSubscribeMessage({ tmplIds: [template] } as Taro.requestSubscribeMessage.Option)),
  )
  const askedAt = new Date().toISOString()
  remember(false)
  return asking.then(
    results => {
      const status = String((results as Record<string, unknown>)[template])
      if (status.startsWith('accept')) {
        void reportPermission(askedAt, { [template]: status })
        return { answer: 'accepted' }
      }
      if (status !== 'reject') return { answer: 'banned' }
      remember(true)
      return { answer: 'rejected' }
    },
    (failure: PlatformFailure) => ({ failure }),
  )
}

const remember = (rejected: boolean): void => void keepCached(KEY, askedOn(today(), rejected, askedBefore()))
