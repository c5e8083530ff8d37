import { useEffect, useState } from 'react'
import type { Api } from '#shared/api'
import { caller } from './api.ts'
import type { Caller, Send } from './api.ts'
import { sending } from './send.ts'

/** The lines of the table that only read. What writes goes on when its page is left. */
type ReadLine = Extract<keyof Api, `GET ${string}`>

/** Calls for what a page shows. */
export interface PageReads {
  /** Never ends once the call was dropped: nothing is shown of it, no failure either. */
  read: Caller<ReadLine>
  /** Drops the calls under way. */
  drop(): void
}

/** Calls that are dropped together. */
function createPageReads(): PageReads {
  const underWay = new Set<() => void>()
  const send: Send = (line, input) =>
    new Promise((resolve, reject) => {
      let dropped = false
      let abort = (): void => undefined
      const drop = (): void => {
        dropped = true
        abort()
      }
      underWay.add(drop)
      const droppable = sending(end => {
        abort = end
        if (dropped) end()
      })
      droppable(line, input)
        .finally(() => underWay.delete(drop))
        .then(
          reply => void (dropped || resolve(reply)),
          (reason: unknown) => void (dropped || reject(reason as Error)),
        )
    })
  return {
    read: caller(send),
    drop() {
      for (const drop of underWay) drop()
    },
  }
}

/** Calls for what the page shows; those under way are dropped when it is left. */
export function usePageReads(): PageReads {
  const [reads] = useState(createPageReads)
  useEffect(() => reads.drop, [reads])
  return reads
}
