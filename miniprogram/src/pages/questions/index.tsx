import type { ReactNode } from 'react'
import { useState } from 'react'
import { Text, View } from '@tarojs/components'
import { dayOf } from '#shared/day'
import { copy } from '../../clipboard.ts'
import { Empty } from '../../components/Empty.tsx'
import { Failed } from '../../components/Failed.tsx'
import { Loading } from '../../components/Loading.tsx'
import { Older } from '../../components/Older.tsx'
import { Page } from '../../components/Page.tsx'
import { Tap } from '../../components/Tap.tsx'
import { download } from '../../download.ts'
import { wordsOf } from '../../failure.ts'
import { usePageReads } from '../../page-reads.ts'
import { doInChat, open } from '../../route.ts'
import { past } from '../../when.ts'
import { useQuestions } from './useQuestions.ts'
import type { Asked } from './useQuestions.ts'

definePageConfig({ navigationBarTitleText: '我的提问', disableScroll: true })

/** 我的提问: what one asked, whose words the answer is in, and whether a person has answered since. */
export default function QuestionsPage(): ReactNode {
  const questions = useQuestions()
  const { items: asked, phase, failure, loadMore, reload } = questions
  return (
    <Page title="我的提问" onEnd={loadMore}>
      {phase === 'loading' && <Loading />}
      {phase === 'failed' && <Failed what="提问没有打开" why={failure} onRetry={reload} />}
      {phase === 'ready' && asked.length === 0 && (
        <Empty
          title="还没有问过政策问题"
          text="问过的问题和回答会收在这里，别人看不到。"
          action={{ label: '去问一个', onTap: () => doInChat({ type: 'policy' }) }}
        />
      )}
      {asked.length > 0 && (
        <>
          <View className="card is-list">
            {asked.map(question => (
              <QuestionRow key={question.id} asked={question} />
            ))}
          </View>
          <Older of={questions} />
          <Export />
        </>
      )}
    </Page>
  )
}

function QuestionRow({ asked }: { asked: Asked }): ReactNode {
  const { id, question, at, label, refused, writing, reviewedSince } = asked
  const state = writing ? '正在写' : refused ? '没有依据' : label
  return (
    <Tap className="row asked" role="link" onTap={() => open(`answer/index?id=${id}`)}>
      <View className="asked-words">
        <Text className="asked-question">{question}</Text>
        <View className="asked-facts">
          <Text className="hint">{past(dayOf(new Date(at)))}</Text>
          {state !== '' && <Text className="tag">{state}</Text>}
          {reviewedSince && <Text className="tag is-tea">已有人工回答</Text>}
        </View>
      </View>
      <Text className="arrow">›</Text>
    </Tap>
  )
}

const h5 = process.env.TARO_ENV === 'h5'

/** 导出: a browser saves a file, WeChat copies the text. */
function Export(): ReactNode {
  const { read } = usePageReads()
  const [note, setNote] = useState('')
  const [trouble, setTrouble] = useState('')
  const take = async (): Promise<void> => {
    setNote('')
    setTrouble('')
    try {
      const { name, text } = await read('GET /policy/export')
      if (h5) {
        download(name, text)
        setNote(`已保存为“${name}”`)
        return
      }
      const failed = await copy(text)
      setTrouble(failed)
      if (failed === '') setNote('已复制到剪贴板，可以粘贴到文档里')
    } catch (why) {
      setTrouble(wordsOf(why))
    }
  }
  return (
    <View className="export">
      <Tap className="btn btn-line is-wide" onTap={() => void take()}>
        导出我的提问
      </Tap>
      {note !== '' && <View className="report-done">{note}</View>}
      {trouble !== '' && <View className="field-failure">{trouble}</View>}
    </View>
  )
}
