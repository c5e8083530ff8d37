import type { ReactNode } from 'react'
import { useState } from 'react'
import { Text, View } from '@tarojs/components'
import type { Api } from '#shared/api'
import type { Reply } from '#shared/endpoint'
import type { Answer } from '#shared/policy'
import { copy } from '../clipboard.ts'
import { wordsOf } from '../failure.ts'
import { open } from '../route.ts'
import { call } from '../send.ts'
import { answerCopy } from './answer-text.ts'
import { DislikeForm } from './DislikeForm.tsx'
import { Tap } from './Tap.tsx'

/** What the cadre said of an answer; null before. */
export type Given = Reply<Api['GET /policy/answers/:id']>['feedback']

interface AnswerFootProps {
  answer: Answer
  given: Given
  anchor: string
}

/** Below an answer: 有用, 没用, 复制, and its checklist where it has one. */
export function AnswerFoot({ answer, given, anchor }: AnswerFootProps): ReactNode {
  const [useful, setUseful] = useState(given?.useful ?? null)
  const [telling, setTelling] = useState(false)
  const [note, setNote] = useState('')
  const [failure, setFailure] = useState('')

  const like = (): void => {
    setFailure('')
    setTelling(false)
    call('PUT /policy/answers/:id/feedback', { params: { id: answer.id }, body: { useful: true } }).then(
      () => {
        setUseful(true)
        setNote('')
      },
      (why: unknown) => setFailure(wordsOf(why)),
    )
  }
  const copyIt = (): void =>
    void copy(answerCopy(answer)).then(trouble => {
      setFailure(trouble)
      setNote(trouble === '' ? '已复制，连同依据' : '')
    })

  return (
    <View className="answer-foot">
      <View className="answer-ways">
        <Tap className={useful === true ? 'btn-text is-small is-on' : 'btn-text is-small'} onTap={like}>
          {useful === true ? '✓ 有用' : '有用'}
        </Tap>
        <Tap
          className={useful === false ? 'btn-text is-small is-on' : 'btn-text is-small'}
          onTap={() => setTelling(!telling)}
        >
          {useful === false ? '✓ 没用' : '没用'}
        </Tap>
        <Tap className="btn-text is-small" onTap={copyIt}>
          复制
        </Tap>
        {answer.checklist && (
          <Tap className="btn btn-line answer-steps" onTap={() => open(`checklist/index?id=${answer.id}`)}>
            办事清单
          </Tap>
        )}
      </View>
      {note !== '' && (
        <View className="hint" role="status">
          {note}
        </View>
      )}
      {failure !== '' && <View className="field-failure">{failure}</View>}
      {telling && (
        <DislikeForm
          answer={answer.id}
          anchor={anchor}
          onCancel={() => setTelling(false)}
          onSent={() => {
            setTelling(false)
            setUseful(false)
            setNote('已记下，会有人重新看这个问题')
          }}
        />
      )}
    </View>
  )
}
