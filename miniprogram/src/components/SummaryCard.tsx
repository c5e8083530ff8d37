import type { ReactNode } from 'react'
import { Text, View } from '@tarojs/components'
import type { Body } from '../pages/today/log.ts'
import { ahead, today } from '../when.ts'
import { SummaryFoot } from './SummaryFoot.tsx'

interface SummaryCardProps {
  summary: Body<'summary'>
  day: string
  latest: boolean
  /** The first daily quiz that was ever finished. */
  first: boolean
  onPoints: () => void
  onPractice: () => void
}

function story({ of, right, corrected }: Body<'summary'>): string {
  if (right === of) return `${of} 题一次答对。`
  const rest = corrected > 0 ? `，另外 ${corrected} 题改正过来` : ''
  return `${of} 题里一次答对 ${right} 题${rest}。`
}

/** The end of a quiz: what was right, what comes back and when, points with their causes, one action. */
export function SummaryCard({
  summary,
  day,
  latest,
  first,
  onPoints,
  onPractice,
}: SummaryCardProps): ReactNode {
  const { kind, returning, points } = summary
  const daily = kind === 'daily'
  return (
    <View className="card summary">
      <View className="summary-head">
        <View className="summary-words">
          <Text className="card-title">{daily ? '今天的题做完了' : '这组练习做完了'}</Text>
          <Text className="summary-line">{story(summary)}</Text>
        </View>
        {daily && (
          <View className="stamp" aria-label="今日已学">
            <Text className="stamp-line">今日</Text>
            <Text className="stamp-line">已学</Text>
          </View>
        )}
      </View>
      {returning.length > 0 && (
        <View className="summary-row">
          <Text className="summary-name">再见面</Text>
          <Text className="summary-value">
            {returning.map(({ day: on, count }) => `${ahead(on, day)} ${count} 题`).join('，')}
          </Text>
        </View>
      )}
      {(points > 0 || summary.story !== '') && (
        <View className="summary-row">
          <Text className="summary-name">积分</Text>
          <Text className="summary-value figure">{summary.story || `+${points}`}</Text>
        </View>
      )}
      {latest && (
        <SummaryFoot
          today={daily && day === today()}
          first={first}
          {...(daily
            ? { hint: '明天见。', label: '看看这个月', onTap: onPoints }
            : { hint: '', label: '回到错题本', onTap: onPractice })}
        />
      )}
    </View>
  )
}
