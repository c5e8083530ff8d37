import { useEffect, useRef } from 'react'
import type { ChatState, Message } from '#shared/chat'
import { callHeld } from '../../send.ts'
import { useVisible } from '../../visible.ts'
import { lastSeq } from './log.ts'
import type { Log } from './log.ts'

const FIRST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 30_000

/** Keeps one call for news open while the page is in view; pauses longer after each failure. */
export function usePoll(
  ready: boolean,
  log: Log,
  news: (messages: Message[], state: ChatState) => void,
): void {
  const visible = useVisible()
  const latest = useRef(log)
  latest.current = log

  useEffect(() => {
    if (!ready || !visible) return undefined
    let stopped = false
    let drop: (() => void) | undefined
    let timer: ReturnType<typeof setTimeout> | undefined
    let pause = FIRST_PAUSE_MS

    const ask = async (): Promise<void> => {
      const after = lastSeq(latest.current)
      try {
        const { messages, state } = await callHeld(abort => {
          drop = abort
        })('GET /chat/messages', { query: { after } })
        if (stopped) return
        pause = FIRST_PAUSE_MS
        if (messages.length > 0) news(messages, state)
        timer = setTimeout(() => void ask(), messages.length > 0 ? 0 : FIRST_PAUSE_MS / 4)
      } catch {
        if (stopped) return
        timer = setTimeout(() => void ask(), pause)
        pause = Math.min(pause * 2, LONGEST_PAUSE_MS)
      }
    }
    void ask()
    return () => {
      stopped = true
      if (timer !== undefined) clearTimeout(timer)
      drop?.()
    }
  }, [ready, visible, news])
}
