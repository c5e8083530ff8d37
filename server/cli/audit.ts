import { audit } from '../points/service.ts'
import type { Command } from './command.ts'
import { wording } from './wording.ts'

/** `audit points` */
export const auditPoints: Command = {
  usage: 'audit points',
  summary: wording.audit.summary,
  options: {},
  words: [0, 0],
  database: () => true,
  run: async ({ terminal }) => {
    const { cadres, entries, mismatches } = await audit(
      ({ cadreId, figure, standing, ledger }) =>
        terminal.line(wording.audit.mismatch(cadreId, figure, standing, ledger)),
      done => terminal.progress(done, undefined),
    )
    terminal.line(
      mismatches === 0 ? wording.audit.good(cadres, entries) : wording.audit.bad(cadres, entries, mismatches),
    )
    return mismatches === 0
  },
}
