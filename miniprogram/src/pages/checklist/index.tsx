import type { ReactNode } from 'react'
import { useState } from 'react'
import { Picker, Text, View } from '@tarojs/components'
import { useRouter } from '@tarojs/taro'
import type { Api } from '#shared/api'
import type { Reply } from '#shared/endpoint'
import { clauseName } from '../../components/answer-text.ts'
import { CitedClause } from '../../components/CitedClause.tsx'
import { Empty } from '../../components/Empty.tsx'
import { Failed } from '../../components/Failed.tsx'
import { Loading } from '../../components/Loading.tsx'
import { Page } from '../../components/Page.tsx'
import { Tap } from '../../components/Tap.tsx'
import { useResource } from '../../resource.ts'
import { back, open } from '../../route.ts'
import { date, today, weekday } from '../../when.ts'
import { stagesOf } from './stages.ts'

type Checklist = Reply<Api['GET /policy/answers/:id/checklist']>

definePageConfig({ navigationBarTitleText: '办事清单', disableScroll: true })

/** What the stages of a matter are called. */
const STAGES: Record<string, string> = {
  prepare: '准备',
  apply: '申请',
  accept: '受理',
  examine: '审查',
  meet: '开会表决',
  publish: '公示',
  decide: '决定',
  deliver: '告知送达',
  record: '登记备案',
  appeal: '救济',
}

/** 办事清单: the steps that the clauses set out, with the days they end on when one starts on a given day. */
export default function ChecklistPage(): ReactNode {
  const { id = '' } = useRouter().params
  const [start, setStart] = useState(today)
  const { value, failure, reload } = useResource(
    `checklist/${id}/${start}`,
    read => read('GET /policy/answers/:id/checklist', { params: { id }, query: { start } }),
    true,
  )

  return (
    <Page title="办事清单">
      {value && (
        <View className="asked-title" role="heading">
          {value.question}
        </View>
      )}
      <StartDay start={start} onStart={setStart} />
      {!value && failure === '' && <Loading cards={2} />}
      {!value && failure !== '' && <Failed what="办事清单没有打开" why={failure} onRetry={reload} />}
      {value && value.steps.length === 0 && (
        <Empty
          title="条文里没有写明步骤"
          text="找到的条文没有规定办理的步骤和期限，请看回答里的条文原文。"
          action={{ label: '回到回答', onTap: back }}
        />
      )}
      {value && value.steps.length > 0 && <Steps checklist={value} />}
    </Page>
  )
}

function StartDay({ start, onStart }: { start: string; onStart: (day: string) => void }): ReactNode {
  return (
    <View className="card is-list">
      <Picker mode="date" value={start} onChange={({ detail }) => onStart(detail.value)}>
        <View className="row" role="button" aria-label="从哪天开始算">
          <Text className="row-name">从哪天开始算</Text>
          <View className="row-end">
            <Text className="figure">
              {start === today() ? '今天 ' : ''}
              {date(start)} {weekday(start)}
            </Text>
            <Text className="arrow">›</Text>
          </View>
        </View>
      </Picker>
    </View>
  )
}

function Steps({ checklist: { steps, clauses } }: { checklist: Checklist }): ReactNode {
  const numbered = steps.map((step, at) => ({ ...step, number: at + 1 }))
  return (
    <>
      {stagesOf(numbered).map(stage => (
        <View key={stage.steps[0]?.number}>
          <View className="list-day">{STAGES[stage.name] ?? stage.name}</View>
          <View className="card is-list">
            {stage.steps.map(step => (
              <Step
                key={step.number}
                step={step}
                clause={clauses.find(({ number }) => number === step.cites)}
              />
            ))}
          </View>
        </View>
      ))}
      <Text className="page-hint">
        步骤是条文原话，日子由程序按放假安排推算，只作参考；以办理机关答复为准。
      </Text>
      <Clauses clauses={clauses} />
    </>
  )
}

interface StepProps {
  step: Checklist['steps'][number] & { number: number }
  clause: Checklist['clauses'][number] | undefined
}

function Step({ step, clause }: StepProps): ReactNode {
  return (
    <View className="todo">
      <View className="todo-number figure">
        <Text>{step.number}</Text>
      </View>
      <View className="todo-body">
        <Text className="todo-words" userSelect>
          {step.words}
        </Text>
        {step.deadlines.map(words => (
          <View key={words} className="todo-deadline">
            {words}
          </View>
        ))}
        {clause && (
          <Tap className="source-line" role="link" onTap={() => open(`clause/index?id=${clause.id}`)}>
            <Text>
              [{clause.number}] {clauseName(clause)}
            </Text>
            <Text className="arrow">›</Text>
          </Tap>
        )}
      </View>
    </View>
  )
}

function Clauses({ clauses }: { clauses: Checklist['clauses'] }): ReactNode {
  const [shown, setShown] = useState<number[]>([])
  return (
    <View className="card answer">
      <View className="kicker">依据</View>
      {clauses.map(clause => (
        <CitedClause
          key={clause.number}
          id={`checklist-clause-${clause.number}`}
          clause={clause}
          shown={shown.includes(clause.number)}
          onToggle={() =>
            setShown(
              shown.includes(clause.number)
                ? shown.filter(number => number !== clause.number)
                : [...shown, clause.number],
            )
          }
        />
      ))}
    </View>
  )
}
