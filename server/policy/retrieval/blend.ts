import { fuse } from './fusion.ts'

/**
 * Articles found by words and articles found by meaning as one ranking. What both found keeps what the words told of
 * it; the score becomes the fused one, since scores of different kinds cannot be compared.
 */
export function blend<T extends { key: string; score: number }>(
  byWords: readonly T[],
  byMeaning: readonly T[],
): T[] {
  const known = new Map([...byMeaning, ...byWords].map(hit => [hit.key, hit]))
  const lists = [byWords, byMeaning].map(hits => ({ keys: hits.map(({ key }) => key), weight: 1 }))
  return fuse(lists).flatMap(({ key, score }) => {
    const hit = known.get(key)
    return hit ? [{ ...hit, score }] : []
  })
}
