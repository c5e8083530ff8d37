import type { ReactNode } from 'react'
import { Text, View } from '@tarojs/components'
import { useStore } from '../store.ts'
import { leaveUpdate, openUpdate, updateReady } from '../update.ts'
import { Tap } from './Tap.tsx'

/** Asks whether to open the newer version now; it never does so by itself. */
export function UpdateLine(): ReactNode {
  if (!useStore(updateReady)) return null
  return (
    <View className="line-note update-line" role="status">
      <Text className="update-words">新版本已准备好。重新打开，没提交的内容要重写</Text>
      <Tap className="btn-text" onTap={openUpdate}>
        重新打开
      </Tap>
      <Tap className="btn-text" onTap={leaveUpdate}>
        以后再说
      </Tap>
    </View>
  )
}
