import type { ReactNode } from 'react'
import { useState } from 'react'
import { Text, View } from '@tarojs/components'
import type { Api } from '#shared/api'
import type { Reply } from '#shared/endpoint'
import type { ReminderChannel, ReminderState } from '#shared/reminder'
import { Empty } from '../../components/Empty.tsx'
import { Failed } from '../../components/Failed.tsx'
import { Loading } from '../../components/Loading.tsx'
import { Page } from '../../components/Page.tsx'
import { Tap } from '../../components/Tap.tsx'
import { useResource } from '../../resource.ts'
import { today } from '../../when.ts'
import { useWide } from '../../wide.ts'
import { DaySteps } from './DaySteps.tsx'
import { Errors } from './Errors.tsx'
import { Learned } from './Learned.tsx'
import { Results } from './Results.tsx'
import { channelName } from './send-words.ts'

definePageConfig({ navigationBarTitleText: '今日提醒发送', disableScroll: true })

type Sends = Reply<Api['GET /sends']>
/** Which sends are shown: all, or those of a channel. */
type Choice = ReminderChannel | null | 'all'

/** 今日提醒发送: how a day's reminders ended, for administrators. Numbers only, nobody is named. */
export default function SendsPage(): ReactNode {
  const [day, setDay] = useState(today)
  const wide = useWide()
  const { value, failure, reload } = useResource(
    `sends/${day}`,
    read => read('GET /sends', { query: { day } }),
    true,
  )
  // The answer for a day that was left may come late.
  const sends = value?.day === day ? value : null
  const learned = sends && <Learned learning={sends.learning} />

  return (
    <Page title="今日提醒发送" wide {...(wide && { panel: <View className="desk-pane">{learned}</View> })}>
      <DaySteps day={day} note={sends ? `共 ${sends.total} 条` : ''} onDay={setDay} />
      {!sends && failure === '' && <Loading cards={2} />}
      {!sends && failure !== '' && <Failed what="发送情况没有打开" why={failure} onRetry={reload} />}
      {sends?.total === 0 && (
        <Empty title="暂无发送" text="到了干部自己选的提醒时间，这里会有每种结果的条数。" />
      )}
      {sends && sends.total > 0 && <Tables key={day} sends={sends} />}
      {!wide && learned}
      <Text className="page-hint">这里只有数字，不显示是谁。没有发出的，本人在“消息”里都能看到。</Text>
    </Page>
  )
}

function Tables({ sends }: { sends: Sends }): ReactNode {
  const [chosen, setChosen] = useState<Choice>('all')
  const channels = [...new Set(sends.results.map(({ channel }) => channel))]
  const isShown = ({ channel }: { channel: ReminderChannel | null }) => chosen === 'all' || channel === chosen
  return (
    <View>
      {channels.length > 1 && (
        <View className="desk-filters" role="radiogroup" aria-label="渠道">
          {(['all', ...channels] as const).map(one => (
            <Tap
              key={one ?? 'none'}
              role="radio"
              on={one === chosen}
              className={one === chosen ? 'choice is-on' : 'choice'}
              onTap={() => setChosen(one)}
            >
              {one === 'all' ? '全部' : channelName(one)}
            </Tap>
          ))}
        </View>
      )}
      <Text className="desk-part">结果</Text>
      <Results results={byState(sends.results.filter(isShown))} />
      <Text className="desk-part">原因和办法</Text>
      <Errors errors={sends.errors.filter(isShown)} />
    </View>
  )
}

/** One line for each state, whatever the channel. */
function byState(results: Sends['results']): { state: ReminderState; count: number }[] {
  const states = [...new Set(results.map(({ state }) => state))]
  return states.map(state => ({
    state,
    count: results.filter(one => one.state === state).reduce((sum, { count }) => sum + count, 0),
  }))
}
