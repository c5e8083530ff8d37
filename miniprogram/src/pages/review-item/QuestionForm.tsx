import type { ReactNode } from 'react'
import { useState } from 'react'
import { Input, Text, Textarea, View } from '@tarojs/components'
import type { ReviewItem } from '#shared/review'
import { Tap } from '../../components/Tap.tsx'
import { wordsOf } from '../../failure.ts'
import { call } from '../../send.ts'
import { KeyAndOptions } from './KeyAndOptions.tsx'
import { emptyQuestion, isComplete, questionBody } from './question-draft.ts'
import type { QuestionDraft } from './question-draft.ts'

const TYPES: { type: QuestionDraft['type']; label: string }[] = [
  { type: 'single', label: '单选' },
  { type: 'multiple', label: '多选' },
  { type: 'judge', label: '判断' },
]

/** 出一道题: a quiz question on the clauses of a published answer; it waits as a draft for somebody else. */
export function QuestionForm({ item, onDone }: { item: ReviewItem; onDone: () => void }): ReactNode {
  const [draft, setDraft] = useState(emptyQuestion)
  const [sent, setSent] = useState(false)
  const [failure, setFailure] = useState('')
  const put = (part: Partial<QuestionDraft>): void => setDraft({ ...draft, ...part })
  const send = (): void => {
    setFailure('')
    const body = questionBody(draft)
    call('POST /review/items/:id/question', { params: { id: item.id }, body }).then(
      () => setSent(true),
      (why: unknown) => setFailure(wordsOf(why)),
    )
  }
  if (sent) {
    return (
      <View className="card">
        <View className="report-done is-first">题目已存为草稿，在“题目”里等另一位同事发布。</View>
        <Tap className="btn btn-line is-wide" onTap={onDone}>
          知道了
        </Tap>
      </View>
    )
  }
  return (
    <View className="card">
      <Text className="card-title is-small">出一道题</Text>
      <View className="choices" role="radiogroup" aria-label="题型">
        {TYPES.map(({ type, label }) => (
          <Tap
            key={type}
            role="radio"
            on={type === draft.type}
            className={type === draft.type ? 'choice is-on' : 'choice'}
            onTap={() => put({ type, key: [] })}
          >
            {label}
          </Tap>
        ))}
      </View>
      <Text className="desk-part">主题</Text>
      <Input
        className="field is-line"
        value={draft.topic}
        maxlength={60}
        placeholder="如：基层治理"
        placeholderClass="placeholder"
        onInput={({ detail }) => put({ topic: detail.value })}
      />
      <LongField name="题干" value={draft.stem} most={500} onValue={stem => put({ stem })} />
      <KeyAndOptions draft={draft} onPut={put} />
      <LongField
        name="解析（不超过 120 字）"
        value={draft.explanation}
        most={120}
        onValue={explanation => put({ explanation })}
      />
      {failure !== '' && <View className="field-failure">{failure}</View>}
      <View className="card-foot">
        <Tap className="btn-text" onTap={onDone}>
          取消
        </Tap>
        <Tap className="btn btn-seal" disabled={!isComplete(draft)} onTap={send}>
          存为草稿
        </Tap>
      </View>
    </View>
  )
}

interface LongFieldProps {
  name: string
  value: string
  most: number
  onValue: (value: string) => void
}

function LongField({ name, value, most, onValue }: LongFieldProps): ReactNode {
  return (
    <View>
      <Text className="desk-part">{name}</Text>
      <Textarea
        className="field"
        value={value}
        maxlength={most}
        autoHeight
        cursorSpacing={120}
        onInput={({ detail }) => onValue(detail.value)}
      />
    </View>
  )
}
