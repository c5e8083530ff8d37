import { useState } from 'react'
import type { Api } from '#shared/api'
import type { Reply } from '#shared/endpoint'
import { wordsOf } from '../../failure.ts'
import { useResource } from '../../resource.ts'
import { call } from '../../send.ts'

/** Something one was reminded of. */
export type Reminder = Reply<Api['GET /inbox']>['reminders'][number]

/** What one was reminded of, the newest first. */
export interface Inbox {
  reminders: Reminder[]
  phase: 'loading' | 'ready' | 'failed'
  failure: string
  /** Why older ones did not come. */
  trouble: string
  more: boolean
  /** Marks one as read, here at once and on the server. */
  read(id: string): void
  loadMore(): void
  reload(): void
}

/** Loads the inbox, and older reminders on demand; without network what was seen last stays. */
export function useInbox(): Inbox {
  const first = useResource('inbox', read => read('GET /inbox', { query: {} }))
  const [older, setOlder] = useState<Reminder[]>([])
  const [ended, setEnded] = useState(false)
  const [trouble, setTrouble] = useState('')

  const newest = first.value?.reminders ?? []
  const known = new Set(newest.map(({ id }) => id))
  const reminders = [...newest, ...older.filter(({ id }) => !known.has(id))]
  const more = first.value?.more === true && !ended
  return {
    reminders,
    phase: first.value ? 'ready' : first.failure === '' ? 'loading' : 'failed',
    failure: first.failure,
    trouble,
    more,
    reload: first.reload,
    read(id) {
      const marked = (some: Reminder[]): Reminder[] =>
        some.map(reminder => (reminder.id === id ? { ...reminder, read: true } : reminder))
      if (first.value) first.put({ ...first.value, reminders: marked(newest) })
      setOlder(marked(older))
      // The next opening tells whether it arrived.
      call('POST /inbox/:id/read', { params: { id } }).catch(() => undefined)
    },
    loadMore() {
      const before = reminders[reminders.length - 1]?.id
      if (!more || before === undefined) return
      setTrouble('')
      call('GET /inbox', { query: { before } }).then(
        reply => {
          setOlder([...older, ...reply.reminders])
          setEnded(!reply.more)
        },
        (why: unknown) => setTrouble(wordsOf(why)),
      )
    },
  }
}
