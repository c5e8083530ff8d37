import type { ReactNode } from 'react'
import { View } from '@tarojs/components'
import { unkept } from '../outbox.ts'
import { useStore } from '../store.ts'

/** One amber line while answers wait for the network that this device has no room to keep. */
export function UnkeptLine(): ReactNode {
  if (!useStore(unkept)) return null
  return (
    <View className="line-note is-amber" role="status">
      手机存储已满，刚才的答案没能存下。请先不要关闭，联网后会自动提交
    </View>
  )
}
