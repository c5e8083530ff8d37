import { createHash } from 'node:crypto'
import { createReadStream, existsSync, readFileSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from '../base/paths.ts'

/** The two ends the mini-program is built for. */
export type FrontType = 'h5' | 'weapp'

/** Says of which sources a built mini-program is. */
export const STAMP = '.stamp'
/** Settings of the build that end up in its result. */
const SETTINGS = ['RIZHI_API_BASE', 'RELEASE']

/** Where the built mini-program lies. */
export const frontFolder = (type: FrontType): string => join(root, 'dist', type)

/** True when the mini-program's sources are here; an installation may carry only the built one. */
export const hasSources = (): boolean => existsSync(join(root, 'miniprogram/config/index.ts'))

/** A hash over everything the mini-program is built from: its sources, `shared`, the lock file and the settings. */
export async function sourceHash(): Promise<string> {
  const hash = createHash('sha256')
  const folders = await Promise.all(['miniprogram', 'shared'].map(filesIn))
  for (const file of [...folders.flat(), 'package-lock.json'].sort()) {
    hash.update(`${file}\0`)
    for await (const part of createReadStream(join(root, file))) hash.update(part as Buffer)
  }
  for (const name of SETTINGS) hash.update(`${name}=${process.env[name] ?? ''}\0`)
  return hash.digest('hex')
}

/** Files of a folder but those in hidden ones: what a compiler keeps there for itself is no source. */
async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true })
  return entries
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name).slice(root.length + 1))
    .filter(file => !/(^|[/\\])\./.test(file))
}

/** True when the built mini-program is of these sources. */
export function isCurrent(type: FrontType, hash: string): boolean {
  const stamp = join(frontFolder(type), STAMP)
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === hash
}

/** Keeps how many seconds the last build took on this machine. */
export const secondsFile = (type: FrontType): string => join(root, 'dist', `.${type}-seconds`)
