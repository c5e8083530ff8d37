import type { Types } from 'mongoose'
import { dayOf } from '#shared/day'
import { record } from '../audit/service.ts'
import { isClassified } from '../base/classified.ts'
import { AppError } from '../base/errors.ts'
import { idText, transaction } from '../base/mongo.ts'
import { clausesOfReviewed, dropAlarm } from '../policy/service.ts'
import { findQuestions } from './bank-service.ts'
import { addDraft } from './import-service.ts'
import { Question } from './model.ts'
import { draftOf, type GivenQuestion } from './review-draft.ts'
import { reviewBank } from './wording.ts'

/** Who acts on a question, and when. */
export interface Act {
  id: string
  cadreId: string
  now: Date
}

/**
 * Makes a question of the clauses of an answer that is published: a draft of its author's. Fails with `not-found`,
 * `review.changed` where no answer is given now, and `request.invalid` with the fields that are wrong.
 */
export async function makeQuestion(call: Act & GivenQuestion): Promise<{ question: string }> {
  const { id, cadreId, now } = call
  const today = dayOf(now)
  const clauses = await clausesOfReviewed(id, today)
  const sources = clauses.map(({ title, label, day }) => ({
    law: title,
    ...(label !== '' && { article: label }),
    ...(day !== null && { version: day }),
    checkedOn: today,
  }))
  const made = draftOf(call, sources)
  if ('fields' in made) throw new AppError('request.invalid', call, made.fields)
  if (isClassified(JSON.stringify(made.draft))) throw new AppError('text.classified')
  const origin = `review ${id}`
  const question = await addDraft({ bank: reviewBank, draft: made.draft, origin, author: cadreId, now })
  if (question === null) throw new AppError('request.invalid', call, ['body.stem'])
  return { question }
}

const SHOWN = 100

/** Drafts of the bank and questions that a changed clause stopped, the newest first. */
export async function waitingQuestions(cadreId: string) {
  const waiting = await Question.find({ status: { $in: ['draft', 'suspended'] } }, { author: 1 })
    .sort({ _id: -1 })
    .limit(SHOWN)
    .lean<{ _id: Types.ObjectId; author?: Types.ObjectId | null }[]>()
  const authors = new Map(waiting.map(({ _id, author }) => [idText(_id), author ?? null]))
  const found = await findQuestions(waiting.map(({ _id }) => _id))
  const questions = found.map(question => ({
    ...question,
    blanks: question.type === 'blank' ? question.key.length : 0,
    reasons: question.options.flatMap(({ label, why }) => (why === '' ? [] : [{ label, text: why }])),
    own: authors.get(question.id)?.equals(cadreId) ?? false,
    suspended: question.status === 'suspended',
  }))
  return { questions }
}

/** Publishes a draft of somebody else. Fails with `review.own-work`, and `review.changed` where it is no draft. */
export async function publishDraft(call: Act): Promise<void> {
  const question = await Question.findById(call.id, { author: 1, status: 1 }).lean()
  if (question === null) throw new AppError('not-found', call.id)
  if (question.author?.equals(call.cadreId) === true) throw new AppError('review.own-work', call)
  await change(call, ['draft'], 'publish', 'published')
}

/** Takes a question out of every later paper. Fails with `review.changed` where it is out. */
export async function retireQuestion(call: Act): Promise<void> {
  await change(call, ['draft', 'published', 'suspended'], 'close', 'retired')
}

async function change(
  { id, cadreId, now }: Act,
  from: ('draft' | 'published' | 'suspended')[],
  action: 'publish' | 'close',
  status: 'published' | 'retired',
): Promise<void> {
  await transaction(async session => {
    const { modifiedCount } = await Question.updateOne(
      { _id: id, status: { $in: from } },
      { status },
      { session },
    )
    if (modifiedCount === 0) {
      const there = await Question.exists({ _id: id }).session(session)
      throw new AppError(there === null ? 'not-found' : 'review.changed', id)
    }
    await dropAlarm({ subject: 'question', ref: id }, now, session)
    await record({ at: now, actor: cadreId, action, subject: `question ${id}`, detail: {} }, session)
  })
}
