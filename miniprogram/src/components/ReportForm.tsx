import type { ReactNode } from 'react'
import { useEffect, useState } from 'react'
import { Text, Textarea, View } from '@tarojs/components'
import { wordsOf } from '../failure.ts'
import { reveal } from '../reveal.ts'
import { call } from '../send.ts'
import { date } from '../when.ts'
import { Tap } from './Tap.tsx'

const REASONS = [
  { reason: 'key', label: '答案有误' },
  { reason: 'stem', label: '题目有误' },
  { reason: 'outdated', label: '依据过时' },
  { reason: 'other', label: '其他' },
] as const

/** 这题有误: what is wrong with the question, to the editors. */
export function ReportForm({ question, onClose }: { question: string; onClose: () => void }): ReactNode {
  const [reason, setReason] = useState<(typeof REASONS)[number]['reason']>('key')
  const [text, setText] = useState('')
  const [sent, setSent] = useState('')
  const [failure, setFailure] = useState('')

  const send = (): void => {
    setFailure('')
    const more = text.trim() === '' ? {} : { text: text.trim() }
    call('POST /quiz/questions/:id/reports', { params: { id: question }, body: { reason, ...more } }).then(
      ({ replyBy }) => setSent(`已收到，编辑会在${date(replyBy)}前答复`),
      (why: unknown) => setFailure(wordsOf(why)),
    )
  }

  const id = `report-${question}`
  useEffect(() => reveal(id), [id])
  useEffect(() => {
    if (sent !== '') reveal(id)
  }, [id, sent])

  if (sent !== '') {
    return (
      <View id={id} className="report-done">
        {sent}
      </View>
    )
  }
  return (
    <View id={id} className="report">
      <Text className="kicker">哪里有误</Text>
      <View className="choices" role="radiogroup" aria-label="哪里有误">
        {REASONS.map(entry => (
          <Tap
            key={entry.reason}
            role="radio"
            on={entry.reason === reason}
            className={`choice${entry.reason === reason ? ' is-on' : ''}`}
            onTap={() => setReason(entry.reason)}
          >
            {entry.label}
          </Tap>
        ))}
      </View>
      <Textarea
        className="field"
        value={text}
        maxlength={500}
        autoHeight
        cursorSpacing={120}
        placeholder="理由或依据，可不填"
        placeholderClass="placeholder"
        onInput={({ detail }) => setText(detail.value)}
      />
      <Text className="field-hint">请勿填写涉密信息</Text>
      {failure !== '' && <View className="field-failure">{failure}</View>}
      <View className="card-foot">
        <Tap className="btn-text" onTap={onClose}>
          取消
        </Tap>
        <Tap className="btn btn-line" onTap={send}>
          提交
        </Tap>
      </View>
    </View>
  )
}
