import type { ReactNode } from 'react'
import { Text, View } from '@tarojs/components'
import { dayOf, timeOf } from '#shared/day'
import { DayLists } from '../../components/DayLists.tsx'
import { Empty } from '../../components/Empty.tsx'
import { Failed } from '../../components/Failed.tsx'
import { Loading } from '../../components/Loading.tsx'
import { Older } from '../../components/Older.tsx'
import { Page } from '../../components/Page.tsx'
import { Tap } from '../../components/Tap.tsx'
import { useReminders } from '../../reminders.ts'
import { open, openPage } from '../../route.ts'
import { stateWords } from './state-words.ts'
import { useInbox } from './useInbox.ts'
import type { Reminder } from './useInbox.ts'

definePageConfig({ navigationBarTitleText: '消息', disableScroll: true })

/** 消息: everything one was reminded of, the newest first, and what became of it. */
export default function InboxPage(): ReactNode {
  const inbox = useInbox()
  const { items: reminders, phase, failure, read, loadMore, reload } = inbox
  const channel = useReminders().reminders?.channel ?? null
  const opened = (reminder: Reminder): void => {
    read(reminder.id)
    openPage(reminder.page)
  }
  return (
    <Page title="消息" onEnd={loadMore}>
      {phase === 'loading' && <Loading cards={1} />}
      {phase === 'failed' && <Failed what="消息没有打开" why={failure} onRetry={reload} />}
      {phase === 'ready' && reminders.length === 0 && (
        <Empty
          title="还没有消息"
          text="打开学习提醒以后，每次提醒都会在这里留一份，别人看不到。"
          action={{ label: '去看学习提醒', onTap: () => open('reminders/index') }}
        />
      )}
      <DayLists
        items={reminders}
        dayOf={({ at }) => dayOf(new Date(at))}
        row={reminder => (
          <ReminderRow
            key={reminder.id}
            reminder={reminder}
            became={stateWords(reminder.state, channel)}
            onOpen={() => opened(reminder)}
          />
        )}
      />
      <Older of={inbox} />
    </Page>
  )
}

interface ReminderRowProps {
  reminder: Reminder
  became: string
  onOpen: () => void
}

function ReminderRow({ reminder: { title, text, at, read }, became, onOpen }: ReminderRowProps): ReactNode {
  return (
    <Tap className="row inbox-row" role="link" onTap={onOpen}>
      {read ? <View className="inbox-mark" /> : <Unread />}
      <View className="inbox-words">
        <Text className={read ? 'inbox-title' : 'inbox-title is-unread'}>{title}</Text>
        <Text className="inbox-text">{text}</Text>
        <Text className="hint figure">
          {timeOf(new Date(at))} · {became}
        </Text>
      </View>
      <Text className="arrow">›</Text>
    </Tap>
  )
}

const Unread = (): ReactNode => <View className="inbox-mark is-unread" role="img" aria-label="未读" />
