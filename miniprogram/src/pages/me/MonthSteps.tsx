import type { ReactNode } from 'react'
import { Text, View } from '@tarojs/components'
import { Tap } from '../../components/Tap.tsx'
import { monthName } from '../../when.ts'

interface MonthStepsProps {
  month: string
  note: string
  onEarlier: (() => void) | undefined
  onLater: (() => void) | undefined
}

const nothing = (): void => undefined

/** The name of a month between the ways to its neighbours. */
export function MonthSteps({ month, note, onEarlier, onLater }: MonthStepsProps): ReactNode {
  return (
    <View className="month-head">
      <View>
        <Text className="card-title is-small">{monthName(month)}</Text>
        <Text className="hint figure">{note}</Text>
      </View>
      <View className="month-ways">
        <Tap className="month-way" label="上个月" disabled={!onEarlier} onTap={onEarlier ?? nothing}>
          ‹
        </Tap>
        <Tap className="month-way" label="下个月" disabled={!onLater} onTap={onLater ?? nothing}>
          ›
        </Tap>
      </View>
    </View>
  )
}
