import type { ReactNode } from 'react'
import { Text } from '@tarojs/components'
import type { Clause } from '#shared/policy'
import { standingWords } from './answer-text.ts'

/** How a clause stands as a small mark: the word says it, the colour only helps. */
export function StandingMark({ clause }: { clause: Pick<Clause, 'standing' | 'status'> }): ReactNode {
  const { word, tone } = standingWords(clause)
  return <Text className={`tag is-${tone}`}>{word}</Text>
}
