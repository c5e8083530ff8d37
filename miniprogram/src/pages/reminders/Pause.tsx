import type { ReactNode } from 'react'
import { Text, View } from '@tarojs/components'
import { addDays } from '#shared/day'
import { Tap } from '../../components/Tap.tsx'
import { pauseReminders } from '../../reminders.ts'
import { date, today } from '../../when.ts'

const LENGTHS = [3, 7, 14]

/** 暂停: some days off, which end by themselves or earlier. */
export function Pause({ pausedUntil }: { pausedUntil: string | null }): ReactNode {
  return (
    <View className="card reminder">
      <Text className="card-title is-small">先歇几天</Text>
      {pausedUntil === null ? (
        <>
          <Text className="goal-line">从今天起不提醒，到时候自己恢复。</Text>
          <View className="choices is-even">
            {LENGTHS.map(days => (
              <Tap
                key={days}
                className="choice"
                label={`歇 ${days} 天`}
                onTap={() => pauseReminders(days, addDays(today(), days))}
              >
                {days} 天
              </Tap>
            ))}
          </View>
        </>
      ) : (
        <>
          <Text className="goal-line">
            暂停到{date(addDays(pausedUntil, -1))}，{date(pausedUntil)}起照常提醒。
          </Text>
          <Tap className="btn btn-line is-wide" onTap={() => pauseReminders(0, null)}>
            现在恢复
          </Tap>
        </>
      )}
    </View>
  )
}
