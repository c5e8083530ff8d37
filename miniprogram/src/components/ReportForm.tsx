import type { ReactNode } from 'react'
import { useEffect, useState } from 'react'
import { View } from '@tarojs/components'
import { reveal } from '../reveal.ts'
import { call } from '../send.ts'
import { date } from '../when.ts'
import { ReasonForm } from './ReasonForm.tsx'

const REASONS = [
  { reason: 'key', label: '答案有误' },
  { reason: 'stem', label: '题目有误' },
  { reason: 'outdated', label: '依据过时' },
  { reason: 'other', label: '其他' },
] as const
/** As long as the API table allows. */
const LONGEST = 500

/** 这题有误: what is wrong with the question, to the editors. */
export function ReportForm({ question, onClose }: { question: string; onClose: () => void }): ReactNode {
  const [sent, setSent] = useState('')
  const id = `report-${question}`
  useEffect(() => reveal(id), [id, sent])
  if (sent !== '') {
    return (
      <View id={id} className="report-done">
        {sent}
      </View>
    )
  }
  return (
    <View id={id} className="report">
      <ReasonForm
        title="哪里有误"
        reasons={REASONS}
        hint="理由或依据，可不填"
        longest={LONGEST}
        onCancel={onClose}
        onSend={async body => {
          const { replyBy } = await call('POST /quiz/questions/:id/reports', {
            params: { id: question },
            body,
          })
          setSent(`已收到，编辑会在${date(replyBy)}前答复`)
        }}
      />
    </View>
  )
}
