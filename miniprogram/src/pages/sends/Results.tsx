import type { ReactNode } from 'react'
import { Text, View } from '@tarojs/components'
import type { ReminderState } from '#shared/reminder'
import { stateWords } from './send-words.ts'

/** The reminders of one result. */
interface Result {
  state: ReminderState
  count: number
}

/** Results with a bar each, the longest one full: rows of a table on a desktop, a list on a phone. */
export function Results({ results }: { results: readonly Result[] }): ReactNode {
  const most = Math.max(1, ...results.map(({ count }) => count))
  return (
    <View className="desk-table" role="table" aria-label="结果">
      <View className="desk-row is-head" role="row">
        <View className="sends-name">结果</View>
        <View className="sends-track">占比</View>
        <View className="desk-count">条数</View>
        <View className="sends-means">含义</View>
      </View>
      {results.map(({ state, count }) => {
        const { name, means, tone } = stateWords[state]
        return (
          <View key={state} className="desk-row" role="row">
            <Text className="sends-name">{name}</Text>
            <View className="sends-track">
              <View className={`sends-fill is-${tone}`} style={{ width: `${(count / most) * 100}%` }} />
            </View>
            <Text className="desk-count figure">{count} 条</Text>
            <Text className="sends-means">{means}</Text>
          </View>
        )
      })}
    </View>
  )
}
