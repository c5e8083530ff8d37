import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { describe } from '@jest/globals'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** Where Chromium is: CHROMIUM_PATH, or the first one of its names on the PATH; undefined when there is none. */
export function chromiumPath(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter)
  const places = [
    process.env.CHROMIUM_PATH ?? '',
    ...folders.flatMap(folder => NAMES.map(name => join(folder, name))),
  ]
  return places.find(place => place !== '' && existsSync(place))
}

/** Tests in a browser; where there is no Chromium they are skipped by name. */
export const describeInBrowser = (title: string, tests: (chromium: string) => void): void => {
  const path = chromiumPath()
  if (path) describe(title, () => tests(path))
  else describe.skip(`${title} (no Chromium here)`, () => tests(''))
}
