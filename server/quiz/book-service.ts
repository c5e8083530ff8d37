import { type PipelineStage, Types } from 'mongoose'
import { type Day, dayOf } from '#shared/day'
import type { Reply } from '#shared/endpoint'
import type { quizApi } from '#shared/quiz'
import { AppError } from '../base/errors.ts'
import { storable } from '../base/free-text.ts'
import { idText } from '../base/mongo.ts'
import { findQuestions, reportQuestion, topicCounts } from '../question/service.ts'
import { Memory, Paper, Preference, type StoredMemory } from './model.ts'
import { openInDaily } from './practice-service.ts'
import { questionShown, solutionShown } from './shown.ts'

type Lines = typeof quizApi

/** GET /wrong-book: how many questions were missed and how many of them are due, by topic, the fullest first. */
export async function wrongBook(call: {
  cadreId: string
  now: Date
}): Promise<Reply<Lines['GET /wrong-book']>> {
  const byTopic: PipelineStage[] = [
    { $match: { cadre: new Types.ObjectId(call.cadreId), missed: { $gt: 0 } } },
    { $group: { _id: { topic: '$topic', dueOn: '$dueOn' }, total: { $sum: 1 } } },
  ]
  const groups = await Memory.aggregate<{ _id: { topic: string; dueOn: Day | null }; total: number }>(byTopic)
  const today = dayOf(call.now)
  const topics = new Map<string, { topic: string; total: number; due: number }>()
  for (const { _id, total } of groups) {
    const row = topics.get(_id.topic) ?? { topic: _id.topic, total: 0, due: 0 }
    row.total += total
    if (_id.dueOn !== null && _id.dueOn <= today) row.due += total
    topics.set(row.topic, row)
  }
  const rows = [...topics.values()].sort((a, b) => b.total - a.total || (a.topic < b.topic ? -1 : 1))
  const sum = (count: (row: { total: number; due: number }) => number) =>
    rows.reduce((all, row) => all + count(row), 0)
  return { due: sum(row => row.due), total: sum(row => row.total), topics: rows }
}

/**
 * GET /wrong-book/questions: missed questions with their solutions, those met last first, paged by id. What today's
 * paper still asks is left out, so that no key is seen before the answer.
 */
export async function wrongQuestions(call: {
  cadreId: string
  topic?: string | undefined
  before?: string | undefined
  limit?: number | undefined
  now: Date
}): Promise<Reply<Lines['GET /wrong-book/questions']>> {
  const { cadreId, topic, before, limit = 20, now } = call
  const asked = [...(await openInDaily(cadreId, dayOf(now)))]
  const found = await Memory.find({
    cadre: cadreId,
    missed: { $gt: 0 },
    question: { $nin: asked },
    ...(topic && { topic }),
    ...(before && { _id: { $lt: before } }),
  })
    .sort({ _id: -1 })
    .limit(limit + 1)
    .lean<StoredMemory[]>()
  const page = found.slice(0, limit)
  const bank = new Map(
    (await findQuestions(page.map(({ question }) => idText(question)))).map(q => [q.id, q]),
  )
  const questions = page.flatMap(({ _id, question, missed, dueOn }) => {
    const known = bank.get(idText(question))
    if (!known) return []
    return [
      { id: idText(_id), question: questionShown(known), solution: solutionShown(known), missed, dueOn },
    ]
  })
  return { questions, more: found.length > limit }
}

/** GET /topics: every topic of the bank with its number of questions, and whether the cadre draws from it. */
export async function topics({ cadreId }: { cadreId: string }): Promise<Reply<Lines['GET /topics']>> {
  const [counts, preference] = await Promise.all([
    topicCounts(),
    Preference.findOne({ cadre: cadreId }, { topics: 1 }).lean(),
  ])
  const chosen = new Set(preference?.topics)
  return { topics: counts.map(({ topic, questions }) => ({ topic, questions, chosen: chosen.has(topic) })) }
}

/** PUT /topics: sets the topics to draw from, none meaning all; `request.invalid` for one the bank does not have. */
export async function chooseTopics(call: {
  cadreId: string
  topics: string[]
}): Promise<Reply<Lines['PUT /topics']>> {
  const known = new Set((await topicCounts()).map(({ topic }) => topic))
  const chosen = [...new Set(call.topics)]
  if (chosen.some(topic => !known.has(topic))) throw new AppError('request.invalid', call, ['body.topics'])
  await Preference.updateOne({ cadre: call.cadreId }, { $set: { topics: chosen } }, { upsert: true })
  return topics(call)
}

/** 这题有误 */
export interface Report {
  cadreId: string
  questionId: string
  reason: 'key' | 'stem' | 'outdated' | 'other'
  text?: string | undefined
  now: Date
}

/**
 * Reports a question of one of the caller's papers to the editors, who reply within five working days (weekends are
 * left out, public holidays are not known). Errors: `not-found` for any other question, `report.duplicate`,
 * `text.classified`.
 */
export async function report(call: Report): Promise<{ replyBy: Day }> {
  const { cadreId, questionId } = call
  const text = storable(call.text ?? '')
  const held = await Paper.findOne({ cadre: cadreId, 'questions.question': questionId }, { _id: 1 }).lean()
  if (!held) throw new AppError('not-found', { cadreId, questionId })
  return reportQuestion({ ...call, text })
}
