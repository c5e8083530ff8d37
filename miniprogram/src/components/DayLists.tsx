import type { ReactNode } from 'react'
import { View } from '@tarojs/components'
import { past } from '../when.ts'

interface DayListsProps<T> {
  items: readonly T[]
  dayOf: (item: T) => string
  row: (item: T) => ReactNode
}

/** Rows under the day they belong to. */
export function DayLists<T>({ items, dayOf, row }: DayListsProps<T>): ReactNode {
  return byDay(items, dayOf).map(({ day, some }) => (
    <View key={day}>
      <View className="list-day">{past(day)}</View>
      <View className="card is-list">{some.map(row)}</View>
    </View>
  ))
}

function byDay<T>(items: readonly T[], dayOf: (item: T) => string): { day: string; some: T[] }[] {
  const days: { day: string; some: T[] }[] = []
  for (const item of items) {
    const day = dayOf(item)
    const last = days[days.length - 1]
    if (last?.day === day) last.some.push(item)
    else days.push({ day, some: [item] })
  }
  return days
}
