import { useState } from 'react'
import type { Api } from '#shared/api'
import type { Reply } from '#shared/endpoint'
import { wordsOf } from '../../failure.ts'
import { usePageReads } from '../../page-reads.ts'
import { useResource } from '../../resource.ts'

/** One of one's own questions. */
export type Asked = Reply<Api['GET /policy/answers']>['answers'][number]

/** One's own questions, the newest first. */
export interface Questions {
  asked: Asked[]
  phase: 'loading' | 'ready' | 'failed'
  failure: string
  trouble: string
  more: boolean
  loadMore(): void
  reload(): void
}

/** Loads one's own questions, and older ones on demand. */
export function useQuestions(): Questions {
  const first = useResource('questions', read => read('GET /policy/answers', { query: {} }))
  const { read } = usePageReads()
  const [older, setOlder] = useState<Asked[]>([])
  const [ended, setEnded] = useState(false)
  const [trouble, setTrouble] = useState('')

  const newest = first.value?.answers ?? []
  const known = new Set(newest.map(({ id }) => id))
  const asked = [...newest, ...older.filter(({ id }) => !known.has(id))]
  const more = first.value?.more === true && !ended
  return {
    asked,
    phase: first.value ? 'ready' : first.failure === '' ? 'loading' : 'failed',
    failure: first.failure,
    trouble,
    more,
    reload: first.reload,
    loadMore() {
      const before = asked[asked.length - 1]?.id
      if (!more || before === undefined) return
      setTrouble('')
      read('GET /policy/answers', { query: { before } }).then(
        reply => {
          setOlder([...older, ...reply.answers])
          setEnded(!reply.more)
        },
        (why: unknown) => setTrouble(wordsOf(why)),
      )
    },
  }
}
