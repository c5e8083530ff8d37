import Taro from '@tarojs/taro'

/** Reads what was kept on this device under `key`; anything missing or unreadable is `fallback`. */
export function read<T>(key: string, fallback: T): T {
  try {
    const text: unknown = Taro.getStorageSync(key)
    return typeof text === 'string' && text ? (JSON.parse(text) as T) : fallback
  } catch {
    return fallback
  }
}

/** Keeps `value` on this device. A full or forbidden storage loses only convenience, never the page. */
export function keep(key: string, value: unknown): void {
  try {
    Taro.setStorageSync(key, JSON.stringify(value))
  } catch {
    // Private windows and full devices refuse; the page works on from memory.
  }
}

/** Forgets what was kept under `key`. */
export function forget(key: string): void {
  try {
    Taro.removeStorageSync(key)
  } catch {
    // As in keep.
  }
}
