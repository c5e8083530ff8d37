import type { ReactNode } from 'react'
import { Text, View } from '@tarojs/components'
import type { QuestionType } from '#shared/question'

/** Where a question stands in its paper. */
export interface Place {
  kind: 'daily' | 'practice'
  number: number
  of: number
  round: number
  reason: 'review' | 'lesson' | 'topic'
}

const TYPES: Record<QuestionType, string> = { single: '单选', multiple: '多选', judge: '判断', blank: '填空' }

function lead({ kind, round, reason }: Place): string {
  if (round > 1) return '再答一次 · '
  if (kind === 'practice') return '练习 · '
  return reason === 'review' ? '复习 · ' : ''
}

/** 第 2 题 · 共 5 题, and the type of the question. */
export function QuestionHead({ type, place }: { type: QuestionType; place: Place }): ReactNode {
  return (
    <View className="card-head">
      <Text className="kicker figure">
        {lead(place)}第 {place.number} 题 · 共 {place.of} 题
      </Text>
      <Text className="tag">{TYPES[type]}</Text>
    </View>
  )
}
