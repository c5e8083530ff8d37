import type { ReactNode } from 'react'
import { useState } from 'react'
import { Text, Textarea, View } from '@tarojs/components'
import type { ReviewItem } from '#shared/review'
import { Tap } from '../../components/Tap.tsx'
import { wordsOf } from '../../failure.ts'
import { useRoles } from '../../roles.ts'
import { call } from '../../send.ts'
import type { Work } from './ItemDetail.tsx'

interface DecisionProps {
  item: ReviewItem
  work: Work
  onWork: (work: Work) => void
  onChanged: (item: ReviewItem) => void
}

/** What may be done with a question now: write, publish, close, or make a quiz question of it. */
export function Decision({ item, work, onWork, onChanged }: DecisionProps): ReactNode {
  const reviewer = useRoles().some(role => role !== 'editor')
  const [failure, setFailure] = useState('')
  const { state, answer } = item
  const publish = (): void => {
    setFailure('')
    call('POST /review/items/:id/publish', { params: { id: item.id } }).then(
      reply => onChanged(reply.item),
      (why: unknown) => setFailure(wordsOf(why)),
    )
  }
  if (work === 'close') return <CloseForm item={item} onCancel={() => onWork('none')} onChanged={onChanged} />
  if (work === 'question') return null
  const why = state === 'drafted' ? whyNotPublish(answer?.own === true, reviewer) : ''
  return (
    <View className="decision">
      {why !== '' && <Text className="answer-aside">{why}</Text>}
      <View className="desk-ways">
        {(state === 'open' || state === 'drafted') && (
          <Tap className="btn btn-line" onTap={() => onWork('close')}>
            不用回答
          </Tap>
        )}
        {work !== 'write' && (
          <Tap className="btn btn-line" onTap={() => onWork('write')}>
            {answer ? '修改' : '写回答'}
          </Tap>
        )}
        {work === 'write' && state !== 'open' && (
          <Tap className="btn btn-line" onTap={() => onWork('none')}>
            不改了
          </Tap>
        )}
        {state === 'published' && work !== 'write' && (
          <Tap className="btn btn-line" onTap={() => onWork('question')}>
            出一道题
          </Tap>
        )}
        {state === 'drafted' && work !== 'write' && (
          <Tap className="btn btn-seal" disabled={why !== ''} onTap={publish}>
            发布
          </Tap>
        )}
      </View>
      {failure !== '' && <View className="field-failure">{failure}</View>}
    </View>
  )
}

function whyNotPublish(own: boolean, reviewer: boolean): string {
  if (own) return '这是您写的，要由另一位同事审核发布。'
  return reviewer ? '' : '发布由审核人员决定。'
}

type CloseFormProps = Pick<DecisionProps, 'item' | 'onChanged'> & { onCancel: () => void }

function CloseForm({ item, onCancel, onChanged }: CloseFormProps): ReactNode {
  const [reason, setReason] = useState('')
  const [failure, setFailure] = useState('')
  const close = (): void => {
    setFailure('')
    call('POST /review/items/:id/close', { params: { id: item.id }, body: { reason: reason.trim() } }).then(
      reply => onChanged(reply.item),
      (why: unknown) => setFailure(wordsOf(why)),
    )
  }
  return (
    <View className="card">
      <Text className="card-title is-small">为什么不用回答</Text>
      <Textarea
        className="field"
        value={reason}
        maxlength={200}
        autoHeight
        cursorSpacing={120}
        placeholder="如：不是政策问题"
        placeholderClass="placeholder"
        onInput={({ detail }) => setReason(detail.value)}
      />
      {failure !== '' && <View className="field-failure">{failure}</View>}
      <View className="card-foot">
        <Tap className="btn-text" onTap={onCancel}>
          取消
        </Tap>
        <Tap className="btn btn-line" disabled={reason.trim().length < 2} onTap={close}>
          关闭这一条
        </Tap>
      </View>
    </View>
  )
}
