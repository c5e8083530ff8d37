import type { ReactNode } from 'react'
import { Text, View } from '@tarojs/components'
import { addDays } from '#shared/day'
import type { Day } from '#shared/day'
import { Tap } from '../../components/Tap.tsx'
import { date, past, today, weekday } from '../../when.ts'

/** A day between the ways to its neighbours, none of which is in the future. */
export function DaySteps({
  day,
  note,
  onDay,
}: {
  day: Day
  note: string
  onDay: (day: Day) => void
}): ReactNode {
  const whole = `${date(day)} ${weekday(day)}`
  return (
    <View className="month-head sends-head">
      <View>
        <Text className="card-title is-small">{past(day) === whole ? whole : `${past(day)} ${whole}`}</Text>
        <Text className="hint figure">{note}</Text>
      </View>
      <View className="month-ways">
        <Tap className="month-way" label="前一天" onTap={() => onDay(addDays(day, -1))}>
          ‹
        </Tap>
        <Tap
          className="month-way"
          label="后一天"
          disabled={day >= today()}
          onTap={() => onDay(addDays(day, 1))}
        >
          ›
        </Tap>
      </View>
    </View>
  )
}
