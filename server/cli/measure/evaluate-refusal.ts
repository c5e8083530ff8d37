import { appendFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { createModel, type Model } from '../../clients/model.ts'
import { type Observation, type Rates, ratesOf } from '../../policy/answer/calibration.ts'
import { GATE, verdictOn } from '../../policy/answer/gate.ts'
import {
  type KeyedFound,
  type KnownArticles,
  observationOf,
  withoutClauses,
} from '../../policy/answer/observation.ts'
import { writeAnswer } from '../../policy/answer/writing-service.ts'
import { type Call, type Command, textOf, WrongCall } from '../command.ts'
import { wording } from './wording.ts'

const words = wording.refusal
/** Deep enough that something is left when the clauses that answer are taken out. */
const LIMIT = 30
/** Clauses a model is given. */
const GIVEN = 5
/** The stand-in of the tests understands nothing: its figures would tell nothing. */
const STAND_IN = /^demo\b/

/** What the command asks of a retrieval: any that can search a corpus of articles and tell their words. */
export interface RefusalCorpus extends KnownArticles {
  questions: readonly { question: string; gold: readonly string[] }[]
  search: (question: string, limit: number) => KeyedFound
}

/** `evaluate refusal`: how often questions are answered whose clauses are there, and refused whose clauses are not. */
export const evaluateRefusal = (open: (call: Call) => Promise<RefusalCorpus>): Command => ({
  usage:
    'evaluate refusal --corpus=FILE|DIR --queries=FILE [--folds=N] [--save=FILE] [--endpoint=URL] [--model=NAME]',
  summary: words.evaluateSummary,
  options: {
    corpus: { type: 'string' },
    queries: { type: 'string' },
    folds: { type: 'string' },
    save: { type: 'string' },
    endpoint: { type: 'string' },
    model: { type: 'string' },
  },
  words: [0, 0],
  database: () => false,
  run: async call => {
    const { options, terminal } = call
    const model = modelOf(call)
    const corpus = await open(call)
    const set = basename(textOf(options.queries) ?? '')
    const found = corpus.questions.map(asked => ({ ...asked, found: corpus.search(asked.question, LIMIT) }))
    const observations = found.map(one => observationOf(set, one, one.found, corpus))
    terminal.line(words.head)
    terminal.line(words.row(words.excerpts, ratesOf(observations, GATE)))
    if (model)
      terminal.line(words.row(words.withModel, await ratesWith(model, found, observations, corpus, call)))
    else terminal.line(words.noModel)
    const save = textOf(options.save)
    if (save !== undefined) {
      await appendFile(save, observations.map(one => `${JSON.stringify(one)}\n`).join(''))
      terminal.line(words.saved(save, observations.length))
    }
    return true
  },
})

function modelOf({ options, env }: Call): Model | undefined {
  const base = textOf(options.endpoint)
  if (base === undefined) return undefined
  const settings = env().model
  if (!settings) throw new WrongCall(words.modelWanted)
  const name = textOf(options.model) ?? settings.name
  if (STAND_IN.test(name)) throw new WrongCall(words.standIn)
  return createModel({ ...settings, base, name })
}

interface FoundFor {
  question: string
  gold: readonly string[]
  found: KeyedFound
}

/** The same with a model behind the gate: it refuses, too, where it finds nothing or rests on nothing. */
async function ratesWith(
  model: Model,
  questions: readonly FoundFor[],
  observations: readonly Observation[],
  corpus: RefusalCorpus,
  { terminal }: Call,
): Promise<Rates> {
  let [answered, refused] = [0, 0]
  for (const [at, { question, gold, found }] of questions.entries()) {
    const observation = observations[at]
    if (!observation) continue
    const asked = async (evidence: Observation['answerable'], among: KeyedFound) =>
      verdictOn(evidence).answer && (await answers(model, question, among, corpus))
    if (await asked(observation.answerable, found)) answered++
    if (!(await asked(observation.unanswerable, withoutClauses(found, gold, corpus)))) refused++
    terminal.progress(at + 1, questions.length)
  }
  const of = Math.max(questions.length, 1)
  return { answered: answered / of, refused: refused / of, questions: questions.length }
}

/** A call that fails ends the measurement: a guess would be a false figure. */
async function answers(
  model: Model,
  question: string,
  { hits }: KeyedFound,
  { textOf }: KnownArticles,
): Promise<boolean> {
  const passages = hits.slice(0, GIVEN).map(({ key }) => ({
    ...{ id: key, title: key, label: '', path: [], text: textOf(key) },
    ...{ standing: 'in-force' as const, confirmed: false, collectedOn: null },
  }))
  const written = await writeAnswer({ question, passages, model })
  if (written.outcome === 'failed') throw written.failure
  return written.outcome === 'written'
}
