import type { ReactNode } from 'react'
import { useState } from 'react'
import { Text, View } from '@tarojs/components'
import { dayOf } from '#shared/day'
import { Empty } from '../../components/Empty.tsx'
import { Failed } from '../../components/Failed.tsx'
import { Loading } from '../../components/Loading.tsx'
import { Tap } from '../../components/Tap.tsx'
import { wordsOf } from '../../failure.ts'
import { useResource } from '../../resource.ts'
import { call } from '../../send.ts'
import { past } from '../../when.ts'

interface AlarmsProps {
  /** May settle them: a reviewer. */
  reviewer: boolean
  onOpen: (item: string) => void
  onChanged: () => void
}

/** 法变提醒: what stopped because its clause changed; a reviewer lets it go on or retires it. */
export function Alarms({ reviewer, onOpen, onChanged }: AlarmsProps): ReactNode {
  const { value, failure, reload } = useResource('review/alarms', read => read('GET /review/alarms'), true)
  const [trouble, setTrouble] = useState('')
  const settle = (id: string, resume: boolean): void => {
    setTrouble('')
    call('POST /review/alarms/:id/settle', { params: { id }, body: { resume } }).then(
      () => {
        reload()
        onChanged()
      },
      (why: unknown) => setTrouble(wordsOf(why)),
    )
  }
  if (!value && failure === '') return <Loading cards={1} />
  if (!value) return <Failed what="法变提醒没有打开" why={failure} onRetry={reload} />
  if (value.alarms.length === 0) {
    return <Empty title="没有法变提醒" text="条文改了、废了，依据它的题目和回答会先停下，在这里等人核对。" />
  }
  return (
    <View>
      {!reviewer && <Text className="page-hint">恢复和停用由审核人员决定。</Text>}
      {trouble !== '' && <View className="field-failure">{trouble}</View>}
      {value.alarms.map(({ id, subject, ref, what, why, at }) => (
        <View key={id} className="card">
          <View className="card-head">
            <Text className="kicker">{past(dayOf(new Date(at)))}</Text>
            <Text className="tag is-amber">{subject === 'question' ? '题目已停' : '回答已停'}</Text>
          </View>
          <Text className="alarm-what">{what}</Text>
          <Text className="answer-aside">{why}</Text>
          <View className="desk-ways">
            {subject === 'answer' && (
              <Tap className="btn-text" onTap={() => onOpen(ref)}>
                看回答
              </Tap>
            )}
            <Tap className="btn btn-line" disabled={!reviewer} onTap={() => settle(id, false)}>
              停用
            </Tap>
            <Tap className="btn btn-line" disabled={!reviewer} onTap={() => settle(id, true)}>
              核对无误，恢复
            </Tap>
          </View>
        </View>
      ))}
    </View>
  )
}
