import { writeFile } from 'node:fs/promises'
import { dayOf, type Day } from '#shared/day'
import {
  findFiles,
  importPolicyFiles,
  readDay,
  readRegion,
  type PolicyImportReport,
  type Region,
} from '../policy/service.ts'
import { type Command, textOf, WrongCall } from './command.ts'
import { tellStopped } from './stop-stale.ts'
import type { Terminal } from './terminal.ts'
import { wording } from './wording.ts'

/** Rows told on the terminal of each kind; the report file has all of them. */
const TOLD_ROWS = 20

/** `import policies DIR|FILE` */
export const importPolicies: Command = {
  usage: 'import policies DIR|FILE [--collected DAY] [--region PLACE] [--dry-run] [--report FILE.json]',
  summary: wording.importPolicies.summary,
  options: {
    collected: { type: 'string' },
    region: { type: 'string' },
    'dry-run': { type: 'boolean' },
    report: { type: 'string' },
  },
  words: [1, 1],
  database: () => true,
  run: async ({ words: [source = ''], options, now, terminal }) => {
    const collectedOn = collectedBy(textOf(options.collected), dayOf(now))
    const region = regionFrom(textOf(options.region))
    const files = await findFiles(source)
    if (files === null) throw new WrongCall(wording.noFileOrFolder(source))
    const dryRun = options['dry-run'] === true
    const call = { source, files, region, collectedOn, dryRun, now, onProgress: terminal.progress }
    const report = await importPolicyFiles(call)
    tell(report, terminal)
    if (!dryRun) await tellStopped(now, terminal)
    const reportFile = textOf(options.report)
    if (reportFile !== undefined) {
      await writeFile(reportFile, `${JSON.stringify(report, null, 2)}\n`)
      terminal.line(wording.importQuestions.written(reportFile))
    }
    return report.counts.rejected === 0
  },
}

function collectedBy(text: string | undefined, today: Day): Day | null {
  if (text === undefined) return null
  const day = readDay(text)
  if (day === null || day > today) throw new WrongCall(wording.importPolicies.wrongDay(text))
  return day
}

function regionFrom(text: string | undefined): Region | undefined {
  if (text === undefined) return undefined
  const region = readRegion(text)
  if (region === null) throw new WrongCall(wording.importPolicies.wrongRegion(text))
  return region
}

function tell(report: PolicyImportReport, terminal: Terminal): void {
  const { rows, counts, articles, passages, dryRun, collectedOn } = report
  const refused = rows.filter(({ outcome }) => outcome === 'rejected')
  for (const { file, reason } of refused.slice(0, TOLD_ROWS)) terminal.line(`${file}：${reason}`)
  const odd = rows.flatMap(({ file, notes }) => notes.map(({ text }) => `${file}：${text}`))
  for (const line of odd.slice(0, TOLD_ROWS)) terminal.line(wording.importPolicies.look(line))
  const more = Math.max(0, refused.length - TOLD_ROWS) + Math.max(0, odd.length - TOLD_ROWS)
  if (more > 0) terminal.line(wording.importPolicies.more(more))
  if (dryRun) terminal.line(wording.importQuestions.dryRun)
  if (collectedOn === null) terminal.line(wording.importPolicies.noDay)
  terminal.line(wording.importPolicies.counts(counts, articles, passages))
}
