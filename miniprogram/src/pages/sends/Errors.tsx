import type { ReactNode } from 'react'
import { Text, View } from '@tarojs/components'
import type { Api } from '#shared/api'
import { timeOf } from '#shared/day'
import type { Reply } from '#shared/endpoint'
import { channelName } from './send-words.ts'

type SendError = Reply<Api['GET /sends']>['errors'][number]

/** What went wrong and what to do, the most frequent first. */
export function Errors({ errors }: { errors: readonly SendError[] }): ReactNode {
  return (
    <View className="desk-table" role="table" aria-label="原因和办法">
      <View className="desk-row is-head" role="row">
        <View className="sends-why">说明</View>
        <View className="sends-code">渠道和代码</View>
        <View className="desk-count">条数</View>
        <View className="desk-count">最近</View>
      </View>
      {errors.map(({ channel, code, text, count, latest }) => (
        <View key={`${channel} ${code} ${text}`} className="desk-row" role="row">
          <Text className="sends-why">{text}</Text>
          <Text className="sends-code figure">
            {channelName(channel)} {/^-?\d/.test(code) ? code : ''}
          </Text>
          <Text className="desk-count figure">{count} 条</Text>
          <Text className="desk-count figure">{timeOf(new Date(latest))}</Text>
        </View>
      ))}
      {errors.length === 0 && <View className="desk-none hint">没有出错的</View>}
    </View>
  )
}
