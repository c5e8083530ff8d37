import type { ReactNode } from 'react'
import { Text, View } from '@tarojs/components'
import { Tap } from '../../components/Tap.tsx'
import { chooseFontScale, fontScale } from '../../preferences.ts'
import type { FontScale } from '../../preferences.ts'
import { useStore } from '../../store.ts'

const fontScales: { scale: FontScale; label: string }[] = [
  { scale: 1, label: '标准' },
  { scale: 1.25, label: '较大' },
  { scale: 1.5, label: '最大' },
]

/** 字号: how large the letters are, on this device. */
export function FontSize(): ReactNode {
  const current = useStore(fontScale)
  return (
    <View className="row is-still">
      <Text className="row-name">字号</Text>
      <View className="choices is-row" role="radiogroup" aria-label="字号">
        {fontScales.map(({ scale, label }) => (
          <Tap
            key={scale}
            role="radio"
            on={scale === current}
            className={`choice${scale === current ? ' is-on' : ''}`}
            onTap={() => chooseFontScale(scale)}
          >
            {label}
          </Tap>
        ))}
      </View>
    </View>
  )
}
