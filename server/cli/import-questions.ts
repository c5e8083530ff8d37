import { stat, writeFile } from 'node:fs/promises'
import { importQuestionFile } from '../question/service.ts'
import { type Command, textOf, WrongCall } from './command.ts'
import { wording } from './wording.ts'

/** Rejected rows told on the terminal; the report file has all of them. */
const TOLD_ROWS = 20

/** `import questions FILE` */
export const importQuestions: Command = {
  usage: 'import questions FILE [--bank NAME] [--dry-run] [--report FILE.json]',
  summary: wording.importQuestions.summary,
  options: { bank: { type: 'string' }, 'dry-run': { type: 'boolean' }, report: { type: 'string' } },
  words: [1, 1],
  database: () => true,
  run: async ({ words: [file = ''], options, now, terminal }) => {
    const isFile = await stat(file).then(
      entry => entry.isFile(),
      () => false,
    )
    if (!isFile) throw new WrongCall(wording.noFile(file))
    const dryRun = options['dry-run'] === true
    const bank = textOf(options.bank)
    const report = await importQuestionFile({ file, bank, dryRun, now, onProgress: terminal.progress })
    const rejected = report.rows.filter(({ outcome }) => outcome === 'rejected')
    for (const { place, reason, stem } of rejected.slice(0, TOLD_ROWS)) {
      terminal.line(wording.importQuestions.rejected(report.file, place, reason, stem))
    }
    if (rejected.length > TOLD_ROWS) terminal.line(wording.importQuestions.more(rejected.length - TOLD_ROWS))
    const reportFile = textOf(options.report)
    if (reportFile !== undefined) {
      await writeFile(reportFile, `${JSON.stringify(report, null, 2)}\n`)
      terminal.line(wording.importQuestions.written(reportFile))
    }
    if (dryRun) terminal.line(wording.importQuestions.dryRun)
    terminal.line(
      wording.importQuestions.counts(report.bank, report.accepted, report.duplicate, report.rejected),
    )
    return true
  },
}
