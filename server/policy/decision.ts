import type { Day } from '#shared/day'

/** A stored version of the document and part of a text that comes in. */
export interface StoredText {
  id: string
  day: Day | null
  edition: number
  live: boolean
  path: string
  checksums: string[]
  wording: string
}

/** A text that comes in. */
export interface IncomingText {
  day: Day | null
  path: string
  checksum: string
  wording: string
}

/** What to do with a text; `alias`: the same words came in another file, which is noted. */
export type Decision =
  | { do: 'nothing' }
  | { do: 'alias'; id: string }
  | { do: 'store'; edition: number; supersedes: string | null }

/**
 * What becomes of a text, given every stored text of its document and part. Known words change nothing, whatever day
 * the file is named by; but where the very file of the live edition went back to older words, these are the next one.
 */
export function decide(incoming: IncomingText, stored: StoredText[]): Decision {
  const editions = stored.filter(each => each.day === incoming.day)
  const live = editions.find(each => each.live) ?? null
  const same = stored.filter(each => each.wording === incoming.wording)
  if (same.some(each => each.live)) {
    const known = same.some(each => each.checksums.includes(incoming.checksum))
    return known ? { do: 'nothing' } : { do: 'alias', id: same.find(each => each.live)?.id ?? '' }
  }
  if (same.some(each => each.day === incoming.day) && live !== null && live.path !== incoming.path)
    return { do: 'nothing' }
  const edition = Math.max(0, ...editions.map(each => each.edition)) + 1
  return { do: 'store', edition, supersedes: live?.id ?? null }
}

/** The later of two days, of which none may be known. */
export const laterDay = (one: Day | null, other: Day | null): Day | null =>
  one === null || (other !== null && other > one) ? other : one
