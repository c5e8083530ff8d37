import type { ReactNode } from 'react'
import { ScrollView, View } from '@tarojs/components'
import type { ChatAction, Chip } from '#shared/chat'
import { Tap } from './Tap.tsx'

interface ChipsProps {
  chips: Chip[]
  disabled: boolean
  /** A question waits; the chips are not what comes next. */
  aside: boolean
  onTap: (action: ChatAction) => void
}

/** What one may say now, above the composer. */
export function Chips({ chips, disabled, aside, onTap }: ChipsProps): ReactNode {
  // The open card has these two itself.
  const offered = chips.filter(({ action }) => action.type !== 'dont-know' && action.type !== 'postpone')
  if (offered.length === 0) return null
  return (
    <ScrollView className={aside ? 'chips is-aside' : 'chips'} scrollX enableFlex showScrollbar={false}>
      <View className='chips-row'>
        {offered.map(({ label, action }) => (
          <Tap key={label} className='chip' disabled={disabled} onTap={() => onTap(action)}>
            {label}
          </Tap>
        ))}
      </View>
    </ScrollView>
  )
}
