import { keep, read } from './storage.ts'
import { createStore } from './store.ts'

/** How large the letters are: standard, larger, largest. */
export type FontScale = 1 | 1.25 | 1.5

const KEY = 'font-scale'

/** The sizes one can choose, in the words of the settings page. */
export const fontScales: { scale: FontScale; label: string }[] = [
  { scale: 1, label: '标准' },
  { scale: 1.25, label: '较大' },
  { scale: 1.5, label: '最大' },
]

const kept = read<number>(KEY, 1)

/** The chosen size; every page's root carries its class. */
export const fontScale = createStore<FontScale>(fontScales.find(({ scale }) => scale === kept)?.scale ?? 1)

/** Chooses a size and remembers it on this device. */
export function chooseFontScale(scale: FontScale): void {
  keep(KEY, scale)
  fontScale.set(scale)
}
