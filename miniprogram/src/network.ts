import Taro from '@tarojs/taro'
import { createStore } from './store.ts'

/** Whether the last word from the system or the last call says that the network is there. */
export const online = createStore(true)

/** How often the system has spoken: a call begun before its last word knows nothing newer. */
let words = 0

function hear(connected: boolean): void {
  words += 1
  online.set(connected)
}

/** Starts listening to the system; a failing or succeeding call corrects it, see `attempt`. */
export function watchNetwork(): void {
  if (process.env.TARO_ENV === 'h5') {
    online.set(navigator.onLine)
    window.addEventListener('online', () => hear(true))
    window.addEventListener('offline', () => hear(false))
    return
  }
  void Taro.getNetworkType({ success: ({ networkType }) => online.set(networkType !== 'none') })
  Taro.onNetworkStatusChange(({ isConnected }) => hear(isConnected))
}

/** Begins a call; tell what comes of it. What the system said meanwhile weighs more. */
export function attempt(): (reached: boolean) => void {
  const begun = words
  return reached => {
    if (begun === words) online.set(reached)
  }
}
