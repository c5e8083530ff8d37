import type { ReactNode } from 'react'
import { View } from '@tarojs/components'
import { online } from '../network.ts'
import { useStore } from '../store.ts'

/** One amber line while there is no network; nothing else is blocked. */
export function OfflineLine(): ReactNode {
  if (useStore(online)) return null
  return (
    <View className="line-note is-amber" role="status">
      现在离线，答案会先保存，联网后判分
    </View>
  )
}
