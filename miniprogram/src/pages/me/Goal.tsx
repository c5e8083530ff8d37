import type { ReactNode } from 'react'
import { useState } from 'react'
import { Text, View } from '@tarojs/components'
import type { Api } from '#shared/api'
import type { Reply } from '#shared/endpoint'
import { Ring } from '../../components/Ring.tsx'
import { Switch } from '../../components/Switch.tsx'
import { Tap } from '../../components/Tap.tsx'
import { wordsOf } from '../../failure.ts'
import { call } from '../../send.ts'
import { refreshToday } from '../../today.ts'

type Changed = Reply<Api['PUT /points/goal']>

interface GoalProps extends Changed {
  onChange: (changed: Changed) => void
}

const DAYS = [1, 2, 3, 4, 5, 6, 7]
const NAMES = ['一', '二', '三', '四', '五', '六', '日']

/** The weekly goal one sets oneself; a streak only for those who want one. */
export function Goal({ week, streak, onChange }: GoalProps): ReactNode {
  const [choosing, setChoosing] = useState(false)
  const [failure, setFailure] = useState('')

  const put = (part: { days?: number; paused?: boolean; streak?: boolean }): void => {
    setFailure('')
    const body = { days: week.goal, paused: week.paused, streak: streak !== null, ...part }
    call('PUT /points/goal', { body }).then(
      changed => {
        onChange(changed)
        void refreshToday()
      },
      (why: unknown) => setFailure(wordsOf(why)),
    )
  }

  return (
    <View className="card">
      <View className="goal-head">
        <Ring week={week} large />
        <View className="goal-words">
          <Text className="card-title is-small">本周目标 {week.goal} 天</Text>
          <Text className="goal-line">{lineOf(week)}</Text>
          {streak && <Text className="goal-line figure">连续学习 {streak.days} 天</Text>}
        </View>
      </View>
      <View className="week-days">
        {week.days.map(({ day, done }, index) => (
          <View key={day} className={done ? 'week-day is-done' : 'week-day'}>
            <Text>{NAMES[index]}</Text>
          </View>
        ))}
      </View>
      <Tap className="row is-inset" onTap={() => setChoosing(!choosing)}>
        <Text className="row-name">每周学几天</Text>
        <View className="row-end">
          <Text className="hint">{week.goal} 天</Text>
          <Text className={choosing ? 'arrow is-open' : 'arrow'}>›</Text>
        </View>
      </Tap>
      {choosing && (
        <View className="choices is-seven" role="radiogroup" aria-label="每周学几天">
          {DAYS.map(days => (
            <Tap
              key={days}
              role="radio"
              on={days === week.goal}
              className={`choice${days === week.goal ? ' is-on' : ''}`}
              onTap={() => put({ days })}
            >
              {days}
            </Tap>
          ))}
        </View>
      )}
      <Switch name="这周先歇一歇" on={week.paused} onChange={paused => put({ paused })} />
      <Switch name="记录连续学习" on={streak !== null} onChange={on => put({ streak: on })} />
      {failure !== '' && <View className="field-failure">{failure}</View>}
    </View>
  )
}

function lineOf({ goal, done, paused }: GoalProps['week']): string {
  if (paused) return '目标暂停中，想学随时来'
  if (done >= goal) return '这周的目标已经达到'
  return done === 0 ? '这周还没开始，哪天都行' : `已学 ${done} 天，还差 ${goal - done} 天`
}
