import type { ReactNode } from 'react'
import { Text, View } from '@tarojs/components'
import { Avatar } from '../../components/Avatar.tsx'
import { Failed } from '../../components/Failed.tsx'
import { Loading } from '../../components/Loading.tsx'
import { Page } from '../../components/Page.tsx'
import { Row } from '../../components/Row.tsx'
import { Tap } from '../../components/Tap.tsx'
import { useResource } from '../../resource.ts'
import { useRoles } from '../../roles.ts'
import { open } from '../../route.ts'
import { date } from '../../when.ts'
import { FontSize } from './FontSize.tsx'
import { Goal } from './Goal.tsx'
import { MonthCalendar } from './MonthCalendar.tsx'
import { MonthPoints } from './MonthPoints.tsx'

definePageConfig({ navigationBarTitleText: '我的', disableScroll: true })

/** 我的: one's own account, seen by nobody else. */
export default function Me(): ReactNode {
  const me = useResource('me', read => read('GET /me'))
  const points = useResource('points', read => read('GET /points'))
  const { value, failure } = points
  const inbox = useResource('inbox-unread', read => read('GET /inbox', { query: { limit: 1 } }))
  const unread = inbox.value?.unread ?? 0
  const roles = useRoles()

  return (
    <Page tab="me">
      <Tap className="page-heading is-me" role="link" label="个人资料" onTap={() => open('profile/index')}>
        <Avatar name={me.value?.name ?? ''} />
        <View className="me-words">
          <Text>{me.value?.name || '我的'}</Text>
          {me.value && <Text className="hint">{date(me.value.joinedOn)}开始学</Text>}
        </View>
        <Text className="arrow">›</Text>
      </Tap>
      {!value && failure === '' && <Loading />}
      {!value && failure !== '' && <Failed what="积分没有打开" why={failure} onRetry={points.reload} />}
      {value && (
        <>
          <View className="card figures">
            <Figure value={value.total} name="积分" />
            <Figure value={value.mastered} name="已掌握" />
            <Figure value={value.today.points} name="今日积分" />
          </View>
          <Goal
            week={value.week}
            streak={value.streak}
            onChange={changed => points.put({ ...value, ...changed })}
          />
          <MonthPoints months={value.months} />
          <MonthCalendar />
        </>
      )}
      <View className="card is-list">
        <Row
          name="消息"
          {...(unread > 0 && { value: `${unread} 条未读` })}
          onTap={() => open('inbox/index')}
        />
        <Row name="学习提醒" onTap={() => open('reminders/index')} />
        <Row name="我的提问" onTap={() => open('questions/index')} />
        <Row name="积分的来历" onTap={() => open('entries/index')} />
        <Row name="选择主题" onTap={() => open('topics/index')} />
        <FontSize />
      </View>
      {roles.length > 0 && (
        <View className="card is-list">
          <Row name="审核台" onTap={() => open('review/index')} />
          {roles.includes('admin') && <Row name="今日提醒发送" onTap={() => open('sends/index')} />}
        </View>
      )}
      <View className="card is-list">
        <Row name="登录的设备" onTap={() => open('devices/index')} />
        <Row name="投诉建议" onTap={() => open('suggestion/index')} />
        <Row name="关于日知" onTap={() => open('about/index')} />
      </View>
      <Text className="page-hint">积分只给自己看，不排名，不考核。</Text>
    </Page>
  )
}

function Figure({ value, name }: { value: number; name: string }): ReactNode {
  return (
    <View className="figure-box">
      <Text className="big figure">{value}</Text>
      <Text className="hint">{name}</Text>
    </View>
  )
}
