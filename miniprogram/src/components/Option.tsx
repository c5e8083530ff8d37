import type { ReactNode } from 'react'
import { Text, View } from '@tarojs/components'
import { Tap } from './Tap.tsx'

interface OptionProps {
  label: string
  text: string
  multiple: boolean
  chosen: boolean
  disabled: boolean
  onTap: () => void
}

/** One option as a full-width row; choosing sends nothing yet. */
export function Option({ label, text, multiple, chosen, disabled, onTap }: OptionProps): ReactNode {
  return (
    <Tap
      className={`option${chosen ? ' is-chosen' : ''}`}
      role={multiple ? 'checkbox' : 'radio'}
      on={chosen}
      disabled={disabled}
      onTap={onTap}
    >
      <View className="letter">
        <Text>{label}</Text>
      </View>
      <Text className="option-text">{text}</Text>
    </Tap>
  )
}
