import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { Types } from 'mongoose'
import { Lesson, LessonRecord } from '#server/course/model'
import { Question } from '#server/question/model'
import { Paper } from '#server/quiz/model'
import { answer, type Outlook, outlooksOf, type Today, today } from '#server/quiz/service'
import { openWork } from '#server/reminder/day-work'
import { addDays, type Day, dayOf } from '#shared/day'
import { startDatabase } from '../support/app.ts'
import { aQuestion, questions } from '../support/factories.ts'

startDatabase()

const LESSONS = 4
const FIRST_DAY = '2026-11-23'

/** Lessons of two questions each, and `more` questions of topics. */
async function course(more: number): Promise<void> {
  await Promise.all([Lesson.deleteMany({}), Question.deleteMany({})])
  await questions(more)
  for (let order = 1; order <= LESSONS; order += 1) {
    const own = [await aQuestion(), await aQuestion({ daily: order % 2 === 0 })]
    await Lesson.create({
      ...{
        order,
        slug: `l-${order}`,
        title: `第${order}课`,
        category: '基层治理',
        topic: '信访',
        minutes: 3,
      },
      ...{ scene: '窗口', body: [], tomorrow: [], sources: [], reviewBy: '2027-06-30', checksum: `${order}` },
      ...{ questions: own.map(({ id }) => id), status: 'published', version: 1, at: new Date() },
    })
  }
}

/** What today's page shows, in the words of the outlook. */
const outlookIn = ({ lesson, paper }: Today): Outlook => ({
  lesson: lesson && { id: lesson.id, title: lesson.title, finished: lesson.finished },
  questions: paper.questions.map(({ reason, state, answered }) => ({
    ...{ reason, state, answered: answered !== null },
  })),
})
const sorted = ({ lesson, questions: places }: Outlook) => ({
  lesson,
  places: places.map(place => JSON.stringify(place)).sort(),
})

/** A cadre whose day goes on by steps. */
function aCadre() {
  const cadreId = String(new Types.ObjectId())
  let day: Day = FIRST_DAY
  const now = () => new Date(`${day}T09:00:00+08:00`)
  const outlook = async () => (await outlooksOf([cadreId], now())).get(cadreId)
  const open = () => today({ cadreId, now: now() })
  const answerSome = async (count: number, right: boolean) => {
    const left = (await open()).paper.questions.filter(({ state }) => state !== 'right').slice(0, count)
    for (const { question, round } of left) {
      const chosen = right ? ['B'] : ['A']
      await answer({ cadreId, questionId: question.id, round, chosen, now: now() })
    }
  }
  const steps = {
    open,
    right: () => answerSome(2, true),
    wrong: () => answerSome(2, false),
    all: () => answerSome(9, true),
    read: async () => {
      const { lesson } = await open()
      if (!lesson) return
      const owned = { cadre: cadreId, lesson: lesson.id }
      const finished = { $set: { finishedAt: now() }, $setOnInsert: { closedOn: day } }
      await LessonRecord.updateOne(owned, finished, { upsert: true })
    },
    'next day': () => void (day = addDays(day, 1)),
    'next week': () => void (day = addDays(day, 8)),
    'a question is retired': () => Question.updateOne({ status: 'published' }, { status: 'retired' }),
    'a question is lost': () => Question.deleteOne({}),
    'a lesson is withdrawn': () => Lesson.updateOne({ status: 'published' }, { status: 'retired' }),
    'questions come': () => questions(2),
  }
  return { cadreId, now, outlook, open, steps }
}
type Step = keyof ReturnType<typeof aCadre>['steps']

const isUnread = ({ lesson }: Outlook): boolean => lesson !== null && !lesson.finished
const ordinary: Step[] = ['open', 'right', 'wrong', 'all', 'all', 'read', 'next day', 'next day', 'next week']
const odd: Step[] = ['a question is retired', 'a question is lost', 'a lesson is withdrawn', 'questions come']

test('the outlook says what today’s page shows when it is opened, and opens nothing itself', async () => {
  const kinds = new Set<string>()
  const days = fc.array(fc.constantFrom(...ordinary, ...ordinary, ...odd), { minLength: 6, maxLength: 16 })
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(0, 3, 12), days, async (more, steps) => {
      await course(more)
      const cadre = aCadre()
      for (const step of steps) {
        await cadre.steps[step]()
        const before = await cadre.outlook()
        const slot = dayOf(cadre.now())
        const wasOpen = await Paper.exists({ cadre: cadre.cadreId, slot, 'questions.0': { $exists: true } })
        if (!wasOpen && step !== 'next week') continue
        const shown = outlookIn(await cadre.open())
        if (!before) throw new Error('no outlook')
        expect(openWork(before)).toEqual(openWork(shown))
        if (wasOpen || !isUnread(shown)) expect(sorted(before)).toEqual(sorted(shown))
        kinds.add(wasOpen ? 'opened' : isUnread(shown) ? 'unopened' : 'unopened, lesson read')
        for (const { kind } of openWork(shown)) kinds.add(kind)
      }
    }),
    { numRuns: 25, seed: 20261123 },
  )
  expect(kinds).toEqual(
    new Set(['opened', 'unopened', 'unopened, lesson read', 'unfinished-quiz', 'review-due', 'daily-lesson']),
  )
}, 120_000)

test('of many cadres each has its own outlook, and none has a paper for it', async () => {
  await course(12)
  const cadres = Array.from({ length: 30 }, aCadre)
  for (const [at, cadre] of cadres.entries()) if (at % 3 === 0) await cadre.steps.right()
  const [first] = cadres
  const outlooks = await outlooksOf(
    cadres.map(({ cadreId }) => cadreId),
    first?.now() ?? new Date(),
  )
  expect(await Paper.countDocuments({ cadre: { $in: cadres.map(({ cadreId }) => cadreId) } })).toBe(10)
  for (const { cadreId, open } of cadres) {
    const [foreseen, shown] = [outlooks.get(cadreId), outlookIn(await open())]
    expect(foreseen && openWork(foreseen)).toEqual(openWork(shown))
  }
})
