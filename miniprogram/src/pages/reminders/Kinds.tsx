import type { ReactNode } from 'react'
import { Text, View } from '@tarojs/components'
import type { ReminderKind } from '#shared/reminder'
import { Tap } from '../../components/Tap.tsx'
import { changeReminders } from '../../reminders.ts'
import { toggled } from './choices.ts'

const KINDS: { kind: ReminderKind; name: string; note?: string }[] = [
  { kind: 'daily-lesson', name: '今日一课还没读' },
  { kind: 'unfinished-quiz', name: '今日一测没答完' },
  { kind: 'review-due', name: '有题到了复习的日子' },
  { kind: 'session-tomorrow', name: '明天有集中培训', note: '有培训时才提醒' },
  { kind: 'survey-closing', name: '问卷快要截止', note: '有问卷时才提醒' },
  { kind: 'result-published', name: '结果已经公布', note: '有结果时才提醒' },
]

/** 提醒什么: what one may be reminded of, in plain words. */
export function Kinds({ kinds }: { kinds: ReminderKind[] }): ReactNode {
  return (
    <View className="card reminder is-rows">
      <Text className="card-title is-small">提醒什么</Text>
      {KINDS.map(({ kind, name, note }) => {
        const on = kinds.includes(kind)
        return (
          <Tap
            key={kind}
            className="row is-inset"
            role="checkbox"
            on={on}
            onTap={() => changeReminders(now => ({ kinds: toggled(now.kinds, kind) }))}
          >
            <View className="row-words">
              <Text className="row-name">{name}</Text>
              {note && <Text className="hint">{note}</Text>}
            </View>
            <View className={on ? 'check is-on is-bare' : 'check is-bare'}>
              <View className="check-box" />
            </View>
          </Tap>
        )
      })}
      {kinds.length === 0 && <Text className="row-note">一项都没选，就不会提醒。</Text>}
    </View>
  )
}
