import type { ReactNode } from 'react'
import { Text, View } from '@tarojs/components'
import { Switch } from '../../components/Switch.tsx'
import { Tap } from '../../components/Tap.tsx'
import { changeReminders } from '../../reminders.ts'
import { toggleDay } from './choices.ts'

const NAMES = ['一', '二', '三', '四', '五', '六', '日']

/** 哪几天: the days of the week, and whether holidays count. */
export function Days({ days, holidays }: { days: number[]; holidays: boolean }): ReactNode {
  return (
    <View className="card reminder is-rows">
      <Text className="card-title is-small">哪几天</Text>
      <View className="choices is-seven" role="group" aria-label="哪几天">
        {NAMES.map((name, at) => (
          <Tap
            key={name}
            role="checkbox"
            on={days.includes(at + 1)}
            label={`周${name}`}
            className={`choice${days.includes(at + 1) ? ' is-on' : ''}`}
            onTap={() => changeReminders(now => ({ days: toggleDay(now.days, at + 1) }))}
          >
            {name}
          </Tap>
        ))}
      </View>
      {days.length === 1 && <Text className="hint">至少留一天。都不想要，可以在最上面关掉提醒。</Text>}
      <Switch
        name="节假日也提醒"
        on={holidays}
        onChange={next => changeReminders(() => ({ holidays: next }))}
      />
    </View>
  )
}
