import type { ReactNode } from 'react'
import { useState } from 'react'
import { Text, View } from '@tarojs/components'
import type { Cited } from '#shared/policy'
import { open } from '../route.ts'
import { clauseFacts, clauseName, folded, isLong, runsOf } from './answer-text.ts'
import { StandingMark } from './StandingMark.tsx'
import { Tap } from './Tap.tsx'

interface CitedClauseProps {
  id: string
  clause: Cited
  /** Its words are shown below its name. */
  shown: boolean
  onToggle: () => void
}

/** A clause below an answer: number, law and article, how it stands, and its words on demand. */
export function CitedClause({ id, clause, shown, onToggle }: CitedClauseProps): ReactNode {
  const show = (): void => open(`clause/index?id=${clause.id}`)
  return (
    <View id={id} className="cited">
      <View className="cited-head">
        <Tap className="cited-name" role="link" onTap={show}>
          <Text className="cited-number figure">{clause.number}</Text>
          <Text className="cited-law">{clauseName(clause)}</Text>
        </Tap>
        <Tap className="btn-text is-small cited-more" label={shown ? '收起条文' : '看条文'} onTap={onToggle}>
          {shown ? '收起' : '条文'}
        </Tap>
      </View>
      <View className="cited-facts">
        <StandingMark clause={clause} />
        <Text className="hint figure">{clauseFacts(clause)}</Text>
      </View>
      {shown && <ClauseWords clause={clause} />}
    </View>
  )
}

/** The words of a clause with what matches the question marked; a long one begins folded. */
function ClauseWords({ clause }: { clause: Cited }): ReactNode {
  const [whole, setWhole] = useState(false)
  const fold = isLong(clause) && !whole
  return (
    <View className="cited-text">
      {clause.columns !== '' && <Text className="hint">{clause.columns}</Text>}
      <View className={fold ? 'cited-lines is-folded' : 'cited-lines'}>
        {runsOf(fold ? folded(clause) : clause).map((runs, line) => (
          <View key={line} className="cited-line">
            {runs.map((run, at) => (
              <Text key={at} className={run.marked ? 'run is-marked' : 'run'} userSelect>
                {run.text}
              </Text>
            ))}
          </View>
        ))}
      </View>
      {fold && (
        <Tap className="btn-text is-small" onTap={() => setWhole(true)}>
          展开全条
        </Tap>
      )}
    </View>
  )
}
