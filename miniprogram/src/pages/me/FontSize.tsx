import type { ReactNode } from 'react'
import { Text, View } from '@tarojs/components'
import { Tap } from '../../components/Tap.tsx'
import { chooseFontScale, fontScale, fontScales } from '../../preferences.ts'
import { useStore } from '../../store.ts'

/** 字号: how large the letters are, on this device. */
export function FontSize(): ReactNode {
  const current = useStore(fontScale)
  return (
    <View className='row is-still'>
      <Text className='row-name'>字号</Text>
      <View className='choices is-row' role='radiogroup' aria-label='字号'>
        {fontScales.map(({ scale, label }) => (
          <Tap
            key={scale}
            role='radio'
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
