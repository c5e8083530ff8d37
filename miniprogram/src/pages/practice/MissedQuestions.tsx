import type { ReactNode } from 'react'
import { useState } from 'react'
import { Text, View } from '@tarojs/components'
import type { Api } from '#shared/api'
import type { Reply } from '#shared/endpoint'
import { Solved } from '../../components/Solved.tsx'
import { Tap } from '../../components/Tap.tsx'
import { wordsOf } from '../../failure.ts'
import { usePageReads } from '../../page-reads.ts'
import { useResource } from '../../resource.ts'
import { doInChat } from '../../route.ts'
import { ahead } from '../../when.ts'

type Missed = Reply<Api['GET /wrong-book/questions']>['questions'][number]

/** The missed questions of one topic, each with its answer on demand. */
export function MissedQuestions({ topic }: { topic: string }): ReactNode {
  const first = useResource(`wrong-book/${topic}`, read =>
    read('GET /wrong-book/questions', { query: { topic } }),
  )
  const { read } = usePageReads()
  const [later, setLater] = useState<Missed[]>([])
  const [ended, setEnded] = useState(false)
  const [trouble, setTrouble] = useState('')

  if (!first.value) {
    return <View className="row-inside hint">{first.failure === '' ? '正在打开' : first.failure}</View>
  }
  const questions = [...first.value.questions, ...later]
  const more = !ended && first.value.more
  const loadMore = (): void => {
    const before = questions[questions.length - 1]?.id
    if (before === undefined) return
    setTrouble('')
    read('GET /wrong-book/questions', { query: { topic, before } }).then(
      reply => {
        setLater([...later, ...reply.questions])
        setEnded(!reply.more)
      },
      (reason: unknown) => setTrouble(wordsOf(reason)),
    )
  }
  return (
    <View className="row-inside">
      {questions.map(missed => (
        <MissedQuestion key={missed.id} missed={missed} />
      ))}
      {trouble !== '' && <View className="field-failure">{trouble}</View>}
      {more && (
        <Tap className="more-line" onTap={loadMore}>
          再看一些
        </Tap>
      )}
      <Tap
        className="btn btn-line is-wide"
        onTap={() => doInChat({ type: 'practise', scope: 'wrong', topic })}
      >
        练这个主题
      </Tap>
    </View>
  )
}

function MissedQuestion({ missed: { question, solution, missed, dueOn } }: { missed: Missed }): ReactNode {
  const [open, setOpen] = useState(false)
  return (
    <View className="missed">
      <Tap className="missed-head" onTap={() => setOpen(!open)}>
        <Text className={open ? 'missed-stem is-open' : 'missed-stem'}>{question.stem}</Text>
        <Text className="hint">
          错过 {missed} 次{dueOn ? ` · ${ahead(dueOn)}再见` : ' · 已经记住'}
        </Text>
      </Tap>
      {open && <Solved question={question} solution={solution} chosen={[]} />}
    </View>
  )
}
