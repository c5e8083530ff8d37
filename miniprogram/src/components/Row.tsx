import type { ReactNode } from 'react'
import { Text, View } from '@tarojs/components'
import { Tap } from './Tap.tsx'

/** A plain row that opens something. */
export function Row({ name, value, onTap }: { name: string; value?: string; onTap: () => void }): ReactNode {
  return (
    <Tap className="row" role="link" onTap={onTap}>
      <Text className="row-name">{name}</Text>
      <View className="row-end">
        {value && <Text className="hint">{value}</Text>}
        <Text className="arrow">›</Text>
      </View>
    </Tap>
  )
}
