import type { ReactNode } from 'react'
import { Text, View } from '@tarojs/components'
import { Tap } from './Tap.tsx'

interface SwitchProps {
  name: string
  on: boolean
  onChange: (on: boolean) => void
}

/** A row that is on or off; the words say it too, not the colour alone. */
export function Switch({ name, on, onChange }: SwitchProps): ReactNode {
  return (
    <Tap className="row is-inset" role="switch" on={on} onTap={() => onChange(!on)}>
      <Text className="row-name">{name}</Text>
      <View className="row-end">
        <Text className="hint">{on ? '开' : '关'}</Text>
        <View className={on ? 'switch is-on' : 'switch'}>
          <View className="switch-knob" />
        </View>
      </View>
    </Tap>
  )
}
