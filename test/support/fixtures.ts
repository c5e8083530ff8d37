import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe } from '@jest/globals'
import { root } from '#server/base/paths'

/** The folder of real question banks and laws: RIZHI_DATA, or `../shared/data` beside the project. */
export const dataFolder = (): string => resolve(process.env.RIZHI_DATA ?? join(root, '../shared/data'))

/** Groups tests that need a file of the data folder; where it is missing they are skipped by name. */
export const describeWithData = (file: string, title: string, tests: (path: string) => void): void => {
  const path = join(dataFolder(), file)
  if (existsSync(path)) describe(title, () => tests(path))
  else describe.skip(`${title} (${file} is not here)`, () => tests(path))
}
