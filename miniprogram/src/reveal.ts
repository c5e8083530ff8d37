import { createStore } from './store.ts'

/** The element a list should bring into view; each asking is a new object. */
export const revealed = createStore<{ id: string } | null>(null)

/** Asks the list around it to bring the element into view, after something opened inside a card. */
export const reveal = (id: string): void => revealed.set({ id })
