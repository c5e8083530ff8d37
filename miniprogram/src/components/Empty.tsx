import type { ReactNode } from 'react'
import { Text, View } from '@tarojs/components'
import { Tap } from './Tap.tsx'

interface EmptyProps {
  title: string
  text: string
  action?: { label: string; onTap: () => void }
}

/** Says what will be here, and the one next step. */
export function Empty({ title, text, action }: EmptyProps): ReactNode {
  return (
    <View className="state">
      <View className="state-mark" />
      <Text className="state-title">{title}</Text>
      <Text className="state-text">{text}</Text>
      {action && (
        <Tap className="btn btn-line" onTap={action.onTap}>
          {action.label}
        </Tap>
      )}
    </View>
  )
}
