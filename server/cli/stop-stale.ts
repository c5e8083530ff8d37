import { createLog } from '../base/log.ts'
import { stopStale } from '../law-watch.ts'
import type { Terminal } from './terminal.ts'
import { wording } from './wording.ts'

/** After an import: stops what rests on clauses that are no longer the law, and says what stopped. */
export async function tellStopped(now: Date, terminal: Terminal): Promise<void> {
  const stopped = await stopStale({ now: () => now, log: createLog('error') })
  if (stopped !== null && stopped.questions + stopped.answers > 0)
    terminal.line(wording.checkSources.stopped(stopped.questions, stopped.answers))
}
