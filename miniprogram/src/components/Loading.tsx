import type { ReactNode } from 'react'
import { View } from '@tarojs/components'

/** Quiet shapes where the content will be, so that nothing jumps when it comes. */
export function Loading({ cards = 2 }: { cards?: number }): ReactNode {
  return (
    <View className="loading" role="status" aria-label="正在打开">
      {Array.from({ length: cards }, (_, index) => (
        <View key={index} className="card skeleton">
          <View className="skeleton-line is-short" />
          <View className="skeleton-line is-title" />
          <View className="skeleton-line" />
          <View className="skeleton-line is-half" />
        </View>
      ))}
    </View>
  )
}
