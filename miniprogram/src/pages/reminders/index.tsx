import type { ReactNode } from 'react'
import { Text, View } from '@tarojs/components'
import { useDidShow } from '@tarojs/taro'
import { addDays } from '#shared/day'
import { Failed } from '../../components/Failed.tsx'
import { Loading } from '../../components/Loading.tsx'
import { Page } from '../../components/Page.tsx'
import { Switch } from '../../components/Switch.tsx'
import { changeReminders, refreshReminders, useReminders } from '../../reminders.ts'
import type { Reminders } from '../../reminders.ts'
import { date } from '../../when.ts'
import { Arriving } from './Arriving.tsx'
import { Days } from './Days.tsx'
import { Kinds } from './Kinds.tsx'
import { Pause } from './Pause.tsx'
import { PhoneCalendar } from './PhoneCalendar.tsx'
import { Times } from './Times.tsx'

definePageConfig({ navigationBarTitleText: '学习提醒', disableScroll: true })

/** 学习提醒: off until it is switched on; then what one is reminded of, when, and how it comes. */
export default function RemindersPage(): ReactNode {
  const { reminders, failure, trouble } = useReminders()
  useDidShow(() => void refreshReminders())
  return (
    <Page title="学习提醒" foot={trouble !== '' && <Trouble why={trouble} />}>
      {!reminders && failure === '' && <Loading />}
      {!reminders && failure !== '' && (
        <Failed what="提醒设置没有打开" why={failure} onRetry={() => void refreshReminders()} />
      )}
      {reminders && <MainSwitch reminders={reminders} />}
      {reminders?.on && (
        <>
          <Arriving reminders={reminders} />
          <Times times={reminders.times} />
          <Days days={reminders.days} holidays={reminders.holidays} />
          <Kinds kinds={reminders.kinds} />
          <Pause pausedUntil={reminders.pausedUntil} />
          {reminders.learnable && <Learning on={reminders.learning} />}
          <PhoneCalendar times={reminders.times} days={reminders.days} />
        </>
      )}
    </Page>
  )
}

function MainSwitch({ reminders: { on, pausedUntil } }: { reminders: Reminders }): ReactNode {
  return (
    <View className="card reminder is-switch">
      <Switch name="按时提醒我" on={on} onChange={next => changeReminders(() => ({ on: next }))} />
      <Text className="goal-line">只在您选的时间提醒，学完当天不再提醒，一天最多两次。</Text>
      {on && pausedUntil !== null && (
        <View className="line-note is-amber is-inset" role="status">
          暂停到{date(addDays(pausedUntil, -1))}，{date(pausedUntil)}起照常提醒
        </View>
      )}
    </View>
  )
}

function Learning({ on }: { on: boolean }): ReactNode {
  return (
    <View className="card reminder is-switch">
      <Switch
        name="让日知学着选时间和说法"
        on={on}
        onChange={next => changeReminders(() => ({ learning: next }))}
      />
      <Text className="goal-line">
        只记每个时间、每种说法提醒过几次、其中几次您随后学完了；关掉就删除这些记录。
      </Text>
    </View>
  )
}

/** Below the page, so that it is seen wherever one tapped. */
function Trouble({ why }: { why: string }): ReactNode {
  return (
    <View className="foot-trouble" role="alert">
      刚才的改动没有保存。{why}
    </View>
  )
}
