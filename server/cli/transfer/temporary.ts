import { randomBytes } from 'node:crypto'

const COMING = 'rizhi-coming-'
const LEAVING = 'rizhi-leaving-'

/** Whether a collection is what a restore is writing, or was when it was killed: half of a copy. */
export const isComing = (name: string): boolean => name.startsWith(COMING)

/** Whether a restore made it, also to put aside what was there before: nothing to keep once another one is done. */
export const isTemporary = (name: string): boolean => isComing(name) || name.startsWith(LEAVING)

/** The names under which one restore keeps what it has written until it is whole, and what was there before. */
export function temporaryNames(): { coming: (name: string) => string; leaving: (name: string) => string } {
  const id = randomBytes(4).toString('hex')
  return { coming: name => `${COMING}${id}-${name}`, leaving: name => `${LEAVING}${id}-${name}` }
}
