import Taro from '@tarojs/taro'
import { createStore } from './store.ts'

/** A newer version was fetched and waits to be opened. */
export const updateReady = createStore(false)

/** Listens for a newer version. WeChat looks for one by itself; what it could not fetch comes at a later start. */
export function watchUpdates(): void {
  if (process.env.TARO_ENV !== 'weapp' || typeof Taro.getUpdateManager !== 'function') return
  Taro.getUpdateManager().onUpdateReady(() => updateReady.set(true))
}

/** Opens the newer version at once; what was not sent is gone from the page. */
export const openUpdate = (): void => Taro.getUpdateManager().applyUpdate()

/** Leaves it to the next start. */
export const leaveUpdate = (): void => updateReady.set(false)
