import type { ReactNode } from 'react'
import { useState } from 'react'
import { Text, View } from '@tarojs/components'
import type { Api } from '#shared/api'
import type { Reply } from '#shared/endpoint'
import { Empty } from '../../components/Empty.tsx'
import { Failed } from '../../components/Failed.tsx'
import { Loading } from '../../components/Loading.tsx'
import { Page } from '../../components/Page.tsx'
import { Tap } from '../../components/Tap.tsx'
import { wordsOf } from '../../failure.ts'
import { usePageReads } from '../../page-reads.ts'
import { useResource } from '../../resource.ts'
import { goTab } from '../../route.ts'
import { date, past } from '../../when.ts'

type Entries = Reply<Api['GET /points/entries']>['entries']

definePageConfig({ navigationBarTitleText: '积分的来历', disableScroll: true })

/** Every point entry in words, newest first, and the rule they follow. */
export default function EntriesPage(): ReactNode {
  const first = useResource('entries', read => read('GET /points/entries', { query: {} }))
  const points = useResource('points', read => read('GET /points'))
  const { read } = usePageReads()
  const [later, setLater] = useState<Entries>([])
  const [ended, setEnded] = useState(false)
  const [trouble, setTrouble] = useState('')

  const entries = [...(first.value?.entries ?? []), ...later]
  const more = first.value?.more === true && !ended
  const loadMore = (): void => {
    const before = entries[entries.length - 1]?.id
    if (!more || before === undefined) return
    setTrouble('')
    read('GET /points/entries', { query: { before } }).then(
      reply => {
        setLater([...later, ...reply.entries])
        setEnded(!reply.more)
      },
      (why: unknown) => setTrouble(wordsOf(why)),
    )
  }

  return (
    <Page title="积分的来历" onEnd={loadMore}>
      {points.value && <Rule rule={points.value.rule} />}
      {!first.value && first.failure === '' && <Loading cards={1} />}
      {!first.value && first.failure !== '' && (
        <Failed what="积分的来历没有打开" why={first.failure} onRetry={first.reload} />
      )}
      {first.value && entries.length === 0 && (
        <Empty
          title="还没有积分"
          text="读完一课、答对一题，这里就会写明哪天、因为什么、加了几分。"
          action={{ label: '去看今天的课', onTap: () => goTab('today') }}
        />
      )}
      {byDay(entries).map(({ day, items }) => (
        <View key={day}>
          <View className="list-day">{past(day)}</View>
          <View className="card is-list">
            {items.map(entry => (
              <View key={entry.id} className="row is-still">
                <Text className="row-name is-reading">{entry.text}</Text>
                <Text className={entry.points < 0 ? 'entry-points figure' : 'entry-points is-tea figure'}>
                  {entry.points > 0 ? `+${entry.points}` : entry.points}
                </Text>
              </View>
            ))}
          </View>
        </View>
      ))}
      {trouble !== '' && <View className="field-failure">{trouble}</View>}
      {more && (
        <Tap className="more-line" onTap={loadMore}>
          再看一些
        </Tap>
      )}
    </Page>
  )
}

function Rule({ rule }: { rule: Reply<Api['GET /points']>['rule'] }): ReactNode {
  return (
    <View className="card">
      <Text className="card-title is-small">规则第 {rule.version} 版</Text>
      <Text className="hint">{date(rule.from)}起</Text>
      <View className="list">
        {rule.lines.map(line => (
          <View key={line} className="list-item">
            <Text className="list-mark">·</Text>
            <Text className="list-text">{line}</Text>
          </View>
        ))}
      </View>
    </View>
  )
}

function byDay(entries: Entries): { day: string; items: Entries }[] {
  const days: { day: string; items: Entries }[] = []
  for (const entry of entries) {
    const last = days[days.length - 1]
    if (last?.day === entry.day) last.items.push(entry)
    else days.push({ day: entry.day, items: [entry] })
  }
  return days
}
