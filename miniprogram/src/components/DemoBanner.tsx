import type { ReactNode } from 'react'
import { View } from '@tarojs/components'
import { site } from '../site.ts'
import { useStore } from '../store.ts'

/** Says that this is a demonstration; shown only when the server says so. */
export function DemoBanner(): ReactNode {
  if (!useStore(site)?.demo) return null
  return <View className="line-note">演示环境，内容和账号仅供体验</View>
}
