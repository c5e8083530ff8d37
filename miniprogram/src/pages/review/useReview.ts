import { useCallback, useEffect, useRef, useState } from 'react'
import { useDidShow } from '@tarojs/taro'
import type { Api } from '#shared/api'
import type { Reply } from '#shared/endpoint'
import type { ReviewItem } from '#shared/review'
import { wordsOf } from '../../failure.ts'
import { usePageReads } from '../../page-reads.ts'

type Listed = Reply<Api['GET /review/items']>

/** The parts of the review desk. */
export type ReviewTab = 'open' | 'drafted' | 'published' | 'suspended' | 'alarms' | 'questions'
/** Those that list questions of cadres. */
export type ItemTab = Exclude<ReviewTab, 'alarms' | 'questions'>

/** The questions of one state, and how many there are of each. */
export interface Review {
  items: ReviewItem[] | null
  counts: Listed['counts'] | null
  more: boolean
  failure: string
  reload(): void
  loadMore(): void
}

/** Lists the questions of cadres in one state, newest first; `null` keeps the counts alone. */
export function useReview(state: ItemTab | null): Review {
  const { read } = usePageReads()
  const [items, setItems] = useState<ReviewItem[] | null>(null)
  const [counts, setCounts] = useState<Listed['counts'] | null>(null)
  const [more, setMore] = useState(false)
  const [failure, setFailure] = useState('')

  const latest = useRef(state)
  latest.current = state

  const load = useCallback(
    (known: ReviewItem[]) => {
      setFailure('')
      const before = known[known.length - 1]?.id
      const query = { ...(state && { state }), ...(before !== undefined && { before }) }
      read('GET /review/items', { query }).then(
        reply => {
          if (latest.current !== state) return
          setItems([...known, ...reply.items])
          setCounts(reply.counts)
          setMore(reply.more)
        },
        (why: unknown) => setFailure(wordsOf(why)),
      )
    },
    [state, read],
  )
  const reload = useCallback(() => load([]), [load])
  useEffect(() => {
    setItems(null)
    reload()
  }, [reload])
  // The first showing is the first loading above.
  const shown = useRef(false)
  useDidShow(() => {
    if (shown.current) reload()
    shown.current = true
  })

  return { items, counts, more, failure, reload, loadMore: () => load(items ?? []) }
}
