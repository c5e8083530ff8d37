import { Types } from 'mongoose'
import type { QuestionType, Source } from '#shared/question'
import { idText, read } from '../base/mongo.ts'
import { Question } from './model.ts'

/** A question of the bank, whole: with key and explanation. */
export interface BankQuestion {
  id: string
  type: QuestionType
  topic: string
  stem: string
  options: { label: string; text: string; why: string }[]
  key: string[]
  ordered: boolean
  explanation: string
  sources: Source[]
  /** `suspended`: a clause it rests on changed, and no editor has looked yet. */
  status: 'draft' | 'published' | 'retired' | 'suspended'
  daily: boolean
  version: number
}

const FIELDS = {
  type: 1,
  topic: 1,
  stem: 1,
  options: 1,
  key: 1,
  ordered: 1,
  explanation: 1,
  sources: 1,
  status: 1,
  daily: 1,
  version: 1,
} as const

/** The questions with these ids, whatever their status, in the order of the ids; unknown ids are left out. */
export async function findQuestions(ids: readonly (string | Types.ObjectId)[]): Promise<BankQuestion[]> {
  const wanted = ids.map(String).filter(id => Types.ObjectId.isValid(id))
  if (wanted.length === 0) return []
  const filter = { _id: { $in: wanted.map(id => new Types.ObjectId(id)) } }
  const found = await read<Stored & { _id: Types.ObjectId }>(Question, filter, { projection: FIELDS })
  const byId = new Map(found.map(question => [idText(question._id), question]))
  return wanted.flatMap(id => {
    const question = byId.get(id)
    return question === undefined ? [] : [{ ...plain(question), id }]
  })
}

type Stored = Omit<BankQuestion, 'id' | 'options' | 'sources'> & {
  options: { label: string; text: string; why?: string | null }[]
  sources: { law: string; article?: string | null; version?: string | null; checkedOn?: string | null }[]
}

/** Copies the fields, so that nothing else of the document travels on. */
function plain(question: Stored): Omit<BankQuestion, 'id'> {
  const { type, topic, stem, key, ordered, explanation, status, daily, version } = question
  const options = question.options.map(({ label, text, why }) => ({ label, text, why: why ?? '' }))
  const sources = question.sources.map(({ law, article, version: edition, checkedOn }) => ({
    law,
    ...(article && { article }),
    ...(edition && { version: edition }),
    ...(checkedOn && { checkedOn }),
  }))
  return { type, topic, stem, options, key, ordered, explanation, sources, status, daily, version }
}

/** Whether a question may stand in a paper: its status, and whether it is fit for daily ones. */
export type Standing = Pick<BankQuestion, 'status' | 'daily'>

/** How each of these questions stands; unknown ids are missing. */
export async function standingsOf(
  ids: readonly (string | Types.ObjectId)[],
): Promise<ReadonlyMap<string, Standing>> {
  if (ids.length === 0) return new Map()
  const found = await read<Standing & { _id: Types.ObjectId }>(
    Question,
    { _id: { $in: [...new Set(ids.map(String))].map(id => new Types.ObjectId(id)) } },
    { projection: { status: 1, daily: 1 } },
  )
  return new Map(found.map(({ _id, status, daily }) => [idText(_id), { status, daily }]))
}

/** Of these questions, those that are published. */
export async function publishedByIds(ids: readonly (string | Types.ObjectId)[]): Promise<BankQuestion[]> {
  return (await findQuestions(ids)).filter(({ status }) => status === 'published')
}

/**
 * At most `limit` published questions fit for a daily paper, by their fixed random number from `from` (in [0, 1))
 * upwards and then from 0 again. No topics means all. Reads no more than it gives.
 */
export async function drawCandidates(call: {
  topics: readonly string[]
  from: number
  limit: number
}): Promise<{ id: string; topic: string }[]> {
  const topic = call.topics.length > 0 ? { topic: { $in: [...call.topics] } } : {}
  const part = (draw: Record<string, number>, limit: number) =>
    Question.find({ status: 'published', daily: true, ...topic, draw }, { topic: 1 })
      .sort({ draw: 1 })
      .limit(limit)
      .lean()
  const after = await part({ $gte: call.from }, call.limit)
  const missing = call.limit - after.length
  const before = missing > 0 ? await part({ $lt: call.from }, missing) : []
  return [...after, ...before].map(question => ({ id: idText(question._id), topic: question.topic }))
}

/** Every topic that has questions fit for daily papers, with their number, the largest first. */
export async function topicCounts(): Promise<{ topic: string; questions: number }[]> {
  const counts = await Question.aggregate<{ _id: string; questions: number }>([
    { $match: { status: 'published', daily: true } },
    { $group: { _id: '$topic', questions: { $sum: 1 } } },
    { $sort: { questions: -1, _id: 1 } },
  ])
  return counts.map(({ _id, questions }) => ({ topic: _id, questions }))
}
