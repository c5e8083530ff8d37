import { useCallback, useEffect, useState } from 'react'
import type { Api } from '#shared/api'
import type { Reply } from '#shared/endpoint'
import type { ArticleLine } from '#shared/policy'
import { wordsOf } from '../../failure.ts'
import { usePageReads } from '../../page-reads.ts'
import type { PageReads } from '../../page-reads.ts'

/** What the server tells of a clause. */
export type ClauseReply = Reply<Api['GET /policy/clauses/:id']>

/** A clause in its law, with as much of the text around it as was asked for. */
export interface ClauseView {
  found: ClauseReply | null
  failure: string
  /** What went wrong while more of the text was asked for. */
  trouble: string
  reload(): void
  earlier(): void
  later(): void
}

/** Loads a clause, and more of its law on demand. */
export function useClause(id: string): ClauseView {
  const { read } = usePageReads()
  const [found, setFound] = useState<ClauseReply | null>(null)
  const [failure, setFailure] = useState('')
  const [trouble, setTrouble] = useState('')
  const [busy, setBusy] = useState(false)

  const reload = useCallback(() => {
    setFailure('')
    read('GET /policy/clauses/:id', { params: { id } }).then(setFound, (why: unknown) =>
      setFailure(wordsOf(why)),
    )
  }, [id, read])
  useEffect(reload, [reload])

  const more = (
    from: { before?: number; after?: number },
    put: (known: ClauseReply, articles: ArticleLine[], left: boolean) => ClauseReply,
  ): void => {
    if (!found || busy) return
    setBusy(true)
    setTrouble('')
    read('GET /policy/versions/:id/articles', { params: { id: found.version }, query: from })
      .then(
        ({ articles, more: left }) => setFound(known => known && put(known, articles, left)),
        (why: unknown) => setTrouble(wordsOf(why)),
      )
      .finally(() => setBusy(false))
  }
  const [first] = found?.articles ?? []
  const last = found?.articles[found.articles.length - 1]

  return {
    found,
    failure,
    trouble,
    reload,
    earlier() {
      if (!first || !found?.moreBefore) return
      more({ before: first.order }, (known, articles, left) => ({
        ...known,
        articles: [...articles, ...known.articles],
        moreBefore: left,
      }))
    },
    later() {
      if (!last || !found?.moreAfter) return
      more({ after: last.order }, (known, articles, left) => ({
        ...known,
        articles: [...known.articles, ...articles],
        moreAfter: left,
      }))
    },
  }
}

/** Pages of another version that are looked through for the same article. */
const MOST_PAGES = 20
const PAGE = 50

/** The article of another version with the same label, or its first one; null for a version without a text. */
export async function articleIn(
  read: PageReads['read'],
  version: string,
  label: string,
): Promise<string | null> {
  let first: string | null = null
  let after: number | undefined
  for (let page = 0; page < MOST_PAGES; page++) {
    const query = { limit: PAGE, ...(after === undefined ? {} : { after }) }
    const { articles, more } = await read('GET /policy/versions/:id/articles', {
      params: { id: version },
      query,
    })
    first ??= articles[0]?.id ?? null
    const same = articles.find(article => article.label === label)
    if (same) return same.id
    after = articles[articles.length - 1]?.order
    if (!more || after === undefined) break
  }
  return first
}
