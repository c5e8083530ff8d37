import type { ReactNode } from 'react'
import { useState } from 'react'
import { Text, Textarea, View } from '@tarojs/components'
import type { Clause } from '#shared/policy'
import type { ReviewItem } from '#shared/review'
import { Tap } from '../../components/Tap.tsx'
import { wordsOf } from '../../failure.ts'
import { call } from '../../send.ts'
import { ClauseBrief, ClausePicker } from './ClausePicker.tsx'
import { useAnswerDraft } from './useAnswerDraft.ts'
import type { AnswerDraft } from './useAnswerDraft.ts'

interface AnswerEditorProps {
  item: ReviewItem
  suggested: Clause[]
  onSaved: (item: ReviewItem) => void
}

/** Where a person writes the answer: paragraphs that cite clauses by number. */
export function AnswerEditor({ item, suggested, onSaved }: AnswerEditorProps): ReactNode {
  const draft = useAnswerDraft(item)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState('')
  const save = (): void => {
    setBusy(true)
    setFailure('')
    call('PUT /review/items/:id/answer', { params: { id: item.id }, body: draft.body() })
      .then(
        reply => onSaved(reply.item),
        (why: unknown) => setFailure(wordsOf(why)),
      )
      .finally(() => setBusy(false))
  }
  return (
    <View className="card">
      <Text className="card-title is-small">写回答</Text>
      <Lines draft={draft} />
      <Text className="desk-part">依据的条文</Text>
      {draft.clauses.length === 0 && <Text className="field-hint">还没有选条文，从下面选用。</Text>}
      {draft.clauses.map((clause, at) => (
        <View key={clause.id} className="picked">
          <ClauseBrief clause={clause} number={at + 1} />
          <Tap className="btn-text" label={`去掉第 ${at + 1} 条依据`} onTap={() => draft.drop(at + 1)}>
            去掉
          </Tap>
        </View>
      ))}
      <ClausePicker suggested={suggested} chosen={draft.clauses} onChoose={draft.choose} />
      {failure !== '' && <View className="field-failure">{failure}</View>}
      <Text className="field-hint">{hintOf(draft)}</Text>
      <Tap className="btn btn-seal is-wide" disabled={busy || !draft.ready} onTap={save}>
        {busy ? '正在保存' : '保存草稿'}
      </Tap>
    </View>
  )
}

function hintOf({ ready, stray }: AnswerDraft): string {
  if (stray.length > 0) return `文中的 ${stray.map(number => `[${number}]`).join('、')} 没有对应的条文。`
  return ready ? '保存后由另一位同事审核发布。' : '写一段，选一条依据，就能保存。'
}

function Lines({ draft }: { draft: AnswerDraft }): ReactNode {
  return (
    <View>
      <Text className="field-hint">一段一格，句末写 [1] 表示依据第 1 条。</Text>
      {draft.lines.map((line, at) => (
        <View key={at} className="editor-line">
          <Textarea
            className="field"
            value={line}
            maxlength={500}
            autoHeight
            cursorSpacing={120}
            placeholder="先说结论，再说依据"
            placeholderClass="placeholder"
            onInput={({ detail }) => draft.write(at, detail.value)}
          />
          {draft.lines.length > 1 && (
            <Tap
              className="btn-text is-small"
              label={`删去第 ${at + 1} 段`}
              onTap={() => draft.removeLine(at)}
            >
              删去这段
            </Tap>
          )}
        </View>
      ))}
      {draft.canAddLine && (
        <Tap className="btn-text editor-add" onTap={draft.addLine}>
          加一段
        </Tap>
      )}
    </View>
  )
}
