import type { ReactNode } from 'react'
import { useState } from 'react'
import { Input, Text, View } from '@tarojs/components'
import type { Clause } from '#shared/policy'
import { clauseName } from '../../components/answer-text.ts'
import { StandingMark } from '../../components/StandingMark.tsx'
import { Tap } from '../../components/Tap.tsx'
import { wordsOf } from '../../failure.ts'
import { usePageReads } from '../../page-reads.ts'

interface ClausePickerProps {
  suggested: Clause[]
  chosen: Clause[]
  onChoose: (clause: Clause) => void
}

/** Finds clauses for an answer to rest on: those suggested at first, then what is searched for. */
export function ClausePicker({ suggested, chosen, onChoose }: ClausePickerProps): ReactNode {
  const { read } = usePageReads()
  const [text, setText] = useState('')
  const [found, setFound] = useState<Clause[] | null>(null)
  const [failure, setFailure] = useState('')
  const search = (): void => {
    if (text.trim() === '') return
    setFailure('')
    read('GET /review/clauses', { query: { text: text.trim() } }).then(
      ({ clauses }) => setFound(clauses),
      (why: unknown) => setFailure(wordsOf(why)),
    )
  }
  const offered = (found ?? suggested).filter(({ id }) => !chosen.some(clause => clause.id === id))
  return (
    <View className="picker">
      <View className="picker-search">
        <Input
          className="field is-line"
          value={text}
          maxlength={200}
          confirmType="search"
          placeholder="法名、条号或说法"
          placeholderClass="placeholder"
          onInput={({ detail }) => setText(detail.value)}
          onConfirm={search}
        />
        <Tap className="btn btn-line" disabled={text.trim() === ''} onTap={search}>
          查找
        </Tap>
      </View>
      {failure !== '' && <View className="field-failure">{failure}</View>}
      {offered.length > 0 && <Text className="field-hint">{found ? '找到的条文' : '可能相关的条文'}</Text>}
      {found && offered.length === 0 && <Text className="field-hint">没有找到别的条文，换个说法再找</Text>}
      {offered.map(clause => (
        <View key={clause.id} className="picked">
          <ClauseBrief clause={clause} />
          <Tap className="btn-text" label={`选${clauseName(clause)}`} onTap={() => onChoose(clause)}>
            选用
          </Tap>
        </View>
      ))}
    </View>
  )
}

/** A clause in short: name, how it stands, and its first words. */
export function ClauseBrief({ clause, number }: { clause: Clause; number?: number }): ReactNode {
  return (
    <View className="picked-words">
      <Text className="picked-name">
        {number === undefined ? '' : `[${number}] `}
        {clauseName(clause)}
      </Text>
      <View className="cited-facts">
        <StandingMark clause={clause} />
        <Text className="hint">{clause.level}</Text>
      </View>
      <Text className="picked-text">{clause.text}</Text>
    </View>
  )
}
