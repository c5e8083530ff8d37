import type { ReactNode } from 'react'
import { useState } from 'react'
import { Text, View } from '@tarojs/components'
import type { Body } from '../pages/today/log.ts'
import { ReportForm } from './ReportForm.tsx'
import { Solved } from './Solved.tsx'
import { Tap } from './Tap.tsx'

interface MarkCardProps {
  mark: Body<'mark'>
  /** The latest message of an unfinished paper: the way on is offered here. */
  latest: boolean
  onNext: () => void
}

function word({ correct, dontKnow, round }: Body<'mark'>): string {
  if (correct) return round > 1 ? '这回答对了' : '答对了'
  return dontKnow ? '看看答案' : '这题错了'
}

/** What came of an answer: the word first, then the right option, why, and where it is written. */
export function MarkCard({ mark, latest, onNext }: MarkCardProps): ReactNode {
  const [reporting, setReporting] = useState(false)
  return (
    <View className={latest ? 'card mark' : 'card mark is-read'}>
      <View className={`verdict${mark.correct ? ' is-right' : ' is-wrong'}`}>
        <View className="verdict-mark">
          <Text>{mark.correct ? '✓' : '✗'}</Text>
        </View>
        <Text className="verdict-word">{word(mark)}</Text>
        {mark.pointsEarned > 0 && <Text className="verdict-points figure">+{mark.pointsEarned} 积分</Text>}
      </View>
      <Solved question={mark.question} solution={mark} chosen={mark.chosen} />
      {reporting ? (
        <ReportForm question={mark.question.id} onClose={() => setReporting(false)} />
      ) : (
        <View className="card-foot">
          <Tap className="btn-text is-small" onTap={() => setReporting(true)}>
            这题有误
          </Tap>
          {latest && (
            <Tap className="btn btn-seal" onTap={onNext}>
              下一题
            </Tap>
          )}
        </View>
      )}
    </View>
  )
}
