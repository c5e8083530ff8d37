import { chmodSync, cpSync, existsSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '#server/base/paths'

/** Where the reference sketch is unless DATABASE_SKETCH says it. */
const USUAL = join(root, '../shared/reference/embedded-mongo')
const given = (): string => process.env.DATABASE_SKETCH ?? USUAL

/** Whether the reference sketch of an embedded database is on this machine. */
export const hasSketch = (): boolean => existsSync(join(given(), 'serve.mjs'))

/** Copies the sketch into a temporary folder, where it finds the repository's packages. */
export function copySketch(temporary: string): string {
  const copy = join(temporary, 'sketch')
  cpSync(given(), copy, { recursive: true })
  chmodSync(copy, 0o755)
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
  return copy
}
