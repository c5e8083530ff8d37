import type { ReactNode } from 'react'
import { useState } from 'react'
import { Text, View } from '@tarojs/components'
import { Empty } from '../../components/Empty.tsx'
import { Failed } from '../../components/Failed.tsx'
import { Loading } from '../../components/Loading.tsx'
import { Page } from '../../components/Page.tsx'
import { Tap } from '../../components/Tap.tsx'
import { useResource } from '../../resource.ts'
import { doInChat, goTab } from '../../route.ts'
import { MissedQuestions } from './MissedQuestions.tsx'

definePageConfig({ navigationBarTitleText: '练习', disableScroll: true })

/** 练习: the wrong book by topic, and what comes due today. */
export default function Practice(): ReactNode {
  const { value: book, failure, reload } = useResource('wrong-book', read => read('GET /wrong-book'))
  const [topic, setTopic] = useState('')

  return (
    <Page tab="practice">
      <View className="page-heading">错题本</View>
      {!book && failure === '' && <Loading />}
      {!book && failure !== '' && <Failed what="错题本没有打开" why={failure} onRetry={reload} />}
      {book?.total === 0 && (
        <Empty
          title="还没有错题"
          text="答错的、猜对的题会按主题收在这里，到日子再来复习。"
          action={{ label: '去做今天的题', onTap: () => goTab('today') }}
        />
      )}
      {book && book.total > 0 && (
        <>
          <Due due={book.due} total={book.total} />
          <View className="card is-list">
            {book.topics.map(entry => (
              <View key={entry.topic}>
                <Tap
                  className="row"
                  label={`${entry.topic}，${entry.total} 题`}
                  onTap={() => setTopic(topic === entry.topic ? '' : entry.topic)}
                >
                  <Text className="row-name">{entry.topic}</Text>
                  <View className="row-end">
                    {entry.due > 0 && <Text className="tag is-amber figure">{entry.due} 题到期</Text>}
                    <Text className="hint figure">{entry.total} 题</Text>
                    <Text className={topic === entry.topic ? 'arrow is-open' : 'arrow'}>›</Text>
                  </View>
                </Tap>
                {topic === entry.topic && <MissedQuestions key={entry.topic} topic={entry.topic} />}
              </View>
            ))}
          </View>
          <Text className="page-hint">复习完今日到期的题记 2 分；其他练习不计分，也不限次数。</Text>
        </>
      )}
    </Page>
  )
}

function Due({ due, total }: { due: number; total: number }): ReactNode {
  return (
    <View className="card due">
      <View className="due-words">
        {due > 0 && <Text className="big figure">{due}</Text>}
        <Text className="due-text">{due > 0 ? '题今天到期' : '今天没有到期的题'}</Text>
      </View>
      <Text className="hint">错题本里共 {total} 题</Text>
      {due > 0 ? (
        <Tap className="btn btn-seal is-wide" onTap={() => doInChat({ type: 'practise', scope: 'due' })}>
          复习今日到期 ({due})
        </Tap>
      ) : (
        <Tap className="btn btn-line is-wide" onTap={() => doInChat({ type: 'practise', scope: 'wrong' })}>
          随手练五道
        </Tap>
      )}
    </View>
  )
}
