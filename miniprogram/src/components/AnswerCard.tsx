import type { ReactNode } from 'react'
import { useState } from 'react'
import { Text, View } from '@tarojs/components'
import type { Answer } from '#shared/policy'
import type { Progress } from '../following.ts'
import { reveal } from '../reveal.ts'
import { open } from '../route.ts'
import { AnswerFoot } from './AnswerFoot.tsx'
import type { Given } from './AnswerFoot.tsx'
import { AnswerLines } from './AnswerLines.tsx'
import { CitedClause } from './CitedClause.tsx'

interface AnswerCardProps {
  answer: Answer
  /** Begins the ids of its clauses, so that two cards on one page stay apart. */
  anchor: string
  /** How far it has come, while it is being written. */
  progress?: Progress | undefined
  /** What the cadre said of it before. */
  feedback?: Given
}

/** The answer to a policy question: its words, the clauses they rest on, and whose words they are. */
export function AnswerCard({ answer, anchor, progress, feedback = null }: AnswerCardProps): ReactNode {
  // Excerpts are their clauses, so these stand open; below other answers they open on demand.
  const [turned, setTurned] = useState<number[]>([])
  const openAtFirst = answer.by === 'excerpt'
  const isShown = (number: number): boolean => turned.includes(number) !== openAtFirst
  const turn = (number: number): void =>
    setTurned(turned.includes(number) ? turned.filter(other => other !== number) : [...turned, number])
  const idOf = (number: number): string => `${anchor}-clause-${number}`
  // While it grows its clauses stand aside, so that nothing moves below the text.
  const clauses = answer.writing ? [] : answer.clauses
  const cite = (number: number): void => {
    const clause = answer.clauses.find(cited => cited.number === number)
    if (answer.writing && clause) return open(`clause/index?id=${clause.id}`)
    if (!isShown(number)) turn(number)
    setTimeout(() => reveal(idOf(number)), 0)
  }
  const { understood, asOf, notice } = answer
  const lines = answer.writing ? (progress?.text ?? '').split('\n').filter(Boolean) : answer.lines

  return (
    <View className={answer.refused ? 'card answer is-refused' : 'card answer'}>
      <AnswerHead answer={answer} begun={lines.length > 0} />
      {understood !== '' && <Text className="answer-aside">按这个问题回答：{understood}</Text>}
      {asOf !== '' && <Text className="answer-aside">{asOf}</Text>}
      <AnswerLines lines={lines} numbers={answer.clauses.map(({ number }) => number)} onCite={cite} />
      {notice !== '' && <View className="line-note is-amber is-inset">{notice}</View>}
      {clauses.length > 0 && (
        <View className="cited-list">
          {clauses.map(clause => (
            <CitedClause
              key={clause.number}
              id={idOf(clause.number)}
              clause={clause}
              shown={isShown(clause.number)}
              onToggle={() => turn(clause.number)}
            />
          ))}
        </View>
      )}
      {!answer.writing && !answer.refused && <AnswerFoot answer={answer} given={feedback} anchor={anchor} />}
    </View>
  )
}

function AnswerHead({ answer, begun }: { answer: Answer; begun: boolean }): ReactNode {
  const { writing, refused, label, by, clauses } = answer
  const reading = clauses.length > 0 ? `正在看 ${clauses.length} 条条文` : '正在查条文'
  return (
    <View className="card-head">
      <Text className="kicker">{refused ? '没有依据，先不回答' : '政策问答'}</Text>
      {writing && (
        <View className="hint" role="status">
          {begun ? 'AI 正在写…' : `${reading}，准备写…`}
        </View>
      )}
      {label !== '' && <Text className={by === 'reviewed' ? 'tag is-tea' : 'tag'}>{label}</Text>}
    </View>
  )
}
