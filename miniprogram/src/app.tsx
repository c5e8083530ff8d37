import type { PropsWithChildren, ReactNode } from 'react'
import { useLaunch } from '@tarojs/taro'
import { pressByKeyboard } from './keyboard.ts'
import { watchNetwork } from './network.ts'
import { watchPrivacy } from './privacy.ts'
import { loadSite } from './site.ts'
import { watchUpdates } from './update.ts'
import './app.scss'

/** The frame around every page: listens to the network and to WeChat, and asks once what kind of site this is. */
export default function App({ children }: PropsWithChildren): ReactNode {
  useLaunch(() => {
    watchNetwork()
    watchPrivacy()
    watchUpdates()
    pressByKeyboard()
    void loadSite()
  })
  return children
}
