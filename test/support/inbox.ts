import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { root } from '#server/base/paths'
import type { Api } from '#shared/api'
import type { Reply } from '#shared/endpoint'

type Shown = Reply<Api['GET /inbox']>['reminders'][number]

/** A reminder to be found in an inbox; `daysAgo` days before now. */
export type Left = Pick<Shown, 'kind' | 'title' | 'text' | 'page' | 'state'> & { daysAgo: number }

const run = promisify(execFile)
const DAY_MS = 24 * 60 * 60 * 1000

/** The database of one test file, for a server process and for what is put beside it. */
export function aDatabaseUri(name: string): string {
  const uri = new URL(process.env.TEST_MONGODB_URI ?? '')
  uri.pathname = `/test-${name}-${process.pid}`
  return uri.href
}

/** Puts reminders, the newest first, into the inbox of who signed in as `subject`. It works in a test of any environment. */
export async function putReminders(uri: string, subject: string, left: Left[]): Promise<void> {
  const folder = mkdtempSync(join(root, 'dist/inbox-'))
  try {
    const outfile = join(folder, 'child.cjs')
    // By its command: inside jsdom esbuild refuses to run.
    const told = ['--bundle', '--platform=node', '--packages=external', `--outfile=${outfile}`]
    const child = join(root, 'test/support/inbox-child.ts')
    await run(join(root, 'node_modules/.bin/esbuild'), [child, ...told], { cwd: root })
    const tail = randomBytes(8).toString('hex')
    const reminders = left.map(({ daysAgo, ...words }, place) => ({
      ...words,
      id: (0x70000000 - place).toString(16) + tail,
      at: new Date(Date.now() - daysAgo * DAY_MS).toISOString(),
    }))
    await run(process.execPath, [outfile, JSON.stringify({ uri, subject, reminders })])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
