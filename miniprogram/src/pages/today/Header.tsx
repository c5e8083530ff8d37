import type { ReactNode } from 'react'
import { Text, View } from '@tarojs/components'
import { Ring } from '../../components/Ring.tsx'
import { Tap } from '../../components/Tap.tsx'
import { goTab } from '../../route.ts'
import { useToday } from '../../today.ts'
import { date, today, weekday } from '../../when.ts'

/** The date in words and the weekly goal, nothing else. */
export function Header(): ReactNode {
  const { plan } = useToday()
  const day = plan?.day ?? today()
  return (
    <View className="today-head">
      <View className="today-date">
        <Text className="today-day">{date(day)}</Text>
        <Text className="today-week">{weekday(day)}</Text>
      </View>
      {plan && (
        <Tap className="today-goal" label="本周目标" onTap={() => goTab('me')}>
          <Text className="hint">
            {plan.week.paused ? '目标暂停中' : `本周 ${plan.week.done}/${plan.week.goal} 天`}
          </Text>
          <Ring week={plan.week} />
        </Tap>
      )}
    </View>
  )
}
