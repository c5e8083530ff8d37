import type { ReactNode } from 'react'
import { useEffect, useState } from 'react'
import { Text, Textarea, View } from '@tarojs/components'
import type { FeedbackReason } from '#shared/policy'
import { wordsOf } from '../failure.ts'
import { reveal } from '../reveal.ts'
import { call } from '../send.ts'
import { Tap } from './Tap.tsx'

const REASONS: { reason: FeedbackReason; label: string }[] = [
  { reason: 'wrong', label: '说错了' },
  { reason: 'outdated', label: '过时了' },
  { reason: 'not-my-question', label: '答非所问' },
  { reason: 'unclear', label: '看不懂' },
  { reason: 'other', label: '其他' },
]

interface DislikeFormProps {
  answer: string
  anchor: string
  onCancel: () => void
  onSent: () => void
}

/** 没用: why, to the people who review answers. */
export function DislikeForm({ answer, anchor, onCancel, onSent }: DislikeFormProps): ReactNode {
  const [reason, setReason] = useState<FeedbackReason>('wrong')
  const [text, setText] = useState('')
  const [failure, setFailure] = useState('')
  const id = `${anchor}-dislike`
  useEffect(() => reveal(id), [id])

  const send = (): void => {
    setFailure('')
    const more = text.trim() === '' ? {} : { text: text.trim() }
    const body = { useful: false, reason, ...more }
    call('PUT /policy/answers/:id/feedback', { params: { id: answer }, body }).then(onSent, (why: unknown) =>
      setFailure(wordsOf(why)),
    )
  }

  return (
    <View id={id} className="report">
      <View className="kicker">哪里没用</View>
      <View className="choices" role="radiogroup" aria-label="哪里没用">
        {REASONS.map(entry => (
          <Tap
            key={entry.reason}
            role="radio"
            on={entry.reason === reason}
            className={entry.reason === reason ? 'choice is-on' : 'choice'}
            onTap={() => setReason(entry.reason)}
          >
            {entry.label}
          </Tap>
        ))}
      </View>
      <Textarea
        className="field"
        value={text}
        maxlength={300}
        autoHeight
        cursorSpacing={120}
        placeholder="想补充的话，可不填"
        placeholderClass="placeholder"
        onInput={({ detail }) => setText(detail.value)}
      />
      <Text className="field-hint">请勿填写涉密信息</Text>
      {failure !== '' && <View className="field-failure">{failure}</View>}
      <View className="card-foot">
        <Tap className="btn-text" onTap={onCancel}>
          取消
        </Tap>
        <Tap className="btn btn-line" onTap={send}>
          提交
        </Tap>
      </View>
    </View>
  )
}
