import type { ReactNode } from 'react'
import { useState } from 'react'
import { Text, View } from '@tarojs/components'
import { Tap } from '../../components/Tap.tsx'
import { changeReminders } from '../../reminders.ts'
import { addTime, MOST_TIMES, removeTime, timesBetween } from './choices.ts'

const PARTS = [
  { name: '早上', times: timesBetween('07:00', '11:30') },
  { name: '中午', times: timesBetween('12:00', '13:30') },
  { name: '下午', times: timesBetween('14:00', '17:30') },
  { name: '晚上', times: timesBetween('18:00', '21:30') },
]

/** 时间: at most three; each can be taken away, and another added by one tap. */
export function Times({ times }: { times: string[] }): ReactNode {
  const [adding, setAdding] = useState(false)
  const full = times.length >= MOST_TIMES
  return (
    <View className="card reminder is-rows">
      <Text className="card-title is-small">什么时间</Text>
      {times.map(time => (
        <View key={time} className="row is-inset">
          <Text className="row-name figure reminder-time">{time}</Text>
          <Tap
            className="btn-text"
            label={`去掉 ${time}`}
            disabled={times.length === 1}
            onTap={() => changeReminders(now => ({ times: removeTime(now.times, time) }))}
          >
            去掉
          </Tap>
        </View>
      ))}
      {full ? (
        <Text className="row-note">最多三个时间，去掉一个才能再加。</Text>
      ) : (
        <Tap className="row is-inset" onTap={() => setAdding(!adding)}>
          <Text className="row-name">加一个时间</Text>
          <Text className={adding ? 'arrow is-open' : 'arrow'}>›</Text>
        </Tap>
      )}
      {adding && !full && (
        <Offered
          taken={times}
          onChoose={time => {
            setAdding(false)
            changeReminders(now => ({ times: addTime(now.times, time) }))
          }}
        />
      )}
    </View>
  )
}

function Offered({ taken, onChoose }: { taken: string[]; onChoose: (time: string) => void }): ReactNode {
  return (
    <View className="reminder-offered">
      {PARTS.map(({ name, times }) => (
        <View key={name}>
          <Text className="hint">{name}</Text>
          <View className="choices is-times">
            {times.map(time => {
              const on = taken.includes(time)
              return (
                <Tap
                  key={time}
                  className={on ? 'choice figure is-on' : 'choice figure'}
                  label={on ? `${time} 已经选了` : `加 ${time}`}
                  disabled={on}
                  onTap={() => onChoose(time)}
                >
                  {time}
                </Tap>
              )
            })}
          </View>
        </View>
      ))}
    </View>
  )
}
