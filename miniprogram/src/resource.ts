import { useCallback, useEffect, useRef, useState } from 'react'
import { useDidShow } from '@tarojs/taro'
import { wordsOf } from './failure.ts'
import { usePageReads } from './page-reads.ts'
import type { PageReads } from './page-reads.ts'
import { keepCached, read } from './storage.ts'

/** Something a page shows: loading at first, then its value or the words of the failure. */
export interface Resource<T> {
  value: T | null
  failure: string
  reload(): void
  /** Replaces the value after a change was answered with the new one. */
  put(value: T): void
}

/**
 * Loads `key` at each opening of the page. What was seen last stays readable without network;
 * the page changes only when something newer came. What there is too much of is not kept: `passing`. A page that is
 * left, or that asks for another `key`, hears no more of what `load` reads.
 */
export function useResource<T>(
  key: string,
  load: (read: PageReads['read']) => Promise<T>,
  passing = false,
): Resource<T> {
  const reads = usePageReads()
  const known = useCallback(() => (passing ? null : read<T | null>(key, null)), [key, passing])
  const [value, setValue] = useState<T | null>(known)
  const [failure, setFailure] = useState('')
  const latest = useRef(load)
  latest.current = load

  const put = useCallback(
    (next: T) => {
      if (!passing) keepCached(key, next)
      setValue(next)
      setFailure('')
    },
    [key, passing],
  )
  const reload = useCallback(() => {
    setFailure('')
    latest.current(reads.read).then(put, (reason: unknown) => setFailure(wordsOf(reason)))
  }, [put, reads])

  useEffect(() => {
    setValue(known)
    reload()
    return reads.drop
  }, [known, reload, reads])
  // The first showing is the first loading above.
  const shown = useRef(false)
  useDidShow(() => {
    if (shown.current) reload()
    shown.current = true
  })
  return { value, failure, reload, put }
}
