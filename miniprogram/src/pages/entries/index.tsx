import type { ReactNode } from 'react'
import { Text, View } from '@tarojs/components'
import type { Api } from '#shared/api'
import type { Reply } from '#shared/endpoint'
import { DayLists } from '../../components/DayLists.tsx'
import { Empty } from '../../components/Empty.tsx'
import { Failed } from '../../components/Failed.tsx'
import { Loading } from '../../components/Loading.tsx'
import { Older } from '../../components/Older.tsx'
import { Page } from '../../components/Page.tsx'
import { usePaged } from '../../paged.ts'
import { useResource } from '../../resource.ts'
import { goTab } from '../../route.ts'
import { date } from '../../when.ts'

type Entry = Reply<Api['GET /points/entries']>['entries'][number]

definePageConfig({ navigationBarTitleText: '积分的来历', disableScroll: true })

/** Every point entry in words, newest first, and the rule they follow. */
export default function EntriesPage(): ReactNode {
  const points = useResource('points', read => read('GET /points'))
  const paged = usePaged('points/entries', (read, before) =>
    read('GET /points/entries', { query: { before } }).then(({ entries, more }) => ({
      items: entries,
      more,
    })),
  )
  const { items: entries, phase, failure, loadMore, reload } = paged
  return (
    <Page title="积分的来历" onEnd={loadMore}>
      {points.value && <Rule rule={points.value.rule} />}
      {phase === 'loading' && <Loading cards={1} />}
      {phase === 'failed' && <Failed what="积分的来历没有打开" why={failure} onRetry={reload} />}
      {phase === 'ready' && entries.length === 0 && (
        <Empty
          title="还没有积分"
          text="读完一课、答对一题，这里就会写明哪天、因为什么、加了几分。"
          action={{ label: '去看今天的课', onTap: () => goTab('today') }}
        />
      )}
      <DayLists items={entries} dayOf={({ day }) => day} row={entryRow} />
      <Older of={paged} />
    </Page>
  )
}

const entryRow = ({ id, text, points }: Entry): ReactNode => (
  <View key={id} className="row is-still">
    <Text className="row-name is-reading">{text}</Text>
    <Text className={points < 0 ? 'entry-points figure' : 'entry-points is-tea figure'}>
      {points > 0 ? `+${points}` : points}
    </Text>
  </View>
)

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
