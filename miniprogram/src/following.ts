import { useCallback, useEffect, useRef, useState } from 'react'
import type { Answer } from '#shared/policy'
import { canRepeat, wordsOf } from './failure.ts'
import { streamed } from './stream.ts'
import { useVisible } from './visible.ts'

/** How far an answer that is being written has come. */
export interface Progress {
  /** What was written and checked so far. */
  text: string
  /** The connection is gone; it is followed again after a pause. */
  lost: boolean
  /** Why it is not followed any more; empty while it is. */
  failure: string
}

const FIRST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 15_000
const START: Progress = { text: '', lost: false, failure: '' }

interface Listener {
  onProgress: (progress: Progress) => void
  onDone: (answer: Answer) => void
}

/** Follows one answer to its end, over lost connections, with longer pauses after each; returns the way to let go. */
function follow(id: string, { onProgress, onDone }: Listener): () => void {
  let over = false
  let progress = START
  let pause = FIRST_PAUSE_MS
  let timer: ReturnType<typeof setTimeout> | undefined
  let drop = (): void => undefined

  const tell = (part: Partial<Progress>): void => {
    progress = { ...progress, ...part }
    if (!over) onProgress(progress)
  }
  const listen = async (): Promise<void> => {
    let answer: Answer | undefined
    await streamed(
      'GET /policy/answers/:id/follow',
      { params: { id } },
      event => {
        pause = FIRST_PAUSE_MS
        if (event.type === 'written') tell({ text: event.text, lost: false })
        else answer = event.answer
      },
      abort => {
        drop = abort
        if (over) abort()
      },
    )
    if (over) return
    if (answer) onDone(answer)
    else again()
  }
  const again = (): void => {
    tell({ lost: true })
    timer = setTimeout(start, pause)
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS)
  }
  const start = (): void => {
    listen().catch((reason: unknown) => {
      if (over) return
      if (canRepeat(reason)) again()
      else tell({ failure: wordsOf(reason), lost: false })
    })
  }
  start()
  return () => {
    over = true
    if (timer !== undefined) clearTimeout(timer)
    drop()
  }
}

/** The answers being followed by id, and the way to try once more after a failure. */
export interface Following {
  progress: Record<string, Progress>
  again(): void
}

/** Follows the answers that are being written while the page is in view. */
export function useFollowing(ids: string[], onDone: (answer: Answer) => void): Following {
  const visible = useVisible()
  const [progress, setProgress] = useState<Following['progress']>({})
  const [tries, setTries] = useState(0)
  const done = useRef(onDone)
  done.current = onDone
  const key = ids.join(' ')

  useEffect(() => {
    if (!visible || key === '') return undefined
    const leave = key.split(' ').map(id =>
      follow(id, {
        onProgress: one => setProgress(known => ({ ...known, [id]: one })),
        onDone: answer => done.current(answer),
      }),
    )
    return () => leave.forEach(stop => stop())
  }, [visible, key, tries])

  const again = useCallback(() => {
    setProgress({})
    setTries(count => count + 1)
  }, [])
  return { progress, again }
}
