import { readFile } from 'node:fs/promises'
import * as z from 'zod'
import {
  bySet,
  calibrated,
  crossValidated,
  type Observation,
  ratesOf,
} from '../../policy/answer/calibration.ts'
import { SIGNS } from '../../policy/answer/evidence.ts'
import { type Command, WrongCall } from '../command.ts'
import { wording as common } from '../wording.ts'
import { wording } from './wording.ts'

const words = wording.refusal
/** So many of the answerable questions are to be answered; a little above the aim, for questions not seen. */
const LEAST = 0.82
const FOLDS = 5

const Evidence = z.union([
  z.object({ settled: z.literal('law-absent'), names: z.array(z.string()) }),
  z.object({ settled: z.enum(['cited', 'article-absent', 'nothing-found']) }),
  z.object({
    settled: z.null(),
    signs: z.object(
      Object.fromEntries(SIGNS.map(sign => [sign, z.number()])) as Record<
        (typeof SIGNS)[number],
        z.ZodNumber
      >,
    ),
  }),
])
const Line = z.object({ set: z.string(), answerable: Evidence, unanswerable: Evidence })

/** `learn refusal FILE`: the evidence gate from what `evaluate refusal --save` observed, and how well it does. */
export const learnRefusal: Command = {
  usage: 'learn refusal FILE',
  summary: words.learnSummary,
  options: {},
  words: [1, 1],
  database: () => false,
  run: async ({ words: [file = ''], terminal }) => {
    const observations = await read(file)
    const gate = calibrated(observations, LEAST)
    terminal.line(words.head)
    for (const [set, part] of bySet(observations)) terminal.line(words.row(set, ratesOf(part, gate)))
    terminal.line(words.folded(FOLDS))
    for (const [set, rates] of crossValidated(observations, LEAST, FOLDS))
      terminal.line(words.row(set, rates))
    terminal.line(words.gate)
    terminal.line(JSON.stringify(gate))
    return true
  },
}

async function read(file: string): Promise<Observation[]> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new WrongCall(common.noFile(file))
  })
  return text.split('\n').flatMap((line, at) => {
    if (line.trim() === '') return []
    try {
      return [Line.parse(JSON.parse(line))]
    } catch {
      throw new WrongCall(words.badRow(file, at + 1))
    }
  })
}
