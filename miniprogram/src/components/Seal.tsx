import type { ReactNode } from 'react'
import { Text, View } from '@tarojs/components'

/** The name as a seal cut in outline, so that the one solid seal stays with the action. */
export function Seal({ large = false }: { large?: boolean }): ReactNode {
  return (
    <View className={large ? 'seal is-large' : 'seal'} role="img" aria-label="日知">
      <Text>日</Text>
      <Text>知</Text>
    </View>
  )
}
