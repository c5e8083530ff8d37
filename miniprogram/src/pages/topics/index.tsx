import type { ReactNode } from 'react'
import { useState } from 'react'
import { Text, View } from '@tarojs/components'
import { Empty } from '../../components/Empty.tsx'
import { Failed } from '../../components/Failed.tsx'
import { Loading } from '../../components/Loading.tsx'
import { Page } from '../../components/Page.tsx'
import { Tap } from '../../components/Tap.tsx'
import { wordsOf } from '../../failure.ts'
import { useResource } from '../../resource.ts'
import { goTab } from '../../route.ts'
import { call } from '../../send.ts'

definePageConfig({ navigationBarTitleText: '选择主题', disableScroll: true })

/** From which topics questions come, once reviews and the lesson's own are used. None chosen means all. */
export default function TopicsPage(): ReactNode {
  const { value, failure, reload, put } = useResource('topics', read => read('GET /topics'))
  const [trouble, setTrouble] = useState('')
  const topics = value?.topics ?? []

  const toggle = (topic: string): void => {
    setTrouble('')
    const next = topics.map(entry => (entry.topic === topic ? { ...entry, chosen: !entry.chosen } : entry))
    put({ topics: next })
    const chosen = next.filter(entry => entry.chosen).map(entry => entry.topic)
    call('PUT /topics', { body: { topics: chosen } }).then(put, (why: unknown) => {
      put({ topics })
      setTrouble(wordsOf(why))
    })
  }

  return (
    <Page title="选择主题">
      <Text className="page-hint is-top">
        每天的五道题先复习、再配今日一课，余下的从这里选的主题里出；都不选就是全部。
      </Text>
      {!value && failure === '' && <Loading />}
      {!value && failure !== '' && <Failed what="主题没有打开" why={failure} onRetry={reload} />}
      {value && topics.length === 0 && (
        <Empty
          title="还没有主题"
          text="题库导入以后，主题会列在这里。"
          action={{ label: '回到今日', onTap: () => goTab('today') }}
        />
      )}
      {trouble !== '' && <View className="field-failure">{trouble}</View>}
      {topics.length > 0 && (
        <View className="card is-list">
          {topics.map(({ topic, questions, chosen }) => (
            <Tap key={topic} className="row" role="checkbox" on={chosen} onTap={() => toggle(topic)}>
              <Text className="row-name">{topic}</Text>
              <View className="row-end">
                <Text className="hint figure">{questions} 题</Text>
                <View className={chosen ? 'check is-on is-bare' : 'check is-bare'}>
                  <View className="check-box" />
                </View>
              </View>
            </Tap>
          ))}
        </View>
      )}
    </Page>
  )
}
