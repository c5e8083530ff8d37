import { writeFile } from 'node:fs/promises'
import { commonPairs } from '../../policy/answer/pair-rarity.ts'
import { pairsOf } from '../../policy/answer/plain-text.ts'
import { type Command, textOf, WrongCall } from '../command.ts'
import { readCorpus } from './retrieval-file.ts'
import { wording } from './wording.ts'

const words = wording.pairs
/** Characters of a line of the file. */
const WIDTH = 46

/** `learn pairs --corpus FILE|DIR --out FILE`: the table of the pairs of characters that are common in laws. */
export const learnPairs: Command = {
  usage: 'learn pairs --corpus=FILE|DIR --out=FILE.ts',
  summary: words.summary,
  options: { corpus: { type: 'string' }, out: { type: 'string' } },
  words: [0, 0],
  database: () => false,
  run: async call => {
    const out = textOf(call.options.out)
    if (out === undefined) throw new WrongCall(words.outWanted)
    const documents = await readCorpus(call)
    const table = commonPairs(documents.flatMap(({ articles }) => articles.map(({ text }) => pairsOf(text))))
    await writeFile(out, moduleOf(table))
    call.terminal.line(
      words.written(
        out,
        table.reduce((sum, [, pairs]) => sum + pairs.length / 2, 0),
      ),
    )
    return true
  },
}

/** The table as the module that the evidence gate reads. */
function moduleOf(table: readonly (readonly [rarity: number, pairs: string])[]): string {
  const lines = table.flatMap(([rarity, pairs]) =>
    (pairs.match(new RegExp(`.{1,${WIDTH}}`, 'gu')) ?? []).map(line => `  [${rarity}, '${line}'],\n`),
  )
  return [
    '/** Pairs of characters that are common in the laws of the country, by how much they tell; made by `learn pairs`. */\n',
    'export const COMMON_PAIRS: readonly (readonly [rarity: number, pairs: string])[] = [\n',
    ...lines,
    ']\n',
  ].join('')
}
