import Taro from '@tarojs/taro'
import { createStore } from './store.ts'

/** Whether the last word from the system or the last call says that the network is there. */
export const online = createStore(true)

/** Starts listening to the system; a failing or succeeding call corrects it, see `send.ts`. */
export function watchNetwork(): void {
  if (process.env.TARO_ENV === 'h5') {
    online.set(navigator.onLine)
    window.addEventListener('online', () => online.set(true))
    window.addEventListener('offline', () => online.set(false))
    return
  }
  void Taro.getNetworkType({ success: ({ networkType }) => online.set(networkType !== 'none') })
  Taro.onNetworkStatusChange(({ isConnected }) => online.set(isConnected))
}
