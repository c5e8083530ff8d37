import { readFile } from 'node:fs/promises'
import * as z from 'zod'
import {
  type Aim,
  calibrated,
  crossValidated,
  grouped,
  meanOf,
  type Observation,
  type Rates,
  ratesOf,
} from '../../policy/answer/calibration.ts'
import { SIGNS } from '../../policy/answer/evidence.ts'
import { type Command, WrongCall } from '../command.ts'
import { wording as common } from '../wording.ts'
import { wording } from './wording.ts'

const words = wording.refusal
/** A little above what is aimed at, for questions not seen. */
const AIM: Aim = { answered: 0.82, refused: 0.72, strangers: 0.92 }
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
    articles: z.number(),
  }),
])
const Line = z.object({
  ...{ set: z.string(), number: z.number(), size: z.string() },
  ...{ answerable: Evidence, unanswerable: Evidence, stranger: Evidence.nullable() },
})

/** `learn refusal FILE`: the evidence gate from what `evaluate refusal --save` observed, and how well it does. */
export const learnRefusal: Command = {
  usage: 'learn refusal FILE',
  summary: words.learnSummary,
  options: {},
  words: [1, 1],
  database: () => false,
  run: async ({ words: [file = ''], terminal }) => {
    const observations = await read(file)
    const gate = calibrated(observations, AIM)
    const tell = (rates: Map<string, Rates>) => {
      for (const [name, rate] of rates) terminal.line(words.row(name, rate))
      const bySize = grouped(observations, ({ size }) => size).keys()
      for (const size of bySize) {
        const ofSize = [...rates].filter(([name]) => name.endsWith(` ${size}`)).map(([, rate]) => rate)
        terminal.line(words.row(words.mean(size), meanOf(ofSize)))
      }
    }
    terminal.line(words.head)
    tell(new Map([...grouped(observations, cellOf)].map(([name, part]) => [name, ratesOf(part, gate)])))
    terminal.line(words.folded(FOLDS))
    tell(crossValidated(observations, AIM, FOLDS, cellOf))
    terminal.line(words.gate)
    terminal.line(JSON.stringify(gate))
    return true
  },
}

/** A set of questions and the size of the corpora. */
const cellOf = ({ set, size }: Observation): string => `${set} ${size}`

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
