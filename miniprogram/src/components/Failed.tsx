import type { ReactNode } from 'react'
import { Text, View } from '@tarojs/components'
import { Tap } from './Tap.tsx'

/** Says what happened, what is safe, and offers to try again. */
export function Failed({
  what,
  why,
  onRetry,
}: {
  what: string
  why: string
  onRetry: () => void
}): ReactNode {
  return (
    <View className="state" role="alert">
      <Text className="state-title">{what}</Text>
      <Text className="state-text">{why}</Text>
      <Text className="state-text">您的学习记录和积分都在，不受影响。</Text>
      <Tap className="btn btn-line" onTap={onRetry}>
        重试
      </Tap>
    </View>
  )
}
