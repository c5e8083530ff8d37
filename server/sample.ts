import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Log } from './base/log.ts'
import { once } from './base/once.ts'
import { root } from './base/paths.ts'
import { importLessons } from './course/service.ts'
import { importSamplePolicies, importShippedStatus } from './policy/service.ts'

/** What loading is told. */
interface Loading {
  /** Whether people may look around: only they get example policies. */
  demo: boolean
  now: () => Date
  log: Log
}

/** Loads what comes with the project, each part once; a start cut short is made up for by the very next. */
export async function loadSample({ demo, now, log }: Loading): Promise<void> {
  const first = (name: string) => ({ name, slot: 'first', now, leaseMs: 0 })
  await once(first('sample-content'), () => importSampleLessons(now(), log))
  await once(first('status-table'), async () => {
    const report = await importShippedStatus(now())
    log.info(report ?? {}, 'status table loaded')
  })
  if (!demo) return
  await once(first('sample-policies'), async () => {
    const { counts } = await importSamplePolicies(now())
    log.info(counts, 'sample policies loaded')
  })
}

async function importSampleLessons(now: Date, log: Log): Promise<void> {
  const folder = join(root, 'dist/server/sample')
  const names = readdirSync(folder).filter(name => name.endsWith('.md'))
  const files = names.sort().map(name => ({ name, text: readFileSync(join(folder, name), 'utf8') }))
  const { added, rejected } = await importLessons({ files, now })
  log.info({ lessons: added.length, rejected }, 'sample content loaded')
}
