import type { ReactNode } from 'react'
import { useEffect, useState } from 'react'
import { Text, View } from '@tarojs/components'
import { isAskingDue } from '../asking.ts'
import { askedBefore, askPermission } from '../permission.ts'
import { refreshReminders, useReminders } from '../reminders.ts'
import { open } from '../route.ts'
import { today as dayToday } from '../when.ts'
import { Tap } from './Tap.tsx'

interface SummaryFootProps {
  /** It ends the quiz of today. */
  today: boolean
  /** The first daily quiz that was ever finished. */
  first: boolean
  hint: string
  label: string
  onTap: () => void
}

const weapp = process.env.TARO_ENV === 'weapp'

/**
 * The one action at the end of a quiz. Who wants reminders that WeChat may hardly send any more is first offered to
 * allow one: here and not where the last answer is given, for no mark may stand behind a question of WeChat's
 * (platform rules, 5.21), and only here it is certain that the quiz has ended. The offer is gone with the tap, whatever
 * WeChat answers or does not.
 */
export function SummaryFoot({ today, first, hint, label, onTap }: SummaryFootProps): ReactNode {
  const { reminders } = useReminders()
  const [asked, setAsked] = useState(false)
  useEffect(() => {
    if (today) void refreshReminders()
  }, [today])

  const permission = reminders?.permission ?? null
  const due = weapp && today && !asked && reminders && isAskingDue(reminders, askedBefore(), dayToday())
  if (due && permission) {
    const ask = (): void => {
      void askPermission(permission.template)
      setAsked(true)
    }
    return (
      <View className="card-foot">
        <Text className="hint">
          {permission.left > 0 ? `微信还能提醒您 ${permission.left} 次` : '微信的提醒次数用完了'}
        </Text>
        <Tap className="btn btn-line" onTap={ask}>
          允许再提醒一次
        </Tap>
      </View>
    )
  }
  return (
    <>
      <View className="card-foot">
        <Text className="hint">{hint}</Text>
        <Tap className="btn btn-line" onTap={onTap}>
          {label}
        </Tap>
      </View>
      {today && first && reminders?.on === false && (
        <Tap className="btn-text is-small" role="link" onTap={() => open('reminders/index')}>
          想让日知按时提醒您？在“我的 · 学习提醒”里打开
        </Tap>
      )}
    </>
  )
}
