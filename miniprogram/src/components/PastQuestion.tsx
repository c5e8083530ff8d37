import type { ReactNode } from 'react'
import { Text, View } from '@tarojs/components'
import type { Question } from '#shared/question'
import { QuestionHead } from './QuestionHead.tsx'
import type { Place } from './QuestionHead.tsx'

interface PastQuestionProps {
  question: Question
  place: Place
  /** What was answered, where an answer is known. */
  chosen: string[]
  /** The answer is kept on this device until the network is back. */
  saved?: boolean
  /** The same question stands again further down: one line is enough here. */
  folded?: boolean
}

/** A question that is not waiting any more: quiet, with what was chosen. */
export function PastQuestion({
  question,
  place,
  chosen,
  saved = false,
  folded = false,
}: PastQuestionProps): ReactNode {
  return (
    <View className="card question is-past">
      <QuestionHead type={question.type} place={place} />
      <View className={folded ? 'stem is-folded' : 'stem'}>{question.stem}</View>
      {!folded && <PastOptions question={question} chosen={chosen} />}
      {saved && <View className="saved">已保存，联网后判分</View>}
    </View>
  )
}

function PastOptions({ question, chosen }: { question: Question; chosen: string[] }): ReactNode {
  return (
    <View className="past-options">
      {question.options.map(({ label, text }) => (
        <View key={label} className={chosen.includes(label) ? 'past-option is-chosen' : 'past-option'}>
          <Text className="past-letter">{label}</Text>
          <Text className="option-text">{text}</Text>
        </View>
      ))}
      {question.type === 'blank' && chosen.length > 0 && (
        <Text className="hint">您填的：{chosen.join('、')}</Text>
      )}
    </View>
  )
}
