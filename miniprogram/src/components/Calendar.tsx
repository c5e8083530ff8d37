import type { ReactNode } from 'react'
import { Text, View } from '@tarojs/components'
import { monthGrid } from '../when.ts'

const HEAD = ['一', '二', '三', '四', '五', '六', '日']

interface CalendarProps {
  month: string
  /** Days on which something was finished. */
  worked: string[]
  today: string
}

/** One month, Monday first; worked days carry a filled dot, the others ask nothing. */
export function Calendar({ month, worked, today }: CalendarProps): ReactNode {
  const done = new Set(worked)
  return (
    <View className="calendar" role="img" aria-label={`这个月学了 ${done.size} 天`}>
      <View className="calendar-week">
        {HEAD.map(name => (
          <Text key={name} className="calendar-head">
            {name}
          </Text>
        ))}
      </View>
      {monthGrid(month).map((week, index) => (
        <View key={index} className="calendar-week">
          {week.map((day, column) => (
            <View key={column} className="calendar-cell">
              {day && (
                <View
                  className={`calendar-day${done.has(day) ? ' is-done' : ''}${day === today ? ' is-today' : ''}`}
                >
                  <Text className="figure">{Number(day.slice(8))}</Text>
                </View>
              )}
            </View>
          ))}
        </View>
      ))}
    </View>
  )
}
