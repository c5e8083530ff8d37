import { type Db, type Document, type MongoClient, ObjectId } from 'mongodb'
import { Identity } from '#server/account/model'
import { Lesson, LessonRecord } from '#server/course/model'
import { Question } from '#server/question/model'
import { Attempt, Memory, Paper } from '#server/quiz/model'
import { ReminderQuota, ReminderWish } from '#server/reminder/model'
import { defaultWishes } from '#server/reminder/plan'
import { addDays, type Day } from '#shared/day'
import { seedContent } from './seed.ts'

const BATCH = 2_000
const QUESTIONS = 5

/** Whom the database of the benchmark is filled with. */
export interface Crowd {
  dbName: string
  count: number
  template: string
  day: Day
}

/** A model, for the name of its collection. */
interface Named {
  collection: { name: string }
}

/** What cadres have before them. */
interface Course {
  lessons: ObjectId[]
  questions: ObjectId[]
}

/**
 * Cadres who want reminders and may be sent two, some way into the course, with a paper of the day before: half of them
 * have opened the day's paper and answered two questions of it.
 */
export async function seedCrowd(
  uri: string,
  client: MongoClient,
  { dbName, count, ...crowd }: Crowd,
): Promise<void> {
  await seedContent(uri, dbName)
  const db = client.db(dbName)
  const idsIn = async ({ collection }: Named, sort: Record<string, 1>) =>
    (await db.collection(collection.name).find().sort(sort).toArray()).map(({ _id }) => _id)
  const course = {
    lessons: await idsIn(Lesson, { order: 1 }),
    questions: await idsIn(Question, { draw: 1 }),
  }
  for (let at = 0; at < count; at += BATCH) {
    const some = Array.from({ length: Math.min(BATCH, count - at) }, (_, i) => at + i)
    await fill(
      db,
      some.map(number => cadre(number, crowd, course)),
    )
  }
}

async function fill(db: Db, cadres: Record<string, Document[]>[]): Promise<void> {
  for (const name of Object.keys(cadres[0] ?? {})) {
    const documents = cadres.flatMap(documentsOf => documentsOf[name] ?? [])
    if (documents.length > 0) await db.collection(name).insertMany(documents, { ordered: false })
  }
}

/** All that is kept of one cadre, by collection. */
function cadre(
  number: number,
  { template, day }: Omit<Crowd, 'dbName' | 'count'>,
  { lessons, questions }: Course,
): Record<string, Document[]> {
  const own = new ObjectId()
  const behind = lessons.slice(0, number % (lessons.length - 1))
  const asked = Array.from(
    { length: QUESTIONS },
    (_, place) => questions[(number + place) % questions.length] ?? own,
  )
  const paper = new ObjectId()
  const lesson = lessons[behind.length] ?? null
  const kind = 'daily'
  const isOpen = number % 2 === 0
  return {
    [Identity.collection.name]: [{ provider: 'wechat', subject: `o-${number}`, cadre: own }],
    [ReminderWish.collection.name]: [{ ...defaultWishes, on: true, cadre: own }],
    [ReminderQuota.collection.name]: [{ cadre: own, template, left: 2, heldBy: null, accepts: [] }],
    [LessonRecord.collection.name]: behind.map(closed => ({
      ...{ cadre: own, lesson: closed, finishedAt: null, closedOn: addDays(day, -1) },
    })),
    [Memory.collection.name]: asked.slice(2).map((question, place) => ({
      ...{ cadre: own, question, topic: '', firstDay: addDays(day, -9), lastDay: addDays(day, -3) },
      ...{ missed: 1, dueOn: addDays(day, place), card: null, mastered: false },
    })),
    [Paper.collection.name]: [
      ...(isOpen ? [[paper, day] as const] : []),
      [new ObjectId(), addDays(day, -1)] as const,
    ].map(([_id, slot]) => ({
      ...{ _id, cadre: own, kind, day: slot, slot, lesson, scope: null, openedAt: new Date() },
      questions: asked.map((question, place) => ({
        ...{ question, version: 1, reason: 'topic', number: place + 1, postponedAt: null },
      })),
    })),
    [Attempt.collection.name]: isOpen
      ? asked.slice(0, 2).map((question, place) => ({
          ...{ cadre: own, paper, kind, question, number: place + 1, version: 1, round: 1, day },
          ...{ chosen: ['A'], correct: true, guessed: false, dontKnow: false, pointsEarned: 1, points: 1 },
          at: new Date(),
        }))
      : [],
  }
}
