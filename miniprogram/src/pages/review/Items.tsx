import type { ReactNode } from 'react'
import { useState } from 'react'
import { Text, View } from '@tarojs/components'
import { dayOf } from '#shared/day'
import type { ReviewCause, ReviewItem } from '#shared/review'
import { Empty } from '../../components/Empty.tsx'
import { Failed } from '../../components/Failed.tsx'
import { Loading } from '../../components/Loading.tsx'
import { causeWords } from '../../components/review-words.ts'
import { Tap } from '../../components/Tap.tsx'
import { past } from '../../when.ts'
import type { ItemTab, Review } from './useReview.ts'

const EMPTY: Record<ItemTab, { title: string; text: string }> = {
  open: { title: '没有待答的问题', text: '没有依据的、被说没用的问题会排在这里。' },
  drafted: { title: '没有待审核的回答', text: '编辑写好的回答会排在这里，由另一位同事审核发布。' },
  published: { title: '还没有发布过回答', text: '审核通过的回答会列在这里，以后问到同样的意思就用它。' },
  suspended: { title: '没有停用的回答', text: '依据的条文改了、废了，回答会先停到这里。' },
}

interface ItemsProps {
  tab: ItemTab
  review: Review
  /** The question shown beside the table. */
  current: string
  onOpen: (id: string) => void
}

/** Questions of cadres: a table on a desktop, a list on a phone. */
export function Items({ tab, review, current, onOpen }: ItemsProps): ReactNode {
  const [cause, setCause] = useState<ReviewCause | null>(null)
  const { items, failure, more, reload, loadMore } = review
  if (!items && failure === '') return <Loading cards={2} />
  if (!items) return <Failed what="审核台没有打开" why={failure} onRetry={reload} />
  if (items.length === 0) return <Empty {...EMPTY[tab]} />
  const shown = items.filter(({ causes }) => cause === null || causes.includes(cause))
  return (
    <View>
      <Causes cause={cause} onCause={setCause} />
      <View className="desk-table" role="table">
        <View className="desk-row is-head" role="row">
          <View className="desk-main">问题</View>
          <View className="desk-causes">原因</View>
          <View className="desk-count">次数</View>
          <View className="desk-day">最近</View>
        </View>
        {shown.map(item => (
          <ItemRow key={item.id} item={item} on={item.id === current} onOpen={onOpen} />
        ))}
        {shown.length === 0 && <View className="desk-none hint">没有这一类的问题</View>}
      </View>
      {failure !== '' && <View className="field-failure">{failure}</View>}
      {more && (
        <Tap className="more-line" onTap={loadMore}>
          再看一些
        </Tap>
      )}
    </View>
  )
}

const CAUSES: (ReviewCause | null)[] = [null, 'unanswered', 'disliked', 'sensitive']

interface CausesProps {
  cause: ReviewCause | null
  onCause: (cause: ReviewCause | null) => void
}

function Causes({ cause, onCause }: CausesProps): ReactNode {
  return (
    <View className="desk-filters" role="radiogroup" aria-label="原因">
      {CAUSES.map(one => (
        <Tap
          key={one ?? 'all'}
          role="radio"
          on={one === cause}
          className={one === cause ? 'choice is-on' : 'choice'}
          onTap={() => onCause(one)}
        >
          {one ? causeWords[one] : '全部'}
        </Tap>
      ))}
    </View>
  )
}

interface ItemRowProps {
  item: ReviewItem
  on: boolean
  onOpen: (id: string) => void
}

function ItemRow({ item, on, onOpen }: ItemRowProps): ReactNode {
  return (
    <Tap className={on ? 'desk-row is-on' : 'desk-row'} role="link" onTap={() => onOpen(item.id)}>
      <Text className="desk-main">{item.question}</Text>
      <View className="desk-causes">
        {item.causes.map(cause => (
          <Text key={cause} className={cause === 'sensitive' ? 'tag is-amber' : 'tag'}>
            {causeWords[cause]}
          </Text>
        ))}
      </View>
      <Text className="desk-count figure">{item.times} 次</Text>
      <Text className="desk-day figure">{past(dayOf(new Date(item.lastAt)))}</Text>
    </Tap>
  )
}
