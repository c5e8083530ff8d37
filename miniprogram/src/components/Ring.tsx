import type { ReactNode } from 'react'
import { Text, View } from '@tarojs/components'
import type { Week } from '#shared/points'

const TURN = 360

/** The week's goal as a ring: done of goal in the middle. */
export function Ring({ week, large = false }: { week: Week; large?: boolean }): ReactNode {
  const reached = week.done >= week.goal
  const angle = Math.round(Math.min(1, week.done / week.goal) * TURN)
  const background = `conic-gradient(var(--tea) 0deg ${angle}deg, var(--line) ${angle}deg ${TURN}deg)`
  return (
    <View
      className={large ? 'ring is-large' : 'ring'}
      style={{ background }}
      role="img"
      aria-label={`本周学了 ${week.done} 天，目标 ${week.goal} 天`}
    >
      <View className={reached ? 'ring-hole is-reached' : 'ring-hole'}>
        <Text className="figure">{reached && !large ? '✓' : week.done}</Text>
        {large && <Text className="ring-of">/ {week.goal} 天</Text>}
      </View>
    </View>
  )
}
