import { dayOf } from '#shared/day'
import { Lesson } from '../course/model.ts'
import { suspensionsOn, type CheckedResting, type Suspension } from '../policy/service.ts'
import { Question } from '../question/model.ts'
import { setStatus } from '../question/service.ts'
import type { Command } from './command.ts'
import { wording } from './wording.ts'

const BATCH = 500
const TOLD_STEM = 30

interface Named extends CheckedResting {
  what: string
}

/** `check sources [--suspend]`: what rests on clauses that are no longer the law. */
export const checkSources: Command = {
  usage: 'check sources [--suspend]',
  summary: wording.checkSources.summary,
  options: { suspend: { type: 'boolean' } },
  words: [0, 0],
  database: () => true,
  run: async ({ options, now, terminal }) => {
    const today = dayOf(now)
    const questions = await check(questionsInBatches(), today, done => terminal.progress(done, undefined))
    const lessons = await check(lessonsInBatches(), today, () => undefined)
    for (const { named, suspension } of [...questions.found, ...lessons.found]) {
      terminal.line(lineOf(named, suspension))
    }
    const found = questions.found.length + lessons.found.length
    const { good, bad, suspended } = wording.checkSources
    terminal.line(
      found === 0 ? good(questions.checked, lessons.checked) : bad(questions.checked, lessons.checked, found),
    )
    if (options.suspend === true && questions.found.length > 0) {
      for (const { named } of questions.found) await setStatus(named.id, 'retired')
      terminal.line(suspended(questions.found.length))
    }
    return found === 0
  },
}

interface Checked {
  checked: number
  found: { named: Named; suspension: Suspension }[]
}

async function check(
  batches: AsyncGenerator<Named[]>,
  today: string,
  onProgress: (done: number) => void,
): Promise<Checked> {
  const result: Checked = { checked: 0, found: [] }
  for await (const batch of batches) {
    const byId = new Map(batch.map(named => [named.id, named]))
    for (const suspension of await suspensionsOn(batch, today)) {
      const named = byId.get(suspension.id)
      if (named) result.found.push({ named, suspension })
    }
    result.checked += batch.length
    onProgress(result.checked)
  }
  return result
}

async function* questionsInBatches(): AsyncGenerator<Named[]> {
  let batch: Named[] = []
  const published = Question.find({ status: 'published', 'sources.0': { $exists: true } })
  for await (const { _id, stem, sources } of published.lean().cursor()) {
    const id = _id.toString()
    batch.push({
      id,
      sources: plain(sources),
      what: wording.checkSources.question(id, stem.slice(0, TOLD_STEM)),
    })
    if (batch.length === BATCH) {
      yield batch
      batch = []
    }
  }
  if (batch.length > 0) yield batch
}

async function* lessonsInBatches(): AsyncGenerator<Named[]> {
  const lessons = await Lesson.find({ status: 'published' }, { title: 1, sources: 1 }).lean()
  const named = lessons.map(({ _id, title, sources }) => ({
    ...{ id: _id.toString(), sources: plain(sources), what: wording.checkSources.lesson(title) },
  }))
  if (named.length > 0) yield named
}

interface StoredSource {
  law: string
  article?: string | null | undefined
  checkedOn?: string | null | undefined
}

const plain = (sources: StoredSource[]): CheckedResting['sources'] =>
  sources.map(({ law, article, checkedOn }) => ({
    law,
    article: article ?? '',
    checkedOn: checkedOn ?? null,
  }))

const lineOf = ({ what }: Named, { law, label, reason, to }: Suspension): string =>
  wording.checkSources.line(what, law, label, wording.checkSources.reasons[reason], to)
