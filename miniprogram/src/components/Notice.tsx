import type { ReactNode } from 'react'
import { Text, View } from '@tarojs/components'

/** Something 日知 tells by itself: a correction, a reminder. */
export function Notice({ text }: { text: string }): ReactNode {
  return (
    <View className="card notice">
      <Text className="kicker">通知</Text>
      <Text className="notice-text" userSelect>
        {text}
      </Text>
    </View>
  )
}
