/** Something kept on the device that can be fetched again, and how much room it takes. */
export interface Cached {
  key: string
  size: number
}

/** WeChat takes 1 MB under one key; the rest is left for what the platform itself adds. */
export const KEY_LIMIT = 1_000_000
/** WeChat takes 10 MB in all. What cannot be fetched again needs the difference. */
export const CACHE_LIMIT = 8_000_000

/**
 * How much room a text takes at most, in bytes. Nobody says whether a platform counts in UTF-8 or in UTF-16, so each
 * character counts as what it takes in the wider one.
 */
export function sizeOf(text: string): number {
  let size = 0
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    const halfOfPair = unit >= 0xd800 && unit <= 0xdfff
    size += unit < 0x800 || halfOfPair ? 2 : 3
  }
  return size
}

/**
 * What is cached after `next` was kept, the oldest first, and what has to go for it. Null where `next` alone is too
 * much for one key.
 */
export function withCached(
  known: readonly Cached[],
  next: Cached,
): { kept: Cached[]; dropped: string[] } | null {
  if (next.size > KEY_LIMIT) return null
  const others = known.filter(({ key }) => key !== next.key)
  let room = CACHE_LIMIT - next.size - others.reduce((sum, { size }) => sum + size, 0)
  let oldest = 0
  while (room < 0) room += others[oldest++]?.size ?? CACHE_LIMIT
  return { kept: [...others.slice(oldest), next], dropped: others.slice(0, oldest).map(({ key }) => key) }
}
