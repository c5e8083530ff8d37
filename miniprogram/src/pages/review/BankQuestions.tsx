import type { ReactNode } from 'react'
import { useState } from 'react'
import { Text, View } from '@tarojs/components'
import type { Api } from '#shared/api'
import type { Reply } from '#shared/endpoint'
import { Empty } from '../../components/Empty.tsx'
import { Failed } from '../../components/Failed.tsx'
import { Loading } from '../../components/Loading.tsx'
import { Solved } from '../../components/Solved.tsx'
import { Tap } from '../../components/Tap.tsx'
import { wordsOf } from '../../failure.ts'
import type { Resource } from '../../resource.ts'
import { call } from '../../send.ts'

type Listed = Reply<Api['GET /review/questions']>
type Waiting = Listed['questions'][number]

interface BankQuestionsProps {
  /** May publish what others wrote: a reviewer. */
  reviewer: boolean
  listed: Resource<Listed>
}

/** Questions of the bank that wait for somebody other than their author. */
export function BankQuestions({
  reviewer,
  listed: { value, failure, reload },
}: BankQuestionsProps): ReactNode {
  const [trouble, setTrouble] = useState('')
  const act = (doing: Promise<unknown>): void => {
    setTrouble('')
    doing.then(reload, (why: unknown) => setTrouble(wordsOf(why)))
  }
  if (!value && failure === '') return <Loading cards={1} />
  if (!value) return <Failed what="题目没有打开" why={failure} onRetry={reload} />
  if (value.questions.length === 0) {
    return <Empty title="没有待发布的题目" text="由回答出的题会排在这里，由另一位同事审核发布。" />
  }
  return (
    <View>
      {trouble !== '' && <View className="field-failure">{trouble}</View>}
      {value.questions.map(question => (
        <BankQuestion
          key={question.id}
          question={question}
          reviewer={reviewer}
          onPublish={() => act(call('POST /review/questions/:id/publish', { params: { id: question.id } }))}
          onRetire={() => act(call('POST /review/questions/:id/retire', { params: { id: question.id } }))}
        />
      ))}
    </View>
  )
}

interface BankQuestionProps {
  question: Waiting
  reviewer: boolean
  onPublish: () => void
  onRetire: () => void
}

function BankQuestion({ question, reviewer, onPublish, onRetire }: BankQuestionProps): ReactNode {
  const { topic, stem, options, own, suspended } = question
  const why = own ? '自己出的题，要由另一位同事发布。' : reviewer ? '' : '发布由审核人员决定。'
  return (
    <View className="card">
      <View className="card-head">
        <Text className="kicker">{topic}</Text>
        <Text className={suspended ? 'tag is-amber' : 'tag'}>{suspended ? '法变停题' : '草稿'}</Text>
      </View>
      <Text className="stem">{stem}</Text>
      <Solved question={question} solution={question} chosen={options.map(({ label }) => label)} />
      {why !== '' && <Text className="answer-aside">{why}</Text>}
      <View className="desk-ways">
        <Tap className="btn btn-line" onTap={onRetire}>
          不用了
        </Tap>
        <Tap className="btn btn-line" disabled={own || !reviewer || suspended} onTap={onPublish}>
          发布
        </Tap>
      </View>
    </View>
  )
}
