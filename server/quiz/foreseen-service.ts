import { Types } from 'mongoose'
import { addDays, type Day } from '#shared/day'
import { atOnce } from '../base/at-once.ts'
import { grouped } from '../base/grouped.ts'
import { idText, read, readOne } from '../base/mongo.ts'
import { ahead, type BehindThem, lessonsBehind, type NamedLesson } from '../course/outlook-service.ts'
import { type Standing, standingsOf } from '../question/service.ts'
import { type DailyLesson, dailyLesson, LESSONS_LOOKED_AT, type Met } from './daily-lesson.ts'
import { Memory, Paper, type StoredMemory, type StoredPaper } from './model.ts'
import { lessonAhead, type Outlook, placesOf } from './outlook.ts'
import { answersIn } from './paper-answers-service.ts'
import { isDone } from './progress.ts'
import { DUE_READ, QUESTIONS_A_DAY, select } from './selection.ts'
import { topicCandidates } from './topic-service.ts'

/** Cadres looked at one by one at the same time. */
const AT_ONCE = 16
/** Days looked back over for the last paper, in steps: nearly everybody has one of yesterday. */
const LOOKED_BACK = [1, 7, 30]

/** What a paper would be made from. */
interface Ground {
  day: Day
  lessons: readonly NamedLesson[]
  /** The lesson of papers that were opened while there were no questions; by cadre. */
  empty: ReadonlyMap<string, string | null>
}

/** What `today` would open for each of these cadres, decided as `openDaily` decides it. */
export async function foresee(
  cadres: readonly Types.ObjectId[],
  ground: Ground,
): Promise<[string, Outlook][]> {
  if (cadres.length === 0) return []
  const { day, lessons } = ground
  const [behind, passed, due] = await Promise.all([
    lessonsBehind(cadres),
    lastPassed(cadres, day),
    dueOn(cadres, day),
  ])
  const facing = new Map(
    cadres.map(idText).map(cadreId => {
      const closed = [...(behind.get(cadreId) ?? []), ...(passed.get(cadreId) ?? [])]
      return [cadreId, ahead(lessons, closed, day)]
    }),
  )
  const daily = await lessonsOn(day, facing)
  const bank = await standingsOf([
    ...[...due.values()].flat().map(({ question }) => question),
    ...[...daily.values()].flatMap(({ fresh }) => fresh),
  ])
  return atOnce(AT_ONCE, cadres.map(idText), async cadreId => {
    const facts: Facts = {
      ...ground,
      behind: behind.get(cadreId) ?? [],
      ahead: facing.get(cadreId) ?? [],
      today: daily.get(cadreId) ?? dailyLesson([], [], day),
      due: (due.get(cadreId) ?? []).map(({ question }) => idText(question)),
      bank,
    }
    return [cadreId, await outlookOf(cadreId, facts)]
  })
}

/** What is known of one cadre. */
interface Facts extends Ground {
  behind: readonly BehindThem[]
  ahead: readonly NamedLesson[]
  today: DailyLesson<NamedLesson>
  due: readonly string[]
  bank: ReadonlyMap<string, Standing>
}

async function outlookOf(cadreId: string, facts: Facts): Promise<Outlook> {
  const { day, lessons, empty, today, bank } = facts
  const isUsable = (question: string) => bank.get(question)?.status === 'published'
  const due = facts.due.filter(isUsable)
  const fresh = today.fresh.filter(question => isUsable(question) && bank.get(question)?.daily === true)
  const lesson = lessonAhead(today.lesson, facts.behind)
  const seed = `${cadreId}:${day}`
  const isFull = new Set([...due, ...fresh]).size >= QUESTIONS_A_DAY
  const isUnread = lesson !== null && !lesson.finished
  const topic =
    isFull || (isUnread && !empty.has(cadreId))
      ? []
      : await topicCandidates(cadreId, { day, seed, ahead: facts.ahead, dueIds: due, fresh })
  const selected = select({ due, lesson: fresh, topic, answeredToday: today.answeredToday }, seed)
  // An empty paper stays as it was until there are questions for it.
  const kept = selected.length === 0 ? empty.get(cadreId) : undefined
  return {
    lesson:
      kept === undefined
        ? lesson
        : lessonAhead(
            lessons.find(({ id }) => id === kept),
            facts.behind,
          ),
    questions: placesOf(selected),
  }
}

