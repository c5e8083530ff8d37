import { Types } from 'mongoose'
import { addWorkdays, type Day, dayOf } from '#shared/day'
import { AppError } from '../base/errors.ts'
import { idText, isDuplicate } from '../base/mongo.ts'
import { Question, QuestionReport } from './model.ts'
import { resumeQuestion } from './stale-service.ts'

/** Editors reply to a report within this many working days. */
const REPLY_WORKDAYS = 5
const PAGE = 50

type Reason = 'key' | 'stem' | 'outdated' | 'other'

/** What listeners are told when a question was corrected. */
export interface Correction {
  questionId: string
  version: number
  now: Date
}

type Listener = (correction: Correction) => Promise<unknown>

const listeners: Listener[] = []

/** Has `listener` called after each correction, before correctQuestion answers. Returns a function that ends it. */
export function onCorrection(listener: Listener): () => void {
  listeners.push(listener)
  return () => {
    const at = listeners.indexOf(listener)
    if (at >= 0) listeners.splice(at, 1)
  }
}

/** 这题有误: opens a report. Errors: `report.duplicate` while the cadre has one open for that question. */
export async function reportQuestion(call: {
  cadreId: string
  questionId: string
  reason: Reason
  text: string
  now: Date
}): Promise<{ replyBy: Day }> {
  const replyBy = addWorkdays(dayOf(call.now), REPLY_WORKDAYS)
  const { cadreId, questionId, reason, text, now } = call
  try {
    await QuestionReport.create({
      cadre: cadreId,
      question: questionId,
      reason,
      text,
      at: now,
      replyBy,
      status: 'open',
    })
  } catch (error) {
    if (isDuplicate(error, ['cadre', 'question']))
      throw new AppError('report.duplicate', { cadreId, questionId })
    throw error
  }
  return { replyBy }
}

/** An open report as the editors see it; it does not say who wrote it. */
export interface OpenReport {
  id: string
  questionId: string
  reason: Reason
  text: string
  at: Date
  replyBy: Day
}

/** Open reports, those due first; `after` is the last id of the page before. */
export async function openReports(after?: { replyBy: Day; id: string }): Promise<OpenReport[]> {
  const beyond = after && {
    $or: [
      { replyBy: { $gt: after.replyBy } },
      { replyBy: after.replyBy, _id: { $gt: new Types.ObjectId(after.id) } },
    ],
  }
  const found = await QuestionReport.find({ status: 'open', ...beyond })
    .sort({ replyBy: 1, _id: 1 })
    .limit(PAGE)
    .lean()
  return found.map(({ _id, question, reason, text, at, replyBy }) => ({
    id: idText(_id),
    questionId: idText(question),
    reason,
    text,
    at,
    replyBy,
  }))
}

/**
 * Answers a report and closes it; the same reply again is taken as well, so that what a stopped run left untold can be
 * told. Errors: `not-found` when there is no such open report.
 */
export async function answerReport(call: {
  id: string
  reply: string
  now: Date
}): Promise<{ cadreId: string; questionId: string }> {
  const { id, reply, now } = call
  const closed = await QuestionReport.findOneAndUpdate(
    { _id: id, status: 'open' },
    { $set: { status: 'answered', reply, repliedAt: now } },
  ).lean()
  const report = closed ?? (await QuestionReport.findOne({ _id: id, reply }).lean())
  if (report === null) throw new AppError('not-found', id)
  return { cadreId: idText(report.cadre), questionId: idText(report.question) }
}

/**
 * Gives a question another key or explanation as a new version; the old one goes into its history. Labels must be
 * among the options, for a single or judge question exactly one. The same key and explanation change nothing but call
 * the listeners again, so that what a stopped run left is finished. Errors: `not-found`, `request.invalid`.
 */
export async function correctQuestion(call: {
  id: string
  key: string[]
  explanation: string
  now: Date
}): Promise<{ version: number }> {
  const question = await Question.findById(call.id).lean()
  if (question === null) throw new AppError('not-found', call.id)
  const labels = question.options.map(({ label }) => label)
  const key = question.type === 'blank' ? call.key : labels.filter(label => call.key.includes(label))
  if (!isPossible(question.type, key, call.key, question.ordered ? question.key.length : null)) {
    throw new AppError('request.invalid', call, ['body.key'])
  }
  const { version } = question
  const changed = key.join('\n') !== question.key.join('\n') || call.explanation !== question.explanation
  if (changed) {
    const old = { version, key: question.key, explanation: question.explanation, until: call.now }
    const { modifiedCount } = await Question.updateOne(
      { _id: question._id, version },
      { $set: { key, explanation: call.explanation }, $inc: { version: 1 }, $push: { history: old } },
    )
    // Somebody else corrected it meanwhile: this one is decided against what stands now.
    if (modifiedCount === 0) return correctQuestion(call)
  }
  const correction = { questionId: idText(question._id), version: version + (changed ? 1 : 0), now: call.now }
  for (const listener of listeners) await listener(correction)
  return { version: correction.version }
}

/** The questions corrected at or after a moment, by id, after `after`. */
export async function correctedSince(since: Date, after: string | null): Promise<string[]> {
  const beyond = after === null ? {} : { _id: { $gt: new Types.ObjectId(after) } }
  const found = await Question.find({ 'history.until': { $gte: since }, ...beyond }, { _id: 1 })
    .sort({ _id: 1 })
    .lean()
  return found.map(({ _id }) => idText(_id))
}

/**
 * Takes a question out of every later paper, or puts it back; papers that hold it keep it. One that a changed clause
 * stopped counts as checked today when it is put back. Errors: `not-found`.
 */
export async function setStatus(id: string, status: 'published' | 'retired', today: Day): Promise<void> {
  if (status === 'published' && (await resumeQuestion(id, today))) return
  const { matchedCount } = await Question.updateOne({ _id: id }, { status })
  if (matchedCount === 0) throw new AppError('not-found', id)
}

function isPossible(type: string, key: string[], given: string[], gaps: number | null): boolean {
  if (type === 'blank')
    return key.length > 0 && key.every(text => text.trim() !== '') && (gaps === null || gaps === key.length)
  if (key.length !== new Set(given).size) return false
  return type === 'multiple' ? key.length > 1 : key.length === 1
}

/** Deletes what a cadre who leaves told the editors. */
export async function forgetReports(cadreId: string): Promise<void> {
  await QuestionReport.deleteMany({ cadre: cadreId })
}
