import type { ReactNode } from 'react'
import { Text, View } from '@tarojs/components'
import type { LessonCard as Card } from '#shared/course'
import { Tap } from './Tap.tsx'

interface LessonCardProps {
  lesson: Card
  /** Whether reading is the next thing to do now. */
  main: boolean
  onOpen: () => void
}

/** A lesson in the chat: title, the scene, how long it takes and how far one came. */
export function LessonCard({ lesson, main, onOpen }: LessonCardProps): ReactNode {
  const { title, topic, scene, minutes, sections, reached, finished } = lesson
  const verb = finished ? '再读一遍' : reached > 0 ? '接着读' : '开始读'
  return (
    <View className="card lesson-card">
      <View className="card-head">
        <Text className="kicker">今日一课</Text>
        <Text className="kicker">{topic}</Text>
      </View>
      <Text className="card-title">{title}</Text>
      <Text className="scene">{scene}</Text>
      <Steps of={sections} done={finished ? sections : reached} />
      <View className="card-foot">
        <Text className="hint">
          约 {Math.max(1, Math.round(minutes))} 分钟{finished ? ' · 已读完' : ` · ${sections} 节`}
        </Text>
        <Tap className={`btn ${main && !finished ? 'btn-seal' : 'btn-line'}`} onTap={onOpen}>
          {verb}
        </Tap>
      </View>
    </View>
  )
}

/** Progress in short strokes, one for each part. */
export function Steps({ of, done }: { of: number; done: number }): ReactNode {
  return (
    <View className="steps" role="img" aria-label={`共 ${of} 节，已读 ${done} 节`}>
      {Array.from({ length: of }, (_, index) => (
        <View key={index} className={index < done ? 'step is-done' : 'step'} />
      ))}
    </View>
  )
}
