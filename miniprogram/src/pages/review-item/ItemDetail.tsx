import type { ReactNode } from 'react'
import { useState } from 'react'
import { Text, View } from '@tarojs/components'
import { dayOf } from '#shared/day'
import type { ReviewItem } from '#shared/review'
import { AnswerLines } from '../../components/AnswerLines.tsx'
import { Failed } from '../../components/Failed.tsx'
import { Loading } from '../../components/Loading.tsx'
import { causeWords, reasonWords, stateWords } from '../../components/review-words.ts'
import { Tap } from '../../components/Tap.tsx'
import { useResource } from '../../resource.ts'
import { open } from '../../route.ts'
import { past } from '../../when.ts'
import { AnswerEditor } from './AnswerEditor.tsx'
import { ClauseBrief } from './ClausePicker.tsx'
import { Decision } from './Decision.tsx'
import { QuestionForm } from './QuestionForm.tsx'

/** What of a question is open below it. */
export type Work = 'none' | 'write' | 'close' | 'question'

/** One question before a person: why it came, what was answered, and what may be done with it. */
export function ItemDetail({ id, onChanged }: { id: string; onChanged: () => void }): ReactNode {
  const { value, failure, reload, put } = useResource(
    `review/${id}`,
    read => read('GET /review/items/:id', { params: { id } }),
    true,
  )
  const [work, setWork] = useState<Work | null>(null)
  if (!value && failure === '') return <Loading cards={2} />
  if (!value) return <Failed what="这一条没有打开" why={failure} onRetry={reload} />
  const { item, suggested } = value
  const shown = work ?? (item.state === 'open' ? 'write' : 'none')
  const changed = (next: ReviewItem): void => {
    put({ item: next, suggested })
    setWork('none')
    onChanged()
  }
  return (
    <View>
      <Question item={item} />
      {item.given.length > 0 && <Given lines={item.given} />}
      {item.answer && shown !== 'write' && <Written answer={item.answer} />}
      {shown === 'write' && <AnswerEditor item={item} suggested={suggested} onSaved={changed} />}
      <Decision item={item} work={shown} onWork={setWork} onChanged={changed} />
      {shown === 'question' && <QuestionForm item={item} onDone={() => setWork('none')} />}
    </View>
  )
}

function Question({ item }: { item: ReviewItem }): ReactNode {
  const { question, state, causes, reasons, times, lastAt, trouble } = item
  return (
    <View className="card">
      <View className="card-head">
        <Text className="kicker figure">
          问过 {times} 次 · 最近{past(dayOf(new Date(lastAt)))}
        </Text>
        <Text className="tag">{stateWords[state]}</Text>
      </View>
      <View className="card-title is-small" role="heading">
        {question}
      </View>
      <View className="desk-tags">
        {causes.map(cause => (
          <Text key={cause} className={cause === 'sensitive' ? 'tag is-amber' : 'tag'}>
            {causeWords[cause]}
          </Text>
        ))}
        {reasons.map(reason => (
          <Text key={reason} className="tag">
            {reasonWords[reason]}
          </Text>
        ))}
      </View>
      {trouble !== '' && <View className="line-note is-amber is-inset">{trouble}</View>}
    </View>
  )
}

function Given({ lines }: { lines: string[] }): ReactNode {
  return (
    <View className="card">
      <View className="kicker">当时给出的回答</View>
      {lines.map((line, at) => (
        <Text key={at} className="said">
          {line}
        </Text>
      ))}
    </View>
  )
}

function Written({ answer }: { answer: NonNullable<ReviewItem['answer']> }): ReactNode {
  const { lines, clauses, author, reviewer, at } = answer
  const show = (number: number): void => {
    const clause = clauses[number - 1]
    if (clause) open(`clause/index?id=${clause.id}`)
  }
  return (
    <View className="card">
      <View className="card-head">
        <Text className="kicker">
          {author}写于{past(dayOf(new Date(at)))}
          {reviewer ? ` · ${reviewer}审核` : ''}
        </Text>
        <Text className={reviewer ? 'tag is-tea' : 'tag'}>{reviewer ? '人工审核' : '草稿'}</Text>
      </View>
      <AnswerLines lines={lines} numbers={clauses.map((_, number) => number + 1)} onCite={show} />
      {clauses.map((clause, number) => (
        <Tap
          key={clause.id}
          className="picked"
          role="link"
          onTap={() => open(`clause/index?id=${clause.id}`)}
        >
          <ClauseBrief clause={clause} number={number + 1} />
          <Text className="arrow">›</Text>
        </Tap>
      ))}
    </View>
  )
}
