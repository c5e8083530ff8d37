import type { ReactNode } from 'react'
import { Input, Text, View } from '@tarojs/components'
import { Tap } from '../../components/Tap.tsx'
import { labelOf, toggledKey } from './question-draft.ts'
import type { QuestionDraft } from './question-draft.ts'

const MOST_OPTIONS = 6
const JUDGEMENTS = ['正确', '错误']

interface KeyAndOptionsProps {
  draft: QuestionDraft
  onPut: (part: Partial<QuestionDraft>) => void
}

/** The options of a question being written, and which of them are right. */
export function KeyAndOptions({ draft, onPut }: KeyAndOptionsProps): ReactNode {
  const choose = (label: string): void => onPut({ key: toggledKey(draft, label) })
  if (draft.type === 'judge') {
    return (
      <View>
        <Text className="desk-part">答案</Text>
        <View className="choices" role="radiogroup" aria-label="答案">
          {JUDGEMENTS.map((words, at) => (
            <Tap
              key={words}
              role="radio"
              on={draft.key.includes(labelOf(at))}
              className={draft.key.includes(labelOf(at)) ? 'choice is-on' : 'choice'}
              onTap={() => choose(labelOf(at))}
            >
              {words}
            </Tap>
          ))}
        </View>
      </View>
    )
  }
  return (
    <View>
      <Text className="desk-part">选项（点字母标出正确的）</Text>
      {draft.options.map((option, at) => (
        <OptionFields
          key={at}
          label={labelOf(at)}
          option={option}
          right={draft.key.includes(labelOf(at))}
          onRight={() => choose(labelOf(at))}
          onChange={part =>
            onPut({
              options: draft.options.map((other, place) => (place === at ? { ...other, ...part } : other)),
            })
          }
        />
      ))}
      {draft.options.length < MOST_OPTIONS && (
        <Tap
          className="btn-text editor-add"
          onTap={() => onPut({ options: [...draft.options, { text: '', why: '' }] })}
        >
          加一个选项
        </Tap>
      )}
    </View>
  )
}

interface OptionFieldsProps {
  label: string
  option: QuestionDraft['options'][number]
  right: boolean
  onRight: () => void
  onChange: (part: Partial<QuestionDraft['options'][number]>) => void
}

function OptionFields({ label, option, right, onRight, onChange }: OptionFieldsProps): ReactNode {
  return (
    <View className="option-fields">
      <Tap
        className={right ? 'option-key is-on' : 'option-key'}
        role="checkbox"
        on={right}
        label={`${label} 是正确答案`}
        onTap={onRight}
      >
        <Text>{right ? `✓ ${label}` : label}</Text>
      </Tap>
      <View className="option-texts">
        <Input
          className="field is-line"
          value={option.text}
          maxlength={200}
          placeholder="选项"
          placeholderClass="placeholder"
          onInput={({ detail }) => onChange({ text: detail.value })}
        />
        {!right && option.text.trim() !== '' && (
          <Input
            className="field is-line"
            value={option.why}
            maxlength={200}
            placeholder="为什么不对"
            placeholderClass="placeholder"
            onInput={({ detail }) => onChange({ why: detail.value })}
          />
        )}
      </View>
    </View>
  )
}
