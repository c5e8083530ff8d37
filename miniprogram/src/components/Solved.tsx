import type { ReactNode } from 'react'
import { useState } from 'react'
import { Text, View } from '@tarojs/components'
import type { Question, Solution } from '#shared/question'
import { Sources } from './Sources.tsx'
import { Tap } from './Tap.tsx'

interface SolvedProps {
  question: Question
  solution: Solution
  chosen: string[]
}

/** The right answer beside one's own, the explanation, the reasons and the sources. */
export function Solved({ question, solution, chosen }: SolvedProps): ReactNode {
  const { key, explanation, reasons, sources } = solution
  const shown = question.options.filter(({ label }) => key.includes(label) || chosen.includes(label))
  const others = reasons.filter(({ label }) => !shown.some(option => option.label === label))
  return (
    <View className="solved">
      {question.type === 'blank' && <BlankRows solution={solution} chosen={chosen} />}
      {question.type !== 'blank' &&
        shown.map(({ label, text }) => {
          const right = key.includes(label)
          const missed = right && question.type === 'multiple' && chosen.length > 0 && !chosen.includes(label)
          const reason = right ? undefined : reasons.find(entry => entry.label === label)
          return (
            <View key={label} className={right ? 'result is-right' : 'result is-wrong'}>
              <Text className="result-mark">{right ? '✓' : '✗'}</Text>
              <View className="result-body">
                <Text>
                  {label}　{text}
                </Text>
                {missed && <Text className="result-note">漏选了这一项</Text>}
                {reason && <Text className="result-note">{reason.text}</Text>}
              </View>
            </View>
          )
        })}
      {explanation !== '' && (
        <Text className="explanation" userSelect>
          {explanation}
        </Text>
      )}
      <Sources sources={sources} />
      {others.length > 0 && <OtherReasons reasons={others} />}
    </View>
  )
}

function BlankRows({ solution, chosen }: { solution: Solution; chosen: string[] }): ReactNode {
  return (
    <View className="result is-right">
      <Text className="result-mark">✓</Text>
      <View className="result-body">
        <Text>{solution.key.join('、')}</Text>
        {chosen.length > 0 && <Text className="result-note">您填的：{chosen.join('、')}</Text>}
      </View>
    </View>
  )
}

function OtherReasons({ reasons }: { reasons: Solution['reasons'] }): ReactNode {
  const [open, setOpen] = useState(false)
  if (!open) {
    return (
      <Tap className="more-line" onTap={() => setOpen(true)}>
        <Text>其他选项为什么不对</Text>
        <Text className="arrow">›</Text>
      </Tap>
    )
  }
  return (
    <View className="reasons">
      {reasons.map(({ label, text }) => (
        <View key={label} className="reason">
          <Text className="past-letter">{label}</Text>
          <Text className="option-text">{text}</Text>
        </View>
      ))}
    </View>
  )
}
