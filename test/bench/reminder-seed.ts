import { type Db, type Document, type MongoClient, ObjectId } from 'mongodb'
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

/** What cadres have before them. */
interface Course {
  lessons: ObjectId[]
  questions: ObjectId[]
}

/**
 * Cadres who want reminders and may be sent two, some way into the course: half of them have opened the day's paper and
 * answered two questions of it.
 */
export async function seedCrowd(
  uri: string,
  client: MongoClient,
  { dbName, count, ...crowd }: Crowd,
): Promise<void> {
  await seedContent(uri, dbName)
  const db = client.db(dbName)
  const idsIn = async (name: string) => (await db.collection(name).find().toArray()).map(({ _id }) => _id)
  const course = { lessons: await idsIn('lessons'), questions: await idsIn('questions') }
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
    identities: [{ provider: 'wechat', subject: `o-${number}`, cadre: own }],
    reminderwishes: [{ ...defaultWishes, on: true, cadre: own }],
    reminderquotas: [{ cadre: own, template, left: 2, heldBy: null, accepts: [] }],
    lessonrecords: behind.map(closed => ({
      ...{ cadre: own, lesson: closed, finishedAt: null, closedOn: addDays(day, -1) },
    })),
    memories: asked.slice(2).map((question, place) => ({
      ...{ cadre: own, question, topic: '', firstDay: addDays(day, -9), lastDay: addDays(day, -3) },
      ...{ missed: 1, dueOn: addDays(day, place), card: null, mastered: false },
    })),
    papers: isOpen
      ? [
          {
            ...{ _id: paper, cadre: own, kind, day, slot: day, lesson, scope: null, openedAt: new Date() },
            questions: asked.map((question, place) => ({
              ...{ question, version: 1, reason: 'topic', number: place + 1, postponedAt: null },
            })),
          },
        ]
      : [],
    attempts: isOpen
      ? asked.slice(0, 2).map((question, place) => ({
          ...{ cadre: own, paper, kind, question, number: place + 1, version: 1, round: 1, day },
          ...{ chosen: ['A'], correct: true, guessed: false, dontKnow: false, pointsEarned: 1, points: 1 },
          at: new Date(),
        }))
      : [],
  }
}
