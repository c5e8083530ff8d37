import { useCallback, useEffect, useRef, useState } from 'react'
import type { ChatAction, Message } from '#shared/chat'
import { canRepeat, Unreachable, wordsOf } from '../../failure.ts'
import { useFollowing } from '../../following.ts'
import type { Following } from '../../following.ts'
import { online } from '../../network.ts'
import { flushOutbox, keepAnswer, outbox } from '../../outbox.ts'
import type { Answering } from '../../outbox.ts'
import { usePageReads } from '../../page-reads.ts'
import { randomId } from '../../random-id.ts'
import { keepCachedFirst, read } from '../../storage.ts'
import { useStore } from '../../store.ts'
import { streamed } from '../../stream.ts'
import type { SpokenEvent } from '../../stream.ts'
import { refreshToday } from '../../today.ts'
import { completed, emptyLog, merged, writingIn } from './log.ts'
import type { Log } from './log.ts'
import { usePoll } from './usePoll.ts'

const KEY = 'chat'
/** How much of the conversation stays readable without network. */
const KEPT_MESSAGES = 40

/** Something said here that the server has not confirmed yet. */
export interface Saying {
  id: string
  said: { text: string } | { action: ChatAction }
  /** The words of the failure; empty while it is on its way. */
  failure: string
  /** Whether saying the same again can help. */
  again: boolean
}

/** The conversation and what can be done in it. */
export interface Chat {
  phase: 'loading' | 'ready' | 'failed'
  failure: string
  log: Log
  saying: Saying | null
  /** A quiet remark about something sent later that no longer counted. */
  remark: string
  /** The answers that are being written. */
  following: Following
  say(text: string): void
  act(action: ChatAction): void
  retry(): void
  dismiss(): void
  reload(): void
  loadOlder(): Promise<void>
}

const isAnswer = (action: ChatAction): action is Answering =>
  action.type === 'answer' || action.type === 'dont-know'

/** Keeps the conversation of the page: the latest messages, news as they come, and what is said here. */
export function useChat(): Chat {
  const reads = usePageReads()
  const [log, setLog] = useState<Log>(emptyLog)
  const [phase, setPhase] = useState<Chat['phase']>('loading')
  const [failure, setFailure] = useState('')
  const [saying, setSaying] = useState<Saying | null>(null)
  const [remark, setRemark] = useState('')
  const busy = useRef(false)
  const connected = useStore(online)
  const waiting = useStore(outbox)

  const take = useCallback((event: SpokenEvent) => {
    setLog(known =>
      event.type === 'state'
        ? { ...known, state: event.state }
        : { ...known, messages: merged(known.messages, [event.message]) },
    )
  }, [])

  const news = useCallback((messages: Message[], state: Log['state']) => {
    setLog(known => ({
      ...known,
      messages: merged(known.messages, messages),
      // While something is being said, its own stream tells the newer state.
      state: busy.current ? known.state : state,
    }))
    void refreshToday()
  }, [])

  const reload = useCallback(() => {
    reads.read('GET /chat/messages', { query: {} }).then(
      ({ messages, more, state }) => {
        setLog({ messages, more, state })
        setPhase('ready')
      },
      (reason: unknown) => {
        const kept = read<Log | null>(KEY, null)
        if (kept && reason instanceof Unreachable) {
          setLog({ ...kept, more: false })
          setPhase('ready')
        } else {
          setFailure(wordsOf(reason))
          setPhase('failed')
        }
      },
    )
  }, [reads])

  const deliver = useCallback(
    async (id: string, said: Saying['said']) => {
      if (busy.current) return
      busy.current = true
      setRemark('')
      setSaying({ id, said, failure: '', again: true })
      try {
        await streamed('POST /chat/messages', { body: { id, ...said } }, take)
        setSaying(null)
        void refreshToday()
      } catch (reason) {
        if (reason instanceof Unreachable && 'action' in said && isAnswer(said.action)) {
          keepAnswer(said.action)
          setSaying(null)
        } else setSaying({ id, said, failure: wordsOf(reason), again: canRepeat(reason) })
      } finally {
        busy.current = false
      }
    },
    [take],
  )

  useEffect(reload, [reload])
  const failed = useRef(false)
  failed.current = phase === 'failed'
  useEffect(() => {
    if (connected && failed.current) reload()
  }, [connected, reload])
  useEffect(() => {
    if (phase === 'ready' && log.messages.length > 0) {
      const latest = log.messages.slice(-KEPT_MESSAGES).reverse()
      keepCachedFirst(KEY, latest, messages => ({ ...log, messages: [...messages].reverse() }))
    }
  }, [phase, log])
  useEffect(() => {
    if (phase === 'ready' && connected && waiting.length > 0)
      void flushOutbox(take, setRemark).then(refreshToday)
  }, [phase, connected, waiting.length, take])
  usePoll(phase === 'ready', log, news)
  const following = useFollowing(writingIn(log.messages), answer =>
    setLog(known => ({ ...known, messages: completed(known.messages, answer) })),
  )

  return {
    phase,
    failure,
    log,
    saying,
    remark,
    following,
    reload: () => {
      setPhase('loading')
      reload()
    },
    say: text => void deliver(randomId(), { text }),
    act: action => {
      if (isAnswer(action) && !online.get()) keepAnswer(action)
      else void deliver(randomId(), { action })
    },
    retry: () => void (saying && deliver(saying.id, saying.said)),
    dismiss: () => setSaying(null),
    async loadOlder() {
      const [first] = log.messages
      if (!first || !log.more) return
      const older = await reads.read('GET /chat/messages', { query: { before: first.seq } }).catch(() => null)
      if (older)
        setLog(known => ({ ...known, more: older.more, messages: merged(older.messages, known.messages) }))
    },
  }
}
