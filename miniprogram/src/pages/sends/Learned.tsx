import type { ReactNode } from 'react'
import { Text, View } from '@tarojs/components'
import type { Api } from '#shared/api'
import type { Reply } from '#shared/endpoint'
import { wordingName } from './send-words.ts'

type Learning = Reply<Api['GET /sends']>['learning']

interface Line {
  name: string
  cadres: number
  finished: number
}

/** Which times and wordings were followed by the quiz, over ten or more cadres. */
export function Learned({ learning }: { learning: Learning }): ReactNode {
  if (!learning) return <Text className="page-hint">没有打开“学习什么时间、哪种说法有用”。</Text>
  const { times, wordings } = learning
  return (
    <View className="card sends-learned">
      <Text className="card-title is-small">什么时间、哪种说法有用</Text>
      <Text className="answer-aside">
        提醒后两小时内答完今日一测的比例。只算同意学习的干部，满十人才显示。
      </Text>
      <Lines title="时间" lines={times.map(({ time, ...seen }) => ({ name: time, ...seen }))} />
      <Lines
        title="说法"
        lines={wordings.map(({ wording, ...seen }) => ({ name: wordingName[wording], ...seen }))}
      />
    </View>
  )
}

function Lines({ title, lines }: { title: string; lines: readonly Line[] }): ReactNode {
  return (
    <View className="sends-lines">
      <Text className="desk-part">{title}</Text>
      {lines.length === 0 && <Text className="hint">还不满十人</Text>}
      {lines.map(({ name, cadres, finished }) => (
        <View key={name} className="bar">
          <Text className="bar-label figure">{name}</Text>
          <View className="bar-track">
            <View className="bar-fill" style={{ width: `${finished}%` }} />
          </View>
          <Text className="hint figure">
            {finished}% · {cadres} 多人
          </Text>
        </View>
      ))}
    </View>
  )
}
