import { useCallback, useEffect, useRef, useState } from 'react'
import { useDidShow } from '@tarojs/taro'
import { wordsOf } from './failure.ts'
import { keepPersonal } from './session.ts'
import { read } from './storage.ts'

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
 * the page changes only when something newer came. What there is too much of is not kept: `passing`.
 */
export function useResource<T>(key: string, load: () => Promise<T>, passing = false): Resource<T> {
  const known = useCallback(() => (passing ? null : read<T | null>(key, null)), [key, passing])
  const [value, setValue] = useState<T | null>(known)
  const [failure, setFailure] = useState('')
  const latest = useRef(load)
  latest.current = load

  const put = useCallback(
    (next: T) => {
      if (!passing) keepPersonal(key, next)
      setValue(next)
      setFailure('')
    },
    [key, passing],
  )
  const reload = useCallback(() => {
    setFailure('')
    latest.current().then(put, (reason: unknown) => setFailure(wordsOf(reason)))
  }, [put])

  useEffect(() => {
    setValue(known)
    reload()
  }, [known, reload])
  // The first showing is the first loading above.
  const shown = useRef(false)
  useDidShow(() => {
    if (shown.current) reload()
    shown.current = true
  })
  return { value, failure, reload, put }
}
