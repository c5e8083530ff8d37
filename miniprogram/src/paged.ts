import { useState } from 'react'
import { wordsOf } from './failure.ts'
import { usePageReads } from './page-reads.ts'
import type { PageReads } from './page-reads.ts'
import { useResource } from './resource.ts'

/** One page of a list: its items, the newest first, and whether older ones follow. */
interface ListPage<T> {
  items: T[]
  more: boolean
}

/** A list that is read page by page, the newest first. */
export interface Paged<T> {
  items: T[]
  phase: 'loading' | 'ready' | 'failed'
  failure: string
  /** Why older ones did not come. */
  trouble: string
  more: boolean
  loadMore(): void
  reload(): void
  /** Changes items here at once. */
  change(changed: (item: T) => T): void
}

/** Reads a list at each opening of the page, and what stands before an item on demand; what was seen first stays readable without network. */
export function usePaged<T extends { id: string }>(
  key: string,
  load: (read: PageReads['read'], before?: string) => Promise<ListPage<T>>,
): Paged<T> {
  const first = useResource(key, read => load(read))
  const { read } = usePageReads()
  const [older, setOlder] = useState<T[]>([])
  const [ended, setEnded] = useState(false)
  const [trouble, setTrouble] = useState('')

  const newest = first.value?.items ?? []
  const known = new Set(newest.map(({ id }) => id))
  const items = [...newest, ...older.filter(({ id }) => !known.has(id))]
  const more = first.value?.more === true && !ended
  return {
    items,
    phase: first.value ? 'ready' : first.failure === '' ? 'loading' : 'failed',
    failure: first.failure,
    trouble,
    more,
    reload: first.reload,
    loadMore() {
      const before = items[items.length - 1]?.id
      if (!more || before === undefined) return
      setTrouble('')
      load(read, before).then(
        page => {
          setOlder([...older, ...page.items])
          setEnded(!page.more)
        },
        (why: unknown) => setTrouble(wordsOf(why)),
      )
    },
    change(changed) {
      if (first.value) first.put({ ...first.value, items: newest.map(changed) })
      setOlder(older.map(changed))
    },
  }
}
