import type { ReactNode } from 'react'
import { Text, View } from '@tarojs/components'
import { Bubble } from '../../components/Bubble.tsx'
import { Tap } from '../../components/Tap.tsx'
import type { Saying as Said } from './useChat.ts'

interface SayingProps {
  saying: Said
  onRetry: () => void
  onDismiss: () => void
}

/** What was just said, until the server has it; a failure offers to send the same once more. */
export function Saying({ saying, onRetry, onDismiss }: SayingProps): ReactNode {
  const { said, failure, again } = saying
  return (
    <View className="message">
      {'text' in said && <Bubble own text={said.text} pending />}
      {failure === '' && (
        <View className="waiting" role="status" aria-label="正在回复">
          <View className="waiting-dot" />
          <View className="waiting-dot" />
          <View className="waiting-dot" />
        </View>
      )}
      {failure !== '' && (
        <View className="said-failure" role="alert">
          <Text className="said-why">{failure}</Text>
          <Tap className="btn-text" onTap={again ? onRetry : onDismiss}>
            {again ? '重试' : '知道了'}
          </Tap>
        </View>
      )}
    </View>
  )
}
