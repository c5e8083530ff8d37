import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Log } from '#server/base/log'
import { keepIndex } from '#server/policy/keeper-service'
import type { Assistant } from '#server/policy/service'

/** An assistant over the database of a test, with an index of its own; without a model unless told otherwise. */
export interface TestAssistant extends Assistant {
  end: () => Promise<void>
}

/** Makes one; its index is opened when the first question comes. */
export function anAssistant(now: () => Date, log: Log, more: Partial<Assistant> = {}): TestAssistant {
  const folder = mkdtempSync(join(tmpdir(), 'rizhi-index-'))
  const search = keepIndex({ folder, log, embedder: more.embedder })
  const limits = { cadre: 100, county: 1_000, countyCost: null }
  return {
    ...{ search, limits, now, log },
    ...more,
    end: async () => {
      await search.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
