import type { ReactNode } from 'react'
import { useState } from 'react'
import Taro from '@tarojs/taro'
import { Text, View } from '@tarojs/components'
import { Row } from '../../components/Row.tsx'
import { Tap } from '../../components/Tap.tsx'
import { askPermission } from '../../permission.ts'
import type { Asked } from '../../permission.ts'
import type { Reminders } from '../../reminders.ts'
import { open } from '../../route.ts'
import { askingFailure } from './platform-words.ts'
import type { Said } from './platform-words.ts'

const weapp = process.env.TARO_ENV === 'weapp'

/** How reminders come, and in WeChat the way to allow one more. */
export function Arriving({ reminders: { channel, permission } }: { reminders: Reminders }): ReactNode {
  const [said, setSaid] = useState<Said | null>(null)
  const asks = weapp && permission !== null
  return (
    <View className="card reminder is-rows">
      <Text className="card-title is-small">怎样提醒</Text>
      <Text className="goal-line">{wayOf(channel, permission)}</Text>
      {asks && (
        <Tap
          className="btn btn-seal is-wide"
          onTap={() => void askPermission(permission.template).then(asked => setSaid(wordsFor(asked)))}
        >
          允许微信提醒一次
        </Tap>
      )}
      {said && (
        <View className={said.done ? 'report-done' : 'reminder-said'} role="status">
          {said.text}
        </View>
      )}
      {said?.settings && (
        <Tap
          className="btn btn-line is-wide"
          onTap={() => void Taro.openSetting({ withSubscriptions: true }).catch(() => undefined)}
        >
          去微信设置里打开
        </Tap>
      )}
      <View className="reminder-way">
        <Row name="看看消息" onTap={() => open('inbox/index')} />
      </View>
    </View>
  )
}

function wayOf(channel: Reminders['channel'], permission: Reminders['permission']): string {
  if (channel === 'wecom') return '通过企业微信提醒，不用另外允许。“消息”里也有一份。'
  if (permission === null) return '提醒放在日知的“消息”里，打开日知就能看到。'
  if (!weapp) return '提醒放在日知的“消息”里。想在微信里收到，请在微信小程序里打开这一页。'
  const left = permission.left > 0 ? `微信还能提醒您 ${permission.left} 次` : '微信现在不能提醒您'
  return `${left}；每点一次“允许”，微信就多让我们提醒一次。“消息”里总有一份。`
}

const answers: Record<'accepted' | 'rejected' | 'banned', Said> = {
  accepted: { text: '好，微信可以多提醒您一次。', done: true },
  rejected: { text: '好的，这次没有允许。提醒仍会放在“消息”里。' },
  banned: { text: '微信暂时停用了这种提醒，提醒会先放在“消息”里。' },
}

const wordsFor = (asked: Asked): Said =>
  'failure' in asked ? askingFailure(asked.failure) : answers[asked.answer]
