import type { ReactNode } from 'react'
import { View } from '@tarojs/components'
import { site } from '../site.ts'
import { useStore } from '../store.ts'

/** Says what the label AI生成 means, where a model writes; nothing where there is none. */
export function ModelLine(): ReactNode {
  if (!useStore(site)?.model) return null
  return <View className="model-line">标有“AI生成”的内容由AI生成，仅供参考</View>
}
