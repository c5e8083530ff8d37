import type { ReactNode } from 'react'
import { useState } from 'react'
import { View } from '@tarojs/components'
import { addDays, monthOf } from '#shared/day'
import { Calendar } from '../../components/Calendar.tsx'
import { useResource } from '../../resource.ts'
import { today } from '../../when.ts'
import { MonthSteps } from './MonthSteps.tsx'

const LONGEST_MONTH = 31

/** One's own days of a month. */
export function MonthCalendar(): ReactNode {
  const now = today()
  const [month, setMonth] = useState(monthOf(now))
  const { value, failure } = useResource(`calendar/${month}`, read =>
    read('GET /points/calendar', { query: { month } }),
  )
  const worked = value?.month === month ? value.days : []
  const note = value ? `学了 ${worked.length} 天` : failure

  return (
    <View className="card">
      <MonthSteps
        month={month}
        note={note}
        onEarlier={() => setMonth(monthOf(addDays(`${month}-01`, -1)))}
        onLater={
          month < monthOf(now) ? () => setMonth(monthOf(addDays(`${month}-01`, LONGEST_MONTH))) : undefined
        }
      />
      <Calendar month={month} worked={worked} today={now} />
    </View>
  )
}