/** The lesson of the last daily paper before `day`, where it was worked through: then it is passed. */
async function lastPassed(
  cadres: readonly Types.ObjectId[],
  day: Day,
): Promise<ReadonlyMap<string, BehindThem[]>> {
  const last = await lastPapers(cadres, day)
  const withLesson = last.filter(({ lesson, questions }) => lesson !== null && questions.length > 0)
  const answers = await answersIn(withLesson.map(({ _id }) => _id))
  const done = withLesson.filter(({ _id, questions }) =>
    isDone(
      questions.map(({ question }) => idText(question)),
      answers.get(idText(_id)) ?? [],
    ),
  )
  return grouped(done, ({ cadre, lesson, day: closedOn }) => [
    idText(cadre),
    { lesson: String(lesson), closedOn, finished: false },
  ])
}

const PAPER_FIELDS = { cadre: 1, day: 1, lesson: 1, 'questions.question': 1 }

/** The last daily paper of each before `day`. */
async function lastPapers(cadres: readonly Types.ObjectId[], day: Day): Promise<StoredPaper[]> {
  const last = new Map<string, StoredPaper>()
  let open = [...cadres]
  for (const days of LOOKED_BACK) {
    if (open.length === 0) break
    const papers = await read<StoredPaper>(
      Paper,
      { cadre: { $in: open }, slot: { $gte: addDays(day, -days), $lt: day } },
      { projection: PAPER_FIELDS },
    )
    for (const paper of papers) {
      const cadreId = idText(paper.cadre)
      if ((last.get(cadreId)?.day ?? '') < paper.day) last.set(cadreId, paper)
    }
    open = open.filter(cadre => !last.has(idText(cadre)))
  }
  const older = await atOnce(AT_ONCE, open, cadre =>
    readOne<StoredPaper>(
      Paper,
      { cadre, slot: { $lt: day } },
      { sort: { slot: -1 }, projection: PAPER_FIELDS },
    ),
  )
  return [...last.values(), ...older.flatMap(paper => paper ?? [])]
}

/** Due reviews of each, the oldest first. */
async function dueOn(
  cadres: readonly Types.ObjectId[],
  day: Day,
): Promise<ReadonlyMap<string, StoredMemory[]>> {
  const found = await read<StoredMemory>(
    Memory,
    { cadre: { $in: [...cadres] }, dueOn: { $lte: day } },
    { projection: { cadre: 1, question: 1, dueOn: 1 } },
  )
  const byCadre = grouped(found, memory => [idText(memory.cadre), memory])
  for (const [cadreId, due] of byCadre) byCadre.set(cadreId, due.sort(inOrder).slice(0, DUE_READ))
  return byCadre
}

const inOrder = (a: StoredMemory, b: StoredMemory): number =>
  compare(a.dueOn ?? '', b.dueOn ?? '') || compare(idText(a._id), idText(b._id))

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** The lesson of the day of each. One lesson ahead is looked at after the other, as the first one nearly always is it. */
async function lessonsOn(
  day: Day,
  facing: ReadonlyMap<string, readonly NamedLesson[]>,
): Promise<ReadonlyMap<string, DailyLesson<NamedLesson>>> {
  const found = new Map<string, DailyLesson<NamedLesson>>()
  const met = new Map<string, Met[]>()
  let open = [...facing]
  for (let looked = 1; open.length > 0 && looked <= LESSONS_LOOKED_AT; looked += 1) {
    const questions = open.flatMap(([, lessons]) => lessons[looked - 1]?.questionIds ?? [])
    for (const [cadreId, more] of await metOf(
      open.map(([cadreId]) => cadreId),
      questions,
    ))
      met.set(cadreId, [...(met.get(cadreId) ?? []), ...more])
    for (const [cadreId, lessons] of open)
      found.set(cadreId, dailyLesson(lessons.slice(0, looked), met.get(cadreId) ?? [], day))
    open = open.filter(([cadreId, lessons]) => !found.get(cadreId)?.lesson && lessons.length > looked)
  }
  return found
}

async function metOf(
  cadreIds: readonly string[],
  questions: readonly string[],
): Promise<ReadonlyMap<string, Met[]>> {
  if (questions.length === 0) return new Map()
  const ids = (texts: Iterable<string>) => [...texts].map(text => new Types.ObjectId(text))
  const memories = await read<StoredMemory>(
    Memory,
    { cadre: { $in: ids(cadreIds) }, question: { $in: ids(new Set(questions)) } },
    { projection: { _id: 0, cadre: 1, question: 1, firstDay: 1, lastDay: 1 } },
  )
  return grouped(memories, ({ cadre, question, firstDay, lastDay }) => [
    idText(cadre),
    { question: idText(question), firstDay, lastDay },
  ])
}
