import { keep, read } from './storage.ts'
import { createStore } from './store.ts'

/** How large the letters are: standard, larger, largest. */
export type FontScale = 1 | 1.25 | 1.5

const KEY = 'font-scale'

const scales: FontScale[] = [1, 1.25, 1.5]
const kept = read<number>(KEY, 1)

/** The chosen size; every page's root carries its class. */
export const fontScale = createStore<FontScale>(scales.find(scale => scale === kept) ?? 1)

/** Chooses a size and remembers it on this device. */
export function chooseFontScale(scale: FontScale): void {
  keep(KEY, scale)
  fontScale.set(scale)
}
