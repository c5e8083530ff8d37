import { copyFileSync, renameSync, truncateSync } from 'node:fs'

/**
 * Keeps the sound part of a damaged log and puts a copy of the whole, and the logs after it, beside it under names
 * that end in `.damaged`: nothing is thrown away, and what can be trusted is in use again.
 */
export function setAside(damaged: string, offset: number, later: string[]): void {
  copyFileSync(damaged, damaged + '.damaged')
  for (const file of later) renameSync(file, file + '.damaged')
  truncateSync(damaged, offset)
}
