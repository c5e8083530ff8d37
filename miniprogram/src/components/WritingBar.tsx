import type { ReactNode } from 'react'
import { useState } from 'react'
import { Text, View } from '@tarojs/components'
import { wordsOf } from '../failure.ts'
import type { Following, Progress } from '../following.ts'
import { call } from '../send.ts'
import { Tap } from './Tap.tsx'

interface WritingBarProps {
  /** The answer that is being written. */
  id: string
  following: Following
}

/** Stays at hand while an answer is being written: how it goes, and 停止. */
export function WritingBar({ id, following }: WritingBarProps): ReactNode {
  const [stopping, setStopping] = useState(false)
  const [trouble, setTrouble] = useState('')
  const progress = following.progress[id]

  const stop = (): void => {
    setStopping(true)
    setTrouble('')
    call('POST /policy/answers/:id/stop', { params: { id } }).catch((why: unknown) => {
      setStopping(false)
      setTrouble(wordsOf(why))
    })
  }

  const failed = progress !== undefined && progress.failure !== ''
  return (
    <View className={progress?.lost ? 'writing-bar is-amber' : 'writing-bar'} role="status">
      <Text className="writing-words">{trouble || wordsFor(progress, stopping)}</Text>
      <Tap className="btn-text" disabled={stopping && !failed} onTap={failed ? following.again : stop}>
        {failed ? '重试' : '停止'}
      </Tap>
    </View>
  )
}

function wordsFor(progress: Progress | undefined, stopping: boolean): string {
  if (progress && progress.failure !== '') return progress.failure
  if (progress?.lost) return '连接断了，正在接上…'
  return stopping ? '正在停下…' : '正在写回答…'
}
