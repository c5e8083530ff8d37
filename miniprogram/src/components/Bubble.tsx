import type { ReactNode } from 'react'
import { Text, View } from '@tarojs/components'

interface BubbleProps {
  own: boolean
  text: string
  /** Said here, not yet confirmed. */
  pending?: boolean
}

/** Words: 日知's on the left, the cadre's own on the right. */
export function Bubble({ own, text, pending = false }: BubbleProps): ReactNode {
  return (
    <View className={`bubble-row${own ? ' is-own' : ''}`}>
      <View className={`bubble${pending ? ' is-pending' : ''}`}>
        <Text userSelect>{text}</Text>
      </View>
    </View>
  )
}
