import type { Types } from 'mongoose'
import type { Day } from '#shared/day'
import { idText, type Session, transaction } from '../base/mongo.ts'
import { raiseAlarm, type Settled, suspensionsOn, suspensionWords } from '../policy/service.ts'
import { Question } from './model.ts'

/** A published question that rests on what is no longer the law, and why it stops. */
export interface StaleQuestion {
  id: string
  stem: string
  why: string
}

interface Resting {
  _id: Types.ObjectId
  stem: string
  sources: { law: string; article?: string | null; checkedOn?: Day | null }[]
}

/** So many published questions with sources, by id after `after`: how many, the last of them, and which must stop. */
export async function staleQuestions(call: { after: string | null; limit: number; today: Day }) {
  const { after, limit, today } = call
  const found = await Question.find(
    {
      status: 'published',
      'sources.0': { $exists: true },
      ...(after !== null && { _id: { $gt: after } }),
    },
    { stem: 1, sources: 1 },
  )
    .sort({ _id: 1 })
    .limit(limit)
    .lean<Resting[]>()
  const resting = found.map(({ _id, sources }) => ({
    id: idText(_id),
    sources: sources.map(({ law, article, checkedOn }) => ({
      ...{ law, article: article ?? '', checkedOn: checkedOn ?? null },
    })),
  }))
  const stems = new Map(found.map(({ _id, stem }) => [idText(_id), stem]))
  const stale = (await suspensionsOn(resting, today)).map((news): StaleQuestion => ({
    id: news.id,
    stem: stems.get(news.id) ?? '',
    why: suspensionWords(news),
  }))
  const last = found.at(-1)
  return { checked: found.length, last: last === undefined ? null : idText(last._id), stale }
}

/** Stops a question and raises an alarm; true where it was published until now. */
export async function stopQuestion({ id, stem, why }: StaleQuestion, now: Date): Promise<boolean> {
  return transaction(async session => {
    const { modifiedCount } = await Question.updateOne(
      { _id: id, status: 'published' },
      { status: 'suspended' },
      { session },
    )
    if (modifiedCount === 0) return false
    await raiseAlarm({ subject: 'question', ref: id, what: stem, why, now }, session)
    return true
  })
}

/** Puts a question back that a changed clause stopped, as checked today; false where it was not stopped. */
export async function resumeQuestion(id: string, today: Day, session?: Session): Promise<boolean> {
  const { modifiedCount } = await Question.updateOne(
    { _id: id, status: 'suspended' },
    { $set: { status: 'published', 'sources.$[].checkedOn': today } },
    session && { session },
  )
  return modifiedCount > 0
}

/** Carries out what an editor decided on a question that was stopped. */
export async function settleQuestion({ question, resume, today }: Settled, session: Session): Promise<void> {
  if (resume) await resumeQuestion(question, today, session)
  else await Question.updateOne({ _id: question, status: 'suspended' }, { status: 'retired' }, { session })
}
