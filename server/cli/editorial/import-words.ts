import { stat } from 'node:fs/promises'
import { importWordTable } from '../../policy/service.ts'
import { type Command, WrongCall } from '../command.ts'
import { wording as common } from '../wording.ts'
import { wording } from './wording.ts'

/** `import words FILE`: sensitive words of the editors' own, and phrases in which words of the lists are fine. */
export const importWords: Command = {
  usage: 'import words FILE',
  summary: wording.importWords.summary,
  options: {},
  words: [1, 1],
  database: () => true,
  run: async ({ words: [file = ''], now, terminal }) => {
    const isFile = await stat(file).then(
      entry => entry.isFile(),
      () => false,
    )
    if (!isFile) throw new WrongCall(common.noFile(file))
    const report = await importWordTable({ file, now })
    const { table, rejected } = report
    for (const { at, word, reason } of rejected)
      terminal.line(`${common.place(table, at)}${word === '' ? '' : `（${word}）`}：${reason}`)
    const good = rejected.length === 0
    terminal.line(good ? wording.importWords.counts(report) : common.importStatus.refused(rejected.length))
    return good
  },
}
