import { stat } from 'node:fs/promises'
import { importStatusTable, shippedStatusTable } from '../policy/service.ts'
import { type Command, WrongCall } from './command.ts'
import { tellStopped } from './stop-stale.ts'
import { wording } from './wording.ts'

/** `import status [FILE]`: without a file the table that comes with the product. */
export const importStatus: Command = {
  usage: 'import status [FILE]',
  summary: wording.importStatus.summary,
  options: {},
  words: [0, 1],
  database: () => true,
  run: async ({ words: [file = shippedStatusTable], now, terminal }) => {
    const isFile = await stat(file).then(
      entry => entry.isFile(),
      () => false,
    )
    if (!isFile) throw new WrongCall(wording.noFile(file))
    const report = await importStatusTable({ file, now })
    for (const { at, title, reason } of report.rejected) {
      terminal.line(`${wording.place(report.table, at)}${title === '' ? '' : `（${title}）`}：${reason}`)
    }
    terminal.line(
      report.rejected.length === 0
        ? wording.importStatus.counts(report)
        : wording.importStatus.refused(report.rejected.length),
    )
    if (report.rejected.length === 0) await tellStopped(now, terminal)
    return report.rejected.length === 0
  },
}
