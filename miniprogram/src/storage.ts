import Taro from '@tarojs/taro'
import { KEY_LIMIT, sizeOf, withCached } from './storage-limit.ts'
import type { Cached } from './storage-limit.ts'

/** What can be fetched again, in the order it was kept: the first to go when there is no room. */
const CACHED = 'cached'

/** Reads what was kept on this device under `key`; anything missing or unreadable is `fallback`. */
export function read<T>(key: string, fallback: T): T {
  try {
    const text: unknown = Taro.getStorageSync(key)
    return typeof text === 'string' && text ? (JSON.parse(text) as T) : fallback
  } catch {
    return fallback
  }
}

/** Keeps `value` on this device; what can be fetched again makes room for it. False where the device takes nothing. */
export const keep = (key: string, value: unknown): boolean => keepText(key, JSON.stringify(value))

/** Keeps something that can be fetched again. False where it is too much for one key, or the device takes nothing. */
export function keepCached(key: string, value: unknown): boolean {
  const text = JSON.stringify(value)
  const next = { key, size: sizeOf(key) + sizeOf(text) }
  const after = withCached(cached(), next)
  if (!after) return false
  for (const old of after.dropped) forget(old)
  if (after.dropped.length > 0) list(after.kept.filter(({ key: other }) => other !== key))
  if (!keepText(key, text)) return false
  list([...cached().filter(({ key: other }) => other !== key), next])
  return true
}

/** Keeps as many of `items` as there is room for, from the first on, in the shape they are read in. */
export function keepCachedFirst<T>(
  key: string,
  items: readonly T[],
  shape: (some: readonly T[]) => unknown,
): void {
  let most = items.length
  while (most > 0 && !keepCached(key, shape(items.slice(0, most)))) most = Math.floor(most / 2)
}

/** Forgets all that can be fetched again. */
export function forgetCached(): void {
  for (const { key } of cached()) forget(key)
  forget(CACHED)
}

/** Forgets what was kept under `key`. */
export function forget(key: string): void {
  try {
    Taro.removeStorageSync(key)
  } catch {
    // A storage that is forbidden holds nothing.
  }
}

const cached = (): Cached[] => read<Cached[]>(CACHED, [])

/** Nothing makes room for what is too much for one key. */
function keepText(key: string, text: string): boolean {
  if (sizeOf(text) > KEY_LIMIT) return false
  while (!put(key, text)) if (!dropOldest()) return false
  return true
}

/** Makes room by one; false where there is nothing left to drop. */
function dropOldest(): boolean {
  const [oldest, ...rest] = cached()
  if (!oldest) return false
  forget(oldest.key)
  list(rest)
  return true
}

/** What is not listed would never go again, so without a list nothing stays. */
function list(all: Cached[]): void {
  if (all.length > 0 && put(CACHED, JSON.stringify(all))) return
  for (const { key } of all) forget(key)
  forget(CACHED)
}

/** Private windows and full devices refuse. */
function put(key: string, text: string): boolean {
  try {
    Taro.setStorageSync(key, text)
    return true
  } catch {
    return false
  }
}
