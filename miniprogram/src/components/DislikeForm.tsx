import type { ReactNode } from 'react'
import { useEffect } from 'react'
import { View } from '@tarojs/components'
import type { FeedbackReason } from '#shared/policy'
import { reveal } from '../reveal.ts'
import { call } from '../send.ts'
import { ReasonForm } from './ReasonForm.tsx'

const REASONS: { reason: FeedbackReason; label: string }[] = [
  { reason: 'wrong', label: '说错了' },
  { reason: 'outdated', label: '过时了' },
  { reason: 'not-my-question', label: '答非所问' },
  { reason: 'unclear', label: '看不懂' },
  { reason: 'other', label: '其他' },
]
/** As long as the API table allows. */
const LONGEST = 300

interface DislikeFormProps {
  answer: string
  anchor: string
  onCancel: () => void
  onSent: () => void
}

/** 没用: why, to the people who review answers. */
export function DislikeForm({ answer, anchor, onCancel, onSent }: DislikeFormProps): ReactNode {
  const id = `${anchor}-dislike`
  useEffect(() => reveal(id), [id])
  return (
    <View id={id} className="report">
      <ReasonForm
        title="哪里没用"
        reasons={REASONS}
        hint="想补充的话，可不填"
        longest={LONGEST}
        onCancel={onCancel}
        onSend={async said => {
          const body = { useful: false, ...said }
          await call('PUT /policy/answers/:id/feedback', { params: { id: answer }, body })
          onSent()
        }}
      />
    </View>
  )
}
