import type { ReactNode } from 'react'
import { Input, Text, View } from '@tarojs/components'
import type { Question } from '#shared/question'
import type { Draft } from '../pages/today/useDraft.ts'
import { Option } from './Option.tsx'
import { QuestionHead } from './QuestionHead.tsx'
import type { Place } from './QuestionHead.tsx'
import { Tap } from './Tap.tsx'

interface QuestionCardProps {
  question: Question
  place: Place
  draft: Draft
  /** The answer is on its way. */
  busy: boolean
  onCommit: () => void
  onDontKnow: () => void
  onPostpone: () => void
}

/** The question waiting for an answer: a tap chooses, 确定 commits. */
export function QuestionCard({
  question,
  place,
  draft,
  busy,
  onCommit,
  onDontKnow,
  onPostpone,
}: QuestionCardProps): ReactNode {
  return (
    <View className="card question">
      <QuestionHead type={question.type} place={place} />
      <Text className="stem" userSelect>
        {question.stem}
      </Text>
      {question.type === 'blank' ? (
        <Gaps question={question} draft={draft} disabled={busy} />
      ) : (
        <View
          className="options"
          role={question.type === 'multiple' ? 'group' : 'radiogroup'}
          aria-label="选项"
        >
          {question.options.map(({ label, text }) => (
            <Option
              key={label}
              label={label}
              text={text}
              multiple={question.type === 'multiple'}
              chosen={draft.chosen.includes(label)}
              disabled={busy}
              onTap={() => draft.choose(label)}
            />
          ))}
        </View>
      )}
      <View className="question-foot">
        <Tap
          className={`check${draft.guessed ? ' is-on' : ''}`}
          role="switch"
          on={draft.guessed}
          onTap={draft.guess}
        >
          <View className="check-box" />
          <Text>我猜的</Text>
        </Tap>
        <View className="question-ways">
          <Tap className="btn-text" disabled={busy} onTap={onDontKnow}>
            不会
          </Tap>
          {place.round === 1 && (
            <Tap className="btn-text" disabled={busy} onTap={onPostpone}>
              跳过
            </Tap>
          )}
        </View>
        <Tap className="btn btn-seal commit" disabled={busy || !draft.ready} onTap={onCommit}>
          {busy ? '判分中' : '确定'}
        </Tap>
      </View>
    </View>
  )
}

function Gaps({
  question,
  draft,
  disabled,
}: {
  question: Question
  draft: Draft
  disabled: boolean
}): ReactNode {
  return (
    <View className="options">
      {Array.from({ length: question.blanks }, (_, gap) => (
        <View key={gap} className="gap">
          <Text className="gap-name">{question.blanks > 1 ? `第 ${gap + 1} 空` : '答案'}</Text>
          <Input
            className="gap-input"
            value={draft.chosen[gap] ?? ''}
            maxlength={200}
            disabled={disabled}
            cursorSpacing={160}
            placeholder="在这里填写"
            placeholderClass="placeholder"
            onInput={({ detail }) => draft.fill(gap, detail.value)}
          />
        </View>
      ))}
    </View>
  )
}
