import { Types } from 'mongoose'
import { type Day, dayOf } from '#shared/day'
import type { Paper as PaperShown } from '#shared/quiz'
import { AppError } from '../base/errors.ts'
import { idText, isDuplicate, transaction } from '../base/mongo.ts'
import { publishedByIds, publishedOnClause } from '../question/service.ts'
import { Memory, Paper, type StoredMemory, type StoredPaper } from './model.ts'
import { show } from './paper-service.ts'
import { QUESTIONS_A_DAY } from './selection.ts'

/** What a practice is drawn from: reviews that are due, the wrong book, of one topic where it is named; or a clause. */
export interface PractiseCall {
  cadreId: string
  scope: 'due' | 'wrong' | 'clause'
  topic?: string | undefined
  /** For `clause`: the article whose questions are practised. */
  clause?: string | undefined
  now: Date
}

/** Opens a practice of at most five questions in place of the open one; `quiz.nothing-to-practise` when there are none. */
export async function practise(call: PractiseCall): Promise<PaperShown> {
  const { cadreId, scope, now } = call
  const questions = await practiceQuestions(call)
  if (questions.length === 0) throw new AppError('quiz.nothing-to-practise', call)
  const paper: StoredPaper = {
    _id: new Types.ObjectId(),
    cadre: new Types.ObjectId(cadreId),
    kind: 'practice',
    day: dayOf(now),
    slot: 'practice',
    lesson: null,
    scope,
    questions: questions.map(({ id, version }, index) => ({
      question: new Types.ObjectId(id),
      version,
      reason: 'review',
      number: index + 1,
      postponedAt: null,
    })),
    openedAt: now,
  }
  return show(await replaceOpen(paper))
}

/** Stores the practice; of two opened at once the first stands. */
async function replaceOpen(paper: StoredPaper): Promise<StoredPaper> {
  const open = { cadre: paper.cadre, slot: 'practice' }
  try {
    await transaction(async session => {
      const before = await Paper.findOne(open, { _id: 1 }).session(session).lean()
      if (before)
        await Paper.updateOne({ _id: before._id }, { slot: `closed:${idText(before._id)}` }, { session })
      await Paper.collection.insertOne({ ...paper }, { session })
    })
    return paper
  } catch (error) {
    const first = isDuplicate(error, ['cadre', 'slot']) ? await Paper.findOne(open).lean<StoredPaper>() : null
    if (first) return first
    throw error
  }
}

/** Questions read for one practice, so that those left out still leave five. */
const READ = 30

/** How many published questions rest on a clause; `not-found` where there is no such clause. */
export async function questionsOnClause(clause: string): Promise<{ questions: number }> {
  const ids = await publishedOnClause(clause)
  if (ids === null) throw new AppError('not-found', clause)
  return { questions: ids.length }
}

/** Those of a clause that were never answered, or longest ago, come first. */
async function clauseQuestions(cadreId: string, clause: string, day: Day): Promise<string[]> {
  const ids = await publishedOnClause(clause)
  if (ids === null) throw new AppError('not-found', clause)
  const [met, inDaily] = await Promise.all([
    Memory.find({ cadre: cadreId, question: { $in: ids } }, { question: 1, lastDay: 1 }).lean<
      StoredMemory[]
    >(),
    openInDaily(cadreId, day),
  ])
  const lastDay = new Map(met.map(memory => [idText(memory.question), memory.lastDay]))
  const rank = (id: string): string => lastDay.get(id) ?? ''
  return ids
    .filter(id => !inDaily.has(id))
    .sort((a, b) => (rank(a) < rank(b) ? -1 : rank(a) > rank(b) ? 1 : 0))
}

async function practiceQuestions({ cadreId, scope, topic, clause, now }: PractiseCall) {
  const day = dayOf(now)
  if (scope === 'clause') {
    if (clause === undefined) throw new AppError('request.invalid', { scope }, ['body.clause'])
    return (await publishedByIds(await clauseQuestions(cadreId, clause, day))).slice(0, QUESTIONS_A_DAY)
  }
  const wanted = scope === 'due' ? { dueOn: { $lte: day } } : { missed: { $gt: 0 } }
  const memories = await Memory.find({ cadre: cadreId, ...wanted, ...(topic && { topic }) }, { question: 1 })
    .sort(scope === 'due' ? { dueOn: 1, _id: 1 } : { lastDay: 1, _id: 1 })
    .limit(READ)
    .lean<StoredMemory[]>()
  const inDaily = await openInDaily(cadreId, day)
  const ids = memories.map(({ question }) => idText(question)).filter(id => !inDaily.has(id))
  return (await publishedByIds(ids)).slice(0, QUESTIONS_A_DAY)
}

/** Questions of today's paper that were not answered today: they are asked there and shown nowhere else. */
export async function openInDaily(cadreId: string, day: Day): Promise<Set<string>> {
  const daily = await Paper.findOne({ cadre: cadreId, slot: day }, { questions: 1 }).lean<StoredPaper>()
  const ids = (daily?.questions ?? []).map(({ question }) => question)
  const answered = await Memory.find(
    { cadre: cadreId, question: { $in: ids }, lastDay: day },
    { question: 1 },
  ).lean<StoredMemory[]>()
  const met = new Set(answered.map(({ question }) => idText(question)))
  return new Set(ids.map(idText).filter(id => !met.has(id)))
}

/** GET /practice: the practice that is open, or null. */
export async function openPractice({
  cadreId,
}: {
  cadreId: string
}): Promise<{ practice: PaperShown | null }> {
  const paper = await Paper.findOne({ cadre: cadreId, slot: 'practice' }).lean<StoredPaper>()
  return { practice: paper && (await show(paper)) }
}
