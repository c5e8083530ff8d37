import { describe, expect, it } from '@jest/globals'
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { copySketch, hasSketch } from '../bench/database/sketch.ts'
import { engineInMemory, temporaryFolder } from './support.ts'

interface Check {
  name: string
  ok: boolean
  err?: string
}

/** In the order they are tried. */
const notThere = ['text index $text', '2dsphere $near', 'change stream']
const MOST_MS = 180_000

/** Documents whose time is over go soon, so that the check of it need not wait for a minute. */
const world = engineInMemory({ expiryInterval: 500 })

async function checksOf(uri: string): Promise<Check[]> {
  const folder = copySketch(temporaryFolder())
  await promisify(execFile)(process.execPath, ['matrix.mjs', uri, 'ours'], {
    cwd: folder,
    maxBuffer: 10_000_000,
  })
  return JSON.parse(readFileSync(join(folder, 'results-ours.json'), 'utf8')) as Check[]
}

const described = hasSketch() ? describe : describe.skip
described('the reference sketch’s checks of what drivers need', () => {
  it(
    'all pass but those of what the engine has not, which it refuses by name',
    async () => {
      const checks = await checksOf(world.engine.uri)
      expect(checks.length).toBeGreaterThan(70)
      const failed = checks.filter(({ ok }) => !ok)
      expect(failed.filter(({ name }) => !notThere.includes(name))).toEqual([])
      expect(failed.map(({ name, err }) => [name, err])).toEqual(
        notThere.map(name => [name, expect.stringContaining('not supported by the embedded database')]),
      )
    },
    MOST_MS,
  )
})
