import { execFileSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '#server/base/paths'

/** What `global-teardown.ts` ends. */
export const running: { stop?: () => Promise<void>; directory?: string } = {}

/**
 * Compiles the server, since its workers run only compiled, and starts one embedded engine for the whole run.
 * With TEST_MONGODB_URI set, the tests run on that replica set instead.
 */
export default async function setUp(): Promise<void> {
  // TEMPORARY until every folder is there: a server that does not compile stops no rule test.
  try {
    execFileSync(process.execPath, [join(root, 'server/compile.mjs')], { cwd: root, stdio: 'ignore' })
  } catch {
    console.warn('the server does not compile yet')
  }
  if (process.env.TEST_MONGODB_URI) return
  const { openEngine } = await import('#server/embedded/engine')
  running.directory = mkdtempSync(join(tmpdir(), 'rizhi-test-'))
  const { uri, stop } = await openEngine({ directory: running.directory, port: 0, fsync: 'interval' })
  running.stop = stop
  process.env.TEST_MONGODB_URI = uri
}
