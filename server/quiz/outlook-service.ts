import { Types } from 'mongoose'
import { dayOf } from '#shared/day'
import { idText, read } from '../base/mongo.ts'
import { lessonsBehind, type NamedLesson, publishedLessons } from '../course/outlook-service.ts'
import { standingsOf } from '../question/service.ts'
import { foresee } from './foreseen-service.ts'
import { Paper, type StoredPaper } from './model.ts'
import { lessonAhead, type Outlook, placesIn } from './outlook.ts'
import { answersIn } from './paper-answers-service.ts'

export type { Outlook } from './outlook.ts'

const PAPER_FIELDS = { cadre: 1, lesson: 1, 'questions.question': 1, 'questions.reason': 1 }

/** What the day of each of these cadres holds, as `today` would show it. A paper nobody has opened stays unopened. */
export async function outlooksOf(
  cadreIds: readonly string[],
  now: Date,
): Promise<ReadonlyMap<string, Outlook>> {
  const day = dayOf(now)
  const cadres = cadreIds.map(id => new Types.ObjectId(id))
  const [papers, lessons] = await Promise.all([
    read<StoredPaper>(Paper, { cadre: { $in: cadres }, slot: day }, { projection: PAPER_FIELDS }),
    publishedLessons(),
  ])
  const opened = papers.filter(({ questions }) => questions.length > 0)
  const seen = new Set(opened.map(({ cadre }) => idText(cadre)))
  const unseen = cadres.filter(cadre => !seen.has(idText(cadre)))
  const empty = new Map(papers.map(({ cadre, lesson }) => [idText(cadre), lesson && idText(lesson)]))
  const outlooks = await Promise.all([lookInto(opened, lessons), foresee(unseen, { day, lessons, empty })])
  return new Map(outlooks.flat())
}

/** Papers that were opened, as they stand. */
async function lookInto(
  papers: readonly StoredPaper[],
  lessons: readonly NamedLesson[],
): Promise<[string, Outlook][]> {
  if (papers.length === 0) return []
  const [answers, bank, behind] = await Promise.all([
    answersIn(papers.map(({ _id }) => _id)),
    standingsOf(papers.flatMap(({ questions }) => questions.map(({ question }) => question))),
    lessonsBehind(
      papers.map(({ cadre }) => cadre),
      papers.flatMap(({ lesson }) => lesson ?? []),
    ),
  ])
  const byId = new Map(lessons.map(lesson => [lesson.id, lesson]))
  return papers.map(({ _id, cadre, lesson, questions }) => {
    const places = questions.map(({ question, reason }) => ({ question: idText(question), reason }))
    const own = behind.get(idText(cadre)) ?? []
    return [
      idText(cadre),
      {
        lesson: lessonAhead(lesson && byId.get(idText(lesson)), own),
        questions: placesIn(places, answers.get(idText(_id)) ?? [], question => bank.has(question)),
      },
    ]
  })
}
