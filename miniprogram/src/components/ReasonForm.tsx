import type { ReactNode } from 'react'
import { useState } from 'react'
import { Text, Textarea, View } from '@tarojs/components'
import { wordsOf } from '../failure.ts'
import { Tap } from './Tap.tsx'

interface ReasonFormProps<Reason extends string> {
  title: string
  reasons: readonly { reason: Reason; label: string }[]
  hint: string
  longest: number
  /** What comes behind is the caller's; a failure is shown here. */
  onSend: (said: { reason: Reason; text?: string }) => Promise<void>
  onCancel: () => void
}

/** One reason out of a few, with more words where somebody has them. The first reason is chosen already. */
export function ReasonForm<Reason extends string>({
  title,
  reasons,
  hint,
  longest,
  onSend,
  onCancel,
}: ReasonFormProps<Reason>): ReactNode {
  const [chosen, setChosen] = useState(reasons[0]?.reason)
  const [text, setText] = useState('')
  const [failure, setFailure] = useState('')

  const send = (): void => {
    if (chosen === undefined) return
    setFailure('')
    const more = text.trim() === '' ? {} : { text: text.trim() }
    onSend({ reason: chosen, ...more }).catch((why: unknown) => setFailure(wordsOf(why)))
  }

  return (
    <>
      <View className="kicker">{title}</View>
      <View className="choices" role="radiogroup" aria-label={title}>
        {reasons.map(({ reason, label }) => (
          <Tap
            key={reason}
            role="radio"
            on={reason === chosen}
            className={reason === chosen ? 'choice is-on' : 'choice'}
            onTap={() => setChosen(reason)}
          >
            {label}
          </Tap>
        ))}
      </View>
      <Textarea
        className="field"
        value={text}
        maxlength={longest}
        autoHeight
        cursorSpacing={120}
        placeholder={hint}
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
    </>
  )
}
