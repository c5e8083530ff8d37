import type { ReactNode } from 'react'
import { Text, View } from '@tarojs/components'
import { Tap } from '../../components/Tap.tsx'

interface ChoiceProps<T> {
  name: string
  values: readonly T[]
  value: T
  say: (value: T) => string
  onChoose: (value: T) => void
}

/** One of a few, side by side below their name. */
export function Choice<T extends string | number | boolean>({
  name,
  values,
  value,
  say,
  onChoose,
}: ChoiceProps<T>): ReactNode {
  return (
    <View>
      <Text className="row-note">{name}</Text>
      <View className="choices is-even" role="radiogroup" aria-label={name}>
        {values.map(one => (
          <Tap
            key={String(one)}
            role="radio"
            on={one === value}
            className={`choice figure${one === value ? ' is-on' : ''}`}
            onTap={() => onChoose(one)}
          >
            {say(one)}
          </Tap>
        ))}
      </View>
    </View>
  )
}
