import { dayOf } from '#shared/day'
import { Lesson } from '../course/model.ts'
import { inBatches } from '../law-watch.ts'
import { staleAnswers, stopAnswer, suspensionsOn, suspensionWords } from '../policy/service.ts'
import { staleQuestions, stopQuestion } from '../question/service.ts'
import type { Command } from './command.ts'
import { wording } from './wording.ts'

const TOLD_STEM = 30
const words = wording.checkSources

/** `check sources [--suspend]`: what rests on clauses that are no longer the law. */
export const checkSources: Command = {
  usage: 'check sources [--suspend]',
  summary: words.summary,
  options: { suspend: { type: 'boolean' } },
  words: [0, 0],
  database: () => true,
  run: async ({ options, now, terminal }) => {
    let found = 0
    let suspended = 0
    const stop = options.suspend === true
    const tell = (what: string, why: string) => {
      found++
      terminal.line(words.line(what, why))
    }
    const clock = () => now
    const questions = await inBatches(staleQuestions, null, clock, async (stale, _, checked) => {
      for (const each of stale) {
        tell(words.question(each.id, each.stem.slice(0, TOLD_STEM)), each.why)
        if (stop && (await stopQuestion(each, now))) suspended++
      }
      terminal.progress(checked, undefined)
    })
    await inBatches(staleAnswers, null, clock, async stale => {
      for (const each of stale) {
        tell(words.answer(each.id, each.question.slice(0, TOLD_STEM)), each.why)
        if (stop && (await stopAnswer(each, now))) suspended++
      }
    })
    const lessons = await lessonsChecked(dayOf(now), tell)
    terminal.line(found === 0 ? words.good(questions, lessons) : words.bad(questions, lessons, found))
    if (suspended > 0) terminal.line(words.suspended(suspended))
    return found === 0
  },
}

/** Lessons are told of and go on: their questions stop by themselves. */
async function lessonsChecked(today: string, tell: (what: string, why: string) => void): Promise<number> {
  const lessons = await Lesson.find({ status: 'published' }, { title: 1, sources: 1 }).lean()
  const resting = lessons.map(({ _id, sources }) => ({
    id: _id.toString(),
    sources: sources.map(({ law, article, checkedOn }) => ({
      ...{ law, article: article ?? '', checkedOn: checkedOn ?? null },
    })),
  }))
  const titles = new Map(lessons.map(({ _id, title }) => [_id.toString(), title]))
  for (const news of await suspensionsOn(resting, today))
    tell(words.lesson(titles.get(news.id) ?? ''), suspensionWords(news))
  return lessons.length
}
