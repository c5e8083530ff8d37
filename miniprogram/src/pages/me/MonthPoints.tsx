import type { ReactNode } from 'react'
import { useState } from 'react'
import { Text, View } from '@tarojs/components'
import type { Api } from '#shared/api'
import type { Reply } from '#shared/endpoint'
import { Bars } from '../../components/Bars.tsx'
import { MonthSteps } from './MonthSteps.tsx'

type Months = Reply<Api['GET /points']>['months']

/** The points of one month by their causes; newest month first, one step at a time. */
export function MonthPoints({ months }: { months: Months }): ReactNode {
  const [at, setAt] = useState(0)
  const shown = months[Math.min(at, months.length - 1)]
  if (!shown) {
    return (
      <View className="card">
        <Text className="card-title is-small">积分</Text>
        <Text className="goal-line">读完一课、答对一题，积分就会按来历记在这里。</Text>
      </View>
    )
  }
  return (
    <View className="card">
      <MonthSteps
        month={shown.month}
        note={`+${shown.points} 积分`}
        onEarlier={at < months.length - 1 ? () => setAt(at + 1) : undefined}
        onLater={at > 0 ? () => setAt(at - 1) : undefined}
      />
      <Bars bars={shown.byCause} />
    </View>
  )
}
