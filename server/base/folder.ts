import { accessSync, constants, mkdirSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { StartError } from './start-error.ts'
import { wording } from './wording.ts'

/**
 * Makes a folder that can be written to, level by level: Node's own recursive mkdir never ends where a parent exists
 * and takes no folders, as under /proc. Throws a `StartError` that names DATA_DIR.
 */
export function makeFolder(folder: string): void {
  try {
    makeLevels(resolve(folder))
    accessSync(folder, constants.W_OK)
  } catch (error) {
    throw new StartError([wording.folderImpossible(folder, (error as NodeJS.ErrnoException).code ?? '')])
  }
}

function makeLevels(folder: string): void {
  const found = statSync(folder, { throwIfNoEntry: false })
  if (found?.isDirectory()) return
  if (!found) makeLevels(dirname(folder))
  mkdirSync(folder)
}
