import type { ReactNode } from 'react'
import { Text, View } from '@tarojs/components'
import { open } from '../route.ts'
import { useToday } from '../today.ts'
import { date, weekday } from '../when.ts'
import { Tap } from './Tap.tsx'

const STATES = { open: '未答', missed: '再答一次', right: '答对' } as const
const KEYS = [
  { keys: 'A–F', use: '选择选项' },
  { keys: 'Enter', use: '确定，下一题' },
  { keys: '/', use: '开始输入' },
  { keys: '↑', use: '上一句' },
]

/** The right zone of a desktop: today's plan and the keys. */
export function TodayPanel(): ReactNode {
  const { plan } = useToday()
  return (
    <View className="today-panel" role="complementary" aria-label="今天的计划">
      {plan && (
        <View className="panel-part">
          <Text className="panel-title">今天</Text>
          <Text className="hint">
            {date(plan.day)} {weekday(plan.day)}
          </Text>
          {plan.lesson && <LessonRow lesson={plan.lesson} />}
          <View className="panel-row">
            <Text className="panel-name">五道题</Text>
            <View className="dots">
              {plan.paper.questions.map(({ number, state }) => (
                <View
                  key={number}
                  className={`dot is-${state}`}
                  aria-label={`第 ${number} 题 ${STATES[state]}`}
                />
              ))}
            </View>
          </View>
          <View className="panel-row">
            <Text className="panel-name">今日积分</Text>
            <Text className="figure">
              {plan.points.today} / {plan.points.cap}
            </Text>
          </View>
          <View className="panel-row">
            <Text className="panel-name">本周</Text>
            <Text className="figure">
              {plan.week.paused ? '暂停中' : `${plan.week.done} / ${plan.week.goal} 天`}
            </Text>
          </View>
        </View>
      )}
      <View className="panel-part">
        <Text className="panel-title">键盘</Text>
        {KEYS.map(({ keys, use }) => (
          <View key={keys} className="panel-row">
            <Text className="panel-name">{use}</Text>
            <Text className="key">{keys}</Text>
          </View>
        ))}
      </View>
    </View>
  )
}

function LessonRow({ lesson }: { lesson: { id: string; title: string; finished: boolean } }): ReactNode {
  return (
    <Tap className="panel-lesson" role="link" onTap={() => open(`lesson/index?id=${lesson.id}`)}>
      <Text className="panel-lesson-title">{lesson.title}</Text>
      <Text className={lesson.finished ? 'is-tea' : 'hint'}>{lesson.finished ? '✓ 已读完' : '未读完'}</Text>
    </Tap>
  )
}
