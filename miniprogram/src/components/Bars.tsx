import type { ReactNode } from 'react'
import { Text, View } from '@tarojs/components'

interface Bar {
  cause: string
  label: string
  points: number
}

/** Points by cause as bars, the longest one full. A correction below zero shows its figure without a bar. */
export function Bars({ bars }: { bars: Bar[] }): ReactNode {
  const most = Math.max(1, ...bars.map(({ points }) => points))
  return (
    <View className="bars">
      {bars.map(({ cause, label, points }) => (
        <View key={cause} className="bar">
          <Text className="bar-label">{label}</Text>
          <View className="bar-track">
            <View className="bar-fill" style={{ width: `${(Math.max(0, points) / most) * 100}%` }} />
          </View>
          <Text className="bar-figure figure">{points}</Text>
        </View>
      ))}
    </View>
  )
}
