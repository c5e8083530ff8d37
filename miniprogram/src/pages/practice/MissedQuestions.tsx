import type { ReactNode } from 'react'
import { useState } from 'react'
import { Text, View } from '@tarojs/components'
import type { Api } from '#shared/api'
import type { Reply } from '#shared/endpoint'
import { Older } from '../../components/Older.tsx'
import { Solved } from '../../components/Solved.tsx'
import { Tap } from '../../components/Tap.tsx'
import { usePaged } from '../../paged.ts'
import { doInChat } from '../../route.ts'
import { ahead } from '../../when.ts'

type Missed = Reply<Api['GET /wrong-book/questions']>['questions'][number]

/** The missed questions of one topic, each with its answer on demand. */
export function MissedQuestions({ topic }: { topic: string }): ReactNode {
  const paged = usePaged(`wrong-book/questions/${topic}`, (read, before) =>
    read('GET /wrong-book/questions', { query: { topic, before } }).then(({ questions, more }) => ({
      items: questions,
      more,
    })),
  )
  if (paged.phase !== 'ready') {
    return <View className="row-inside hint">{paged.phase === 'loading' ? '正在打开' : paged.failure}</View>
  }
  return (
    <View className="row-inside">
      {paged.items.map(missed => (
        <MissedQuestion key={missed.id} missed={missed} />
      ))}
      <Older of={paged} />
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
