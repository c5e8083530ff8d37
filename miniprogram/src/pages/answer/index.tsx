import type { ReactNode } from 'react'
import { View } from '@tarojs/components'
import { useRouter } from '@tarojs/taro'
import { dayOf } from '#shared/day'
import { AnswerCard } from '../../components/AnswerCard.tsx'
import { Failed } from '../../components/Failed.tsx'
import { Loading } from '../../components/Loading.tsx'
import { ModelLine } from '../../components/ModelLine.tsx'
import { Page } from '../../components/Page.tsx'
import { WritingBar } from '../../components/WritingBar.tsx'
import { useFollowing } from '../../following.ts'
import { useResource } from '../../resource.ts'
import { past } from '../../when.ts'

definePageConfig({ navigationBarTitleText: '提问', disableScroll: true })

/** One of one's own questions with its answer, and above it what a person has answered since. */
export default function AnswerPage(): ReactNode {
  const { id = '' } = useRouter().params
  const { value, failure, reload, put } = useResource(
    `answer/${id}`,
    read => read('GET /policy/answers/:id', { params: { id } }),
    true,
  )
  const writing = value?.answer.writing === true
  const following = useFollowing(writing ? [id] : [], answer => {
    if (value) put({ ...value, answer })
  })

  return (
    <Page
      title="提问"
      foot={
        <>
          {writing && <WritingBar id={id} following={following} />}
          <ModelLine />
        </>
      }
    >
      {!value && failure === '' && <Loading cards={1} />}
      {!value && failure !== '' && <Failed what="这个问题没有打开" why={failure} onRetry={reload} />}
      {value && (
        <>
          <View className="kicker">{past(dayOf(new Date(value.at)))}问</View>
          <View className="asked-title" role="heading">
            {value.answer.question}
          </View>
          {value.reviewed && (
            <>
              <AnswerCard answer={value.reviewed} anchor="reviewed" />
              <View className="list-day">当时的回答</View>
            </>
          )}
          <AnswerCard
            answer={value.answer}
            anchor="answer"
            progress={following.progress[id]}
            feedback={value.feedback}
          />
        </>
      )}
    </Page>
  )
}
