import { execFileSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { program, root } from '#server/base/paths'

/** What `global-teardown.ts` ends. */
export const running: { stop?: () => Promise<void>; directory?: string } = {}

/**
 * Compiles the server, since its workers run only compiled, and starts one embedded engine for the whole run.
 * With TEST_MONGODB_URI set, the tests run on that replica set instead.
 */
export default async function setUp(): Promise<void> {
  execFileSync(process.execPath, [join(root, 'server/compile.mjs')], { cwd: root, stdio: 'inherit' })
  if (process.env.TEST_MONGODB_URI) return
  const { startEmbedded } = await import('#server/embedded/start')
  running.directory = mkdtempSync(join(tmpdir(), 'rizhi-test-'))
  const { uri, stop } = await startEmbedded({
    directory: running.directory,
    port: 0,
    fsync: 'interval',
    workerFile: program('embedded-worker'),
  })
  running.stop = stop
  process.env.TEST_MONGODB_URI = uri
}
