import type { ReactNode } from 'react'
import { ScrollView, View } from '@tarojs/components'
import type { ChatAction, Chip } from '#shared/chat'
import { Tap } from './Tap.tsx'

interface ChipsProps {
  chips: Chip[]
  busy: boolean
  /** What can be done now; without network not everything. */
  possible: (action: ChatAction) => boolean
  /** A question waits, or an answer is being written; the chips are not what comes next. */
  aside: boolean
  /** What the card in view offers itself. */
  onCard: ChatAction['type'][]
  onTap: (action: ChatAction) => void
}

/** What one may say now, above the composer. */
export function Chips({ chips, busy, possible, aside, onCard, onTap }: ChipsProps): ReactNode {
  const offered = chips.filter(({ action }) => !onCard.includes(action.type))
  if (offered.length === 0) return null
  return (
    <ScrollView className={aside ? 'chips is-aside' : 'chips'} scrollX enableFlex showScrollbar={false}>
      <View className="chips-row">
        {offered.map(({ label, action }) => (
          <Tap key={label} className="chip" disabled={busy || !possible(action)} onTap={() => onTap(action)}>
            {label}
          </Tap>
        ))}
      </View>
    </ScrollView>
  )
}
