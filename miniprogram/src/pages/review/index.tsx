import type { ReactNode } from 'react'
import { useState } from 'react'
import { ScrollView, Text, View } from '@tarojs/components'
import { Empty } from '../../components/Empty.tsx'
import { Page } from '../../components/Page.tsx'
import { Tap } from '../../components/Tap.tsx'
import { useResource } from '../../resource.ts'
import { useRoles } from '../../roles.ts'
import { open } from '../../route.ts'
import { useWide } from '../../wide.ts'
import { ItemDetail } from '../review-item/ItemDetail.tsx'
import { Alarms } from './Alarms.tsx'
import { BankQuestions } from './BankQuestions.tsx'
import { Items } from './Items.tsx'
import { useReview } from './useReview.ts'
import type { Review, ReviewTab } from './useReview.ts'

definePageConfig({ navigationBarTitleText: '审核台', disableScroll: true })

const TABS: { tab: ReviewTab; label: string }[] = [
  { tab: 'open', label: '待答' },
  { tab: 'drafted', label: '待审核' },
  { tab: 'published', label: '已发布' },
  { tab: 'suspended', label: '已停用' },
  { tab: 'alarms', label: '法变提醒' },
  { tab: 'questions', label: '题目' },
]

/** 审核台: what waits for an editor or a reviewer. */
export default function ReviewPage(): ReactNode {
  const [tab, setTab] = useState<ReviewTab>('open')
  const [current, setCurrent] = useState('')
  const wide = useWide()
  const reviewer = useRoles().some(role => role !== 'editor')
  const itemTab = tab === 'alarms' || tab === 'questions' ? null : tab
  const review = useReview(itemTab)
  const questions = useResource('review/questions', read => read('GET /review/questions'), true)
  const show = (id: string): void => (wide ? setCurrent(id) : open(`review-item/index?id=${id}`))

  return (
    <Page title="审核台" wide panel={<Pane id={current} onChanged={review.reload} />}>
      <Tabs
        tab={tab}
        counts={{ ...review.counts, questions: questions.value?.questions.length }}
        onTab={next => {
          setTab(next)
          setCurrent('')
        }}
      />
      {itemTab && <Items key={itemTab} tab={itemTab} review={review} current={current} onOpen={show} />}
      {tab === 'alarms' && <Alarms reviewer={reviewer} onOpen={show} onChanged={review.reload} />}
      {tab === 'questions' && <BankQuestions reviewer={reviewer} listed={questions} />}
    </Page>
  )
}

interface TabsProps {
  tab: ReviewTab
  counts: Partial<Record<ReviewTab, number | undefined>>
  onTab: (tab: ReviewTab) => void
}

function Tabs({ tab: current, counts, onTab }: TabsProps): ReactNode {
  return (
    <ScrollView className="desk-tabs" scrollX enableFlex showScrollbar={false}>
      <View className="desk-tabs-row" role="tablist">
        {TABS.map(({ tab, label }) => (
          <Tap
            key={tab}
            role="tab"
            on={tab === current}
            className={tab === current ? 'desk-tab is-on' : 'desk-tab'}
            onTap={() => onTab(tab)}
          >
            <Text>{label}</Text>
            {(counts[tab] ?? 0) > 0 && <Text className="desk-tab-count figure">{counts[tab]}</Text>}
          </Tap>
        ))}
      </View>
    </ScrollView>
  )
}

function Pane({ id, onChanged }: { id: string; onChanged: Review['reload'] }): ReactNode {
  return (
    <View className="desk-pane" role="complementary" aria-label="这一条">
      {id === '' ? (
        <Empty title="选一条来看" text="点左边的一行，问题、原回答和编辑框会在这里。" />
      ) : (
        <ItemDetail key={id} id={id} onChanged={onChanged} />
      )}
    </View>
  )
}
