import { useCallback, useEffect, useState } from 'react'
import type { Lesson } from '#shared/course'
import { ApiError, Unreachable, wordsOf } from '../../failure.ts'
import { keptLesson } from '../../offline.ts'
import { keepReach } from '../../outbox.ts'
import { usePageReads } from '../../page-reads.ts'
import { call } from '../../send.ts'
import { refreshToday } from '../../today.ts'

/** The lesson in view and how far one came. */
export interface Reading {
  lesson: Lesson | null
  failure: string
  /** Sections in view, from the first. */
  shown: number
  /** The last section is in view. */
  atEnd: boolean
  /** At the end: read through, or the server still waits a moment before it counts. */
  pace: 'read' | 'soon' | ''
  /** The section to scroll to; empty at the opening. */
  target: string
  next(): void
  reload(): void
}

/** Reads a lesson from the server, or from this device without network, and tells the server how far one came. */
export function useReading(id: string): Reading {
  const { read } = usePageReads()
  const [lesson, setLesson] = useState<Lesson | null>(null)
  const [failure, setFailure] = useState('')
  const [shown, setShown] = useState(1)
  const [target, setTarget] = useState('')
  /** What the server said last: finished, or the seconds after which it may be asked again. */
  const [told, setTold] = useState({ finished: false, wait: 0 })

  const reload = useCallback(() => {
    setFailure('')
    const put = (found: Lesson): void => {
      setLesson(found)
      setTold({ finished: found.finished, wait: 0 })
      setShown(Math.min(found.body.length, Math.max(1, found.finished ? found.body.length : found.reached)))
    }
    read('GET /lessons/:id', { params: { id } }).then(put, (reason: unknown) => {
      const kept = reason instanceof Unreachable ? keptLesson(id) : null
      if (kept) put(kept)
      else setFailure(wordsOf(reason))
    })
  }, [id, read])
  useEffect(reload, [reload])

  const reach = useCallback(
    async (section: number) => {
      try {
        const reply = await call('POST /lessons/:id/reach', { params: { id }, body: { section } })
        // A last section reached too soon is told again after the pause the server asks for.
        setTold({ finished: reply.finished, wait: reply.finished ? 0 : reply.wait })
        await refreshToday()
      } catch (reason) {
        setTold({ finished: false, wait: 0 })
        if (reason instanceof Unreachable) keepReach(id, section)
        else if (!(reason instanceof ApiError)) throw reason
      }
    },
    [id],
  )

  const sections = lesson?.body.length ?? 0
  const finished = lesson?.finished ?? true
  const atEnd = sections > 0 && shown >= sections

  // Every section shown is told once; one section alone is first and last.
  useEffect(() => {
    if (sections > 0 && !finished) void reach(shown - 1)
  }, [sections, finished, shown, reach])
  useEffect(() => {
    if (told.wait <= 0 || !atEnd) return undefined
    const timer = setTimeout(() => void reach(sections - 1), told.wait * 1000)
    return () => clearTimeout(timer)
  }, [told, atEnd, sections, reach])

  return {
    lesson,
    failure,
    shown,
    atEnd,
    pace: atEnd ? paceOf(told) : '',
    target,
    reload,
    next() {
      setShown(shown + 1)
      setTarget(`s${shown}`)
    },
  }
}

const paceOf = ({ finished, wait }: { finished: boolean; wait: number }): Reading['pace'] =>
  finished ? 'read' : wait > 0 ? 'soon' : ''
