import { appendFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { createModel, type Model } from '../../clients/model.ts'
import { type Observation, type Rates, ratesOf } from '../../policy/answer/calibration.ts'
import { GATE, verdictOn } from '../../policy/answer/gate.ts'
import {
  evidenceIn,
  evidenceWithAndWithout,
  type KeyedFound,
  type KnownArticles,
  withoutClauses,
} from '../../policy/answer/observation.ts'
import { writeAnswer } from '../../policy/answer/writing-service.ts'
import { type Call, type Command, textOf, WrongCall } from '../command.ts'
import type { NumberedQuestion } from './small-corpus.ts'
import { wording } from './wording.ts'

const words = wording.refusal
/** Deep enough that something is left when the clauses that answer are taken out. */
const LIMIT = 30
/** Clauses a model is given. */
const GIVEN = 5
/** The stand-in of the tests understands nothing: its figures would tell nothing. */
const STAND_IN = /^demo\b/

/** A corpus that is ready to be searched. */
export interface RefusalSearch {
  search: (question: string, limit: number) => KeyedFound
  /** Whether it has a law, in whatever version, of which one of these articles is. */
  hasLawOf: (gold: readonly string[]) => boolean
}

/** What the command asks of a retrieval: any that can search corpora of articles and tell their words. */
export interface RefusalCorpus extends KnownArticles {
  /** Corpora by their size; those of one size have each question once. */
  sizes: readonly {
    size: string
    corpora: readonly { questions: readonly NumberedQuestion[]; open: () => RefusalSearch }[]
  }[]
}

/** `evaluate refusal`: how often questions are answered whose clauses are there, and refused whose clauses are not. */
export const evaluateRefusal = (open: (call: Call) => Promise<RefusalCorpus>): Command => ({
  usage:
    'evaluate refusal --corpus=FILE|DIR --queries=FILE [--folds=N] [--sizes=50,500,all] [--save=FILE] [--endpoint=URL] [--model=NAME]',
  summary: words.evaluateSummary,
  options: {
    corpus: { type: 'string' },
    queries: { type: 'string' },
    folds: { type: 'string' },
    sizes: { type: 'string' },
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
    const save = textOf(options.save)
    terminal.line(words.head)
    for (const { size, corpora } of corpus.sizes) {
      const found = askedOf(corpora, corpus)
      const observations = found.map(({ number, evidence }) => ({ set, number, size, ...evidence }))
      terminal.line(words.row(words.excerpts(size), ratesOf(observations, GATE)))
      if (model) terminal.line(words.row(words.withModel(size), await ratesWith(model, found, corpus, call)))
      if (save === undefined) continue
      await appendFile(save, observations.map(one => `${JSON.stringify(one)}\n`).join(''))
      terminal.line(words.saved(save, observations.length))
    }
    if (!model) terminal.line(words.noModel)
    return true
  },
})

/** A question with what was found for it. */
interface Asked extends NumberedQuestion {
  found: KeyedFound
  evidence: Pick<Observation, 'answerable' | 'unanswerable' | 'stranger'>
}

/** Each question asked of its corpus, and as a stranger of the one before, where that has none of its laws. */
function askedOf(corpora: RefusalCorpus['sizes'][number]['corpora'], articles: KnownArticles): Asked[] {
  let before = corpora.length > 1 ? corpora.at(-1)?.open() : undefined
  return corpora.flatMap(({ questions, open }) => {
    const [elsewhere, here] = [before, open()]
    before = here
    return questions.map(asked => {
      const { question, gold } = asked
      const found = here.search(question, LIMIT)
      const stranger =
        elsewhere && !elsewhere.hasLawOf(gold)
          ? evidenceIn(question, elsewhere.search(question, LIMIT), articles)
          : null
      return { ...asked, found, evidence: { ...evidenceWithAndWithout(asked, found, articles), stranger } }
    })
  })
}

function modelOf({ options, env }: Call): Model | undefined {
  const base = textOf(options.endpoint)
  if (base === undefined) return undefined
  const settings = env().model
  if (!settings) throw new WrongCall(words.modelWanted)
  const name = textOf(options.model) ?? settings.name
  if (STAND_IN.test(name)) throw new WrongCall(words.standIn)
  return createModel({ ...settings, base, name })
}

/** The same with a model behind the gate: it refuses, too, where it finds nothing or rests on nothing. */
async function ratesWith(
  model: Model,
  questions: readonly Asked[],
  corpus: RefusalCorpus,
  { terminal }: Call,
): Promise<Rates> {
  let [answered, refused] = [0, 0]
  for (const [at, { question, gold, found, evidence }] of questions.entries()) {
    const asked = async (one: Observation['answerable'], among: KeyedFound) =>
      verdictOn(one).answer && (await answers(model, question, among, corpus))
    if (await asked(evidence.answerable, found)) answered++
    if (!(await asked(evidence.unanswerable, withoutClauses(found, gold, corpus)))) refused++
    terminal.progress(at + 1, questions.length)
  }
  const of = Math.max(questions.length, 1)
  return { answered: answered / of, refused: refused / of, strangers: null, questions: questions.length }
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
