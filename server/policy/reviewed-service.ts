import { Types } from 'mongoose'
import type { Day } from '#shared/day'
import type { FeedbackReason } from '#shared/policy'
import type { ReviewCause } from '#shared/review'
import { idText, isDuplicate, transaction } from '../base/mongo.ts'
import { citedArticles } from './citation-service.ts'
import { ReviewAsking, ReviewItem } from './review-model.ts'
import { meaningOf } from './same-meaning.ts'

/** A person's answer as it is given to those who ask. */
export interface Reviewed {
  /** The review item it belongs to. */
  item: string
  /** The question as it was first asked. */
  question: string
  lines: string[]
  /** Ids of articles; [1] in a line is the first. */
  clauses: string[]
}

/**
 * The person's answer to a question of this meaning: published, not suspended, and resting on clauses that all are the
 * law on the day that is asked about. Null otherwise.
 */
export async function reviewedAnswerFor({
  question,
  day,
}: {
  question: string
  day: Day
}): Promise<Reviewed | null> {
  const item = await ReviewItem.findOne({ meaning: keyOf(question), live: { $ne: null } }).lean()
  const [reviewed] = item === null ? [] : reviewedIn(item)
  if (reviewed === undefined) return null
  const cited = await citedArticles(reviewed.clauses, day)
  const stands = cited.length === reviewed.clauses.length && cited.every(isLaw)
  return stands ? reviewed : null
}

const isLaw = ({ standing, newerMissing }: { standing: string; newerMissing: boolean }): boolean =>
  standing === 'in-force' && !newerMissing

/** What identifies an item: the meaning of its question, or its very words where too little is left of them. */
const keyOf = (question: string): string => meaningOf(question) || `=${question.trim()}`

interface Stored {
  _id: Types.ObjectId
  question: string
  live?: { lines: string[]; clauses: Types.ObjectId[] } | null
}

const reviewedIn = ({ _id, question, live }: Stored): Reviewed[] =>
  live == null
    ? []
    : [{ item: idText(_id), question, lines: [...live.lines], clauses: live.clauses.map(idText) }]

/** The answers that persons gave and that are given now, by item; an item without one is left out. */
export async function reviewedFaces(items: readonly string[]): Promise<Map<string, Reviewed>> {
  const found = await ReviewItem.find({ _id: { $in: items }, live: { $ne: null } }).lean()
  return new Map(found.flatMap(reviewedIn).map(reviewed => [reviewed.item, reviewed]))
}

/** Every answer of a person that is given now. */
export async function publishedReviewed(): Promise<Reviewed[]> {
  const found = await ReviewItem.find({ live: { $ne: null } })
    .sort({ _id: 1 })
    .lean()
  return found.flatMap(reviewedIn)
}

/** For answers to cadres' questions: what a person answered to the same question, by the id of the answer. */
export async function reviewedSince(answers: readonly string[]): Promise<Map<string, Reviewed>> {
  const askings = await ReviewAsking.find({ answer: { $in: answers } }, { item: 1, answer: 1 }).lean()
  const faces = await reviewedFaces(askings.map(({ item }) => idText(item)))
  return new Map(
    askings.flatMap(({ answer, item }) => {
      const reviewed = faces.get(idText(item))
      return reviewed === undefined ? [] : [[idText(answer), reviewed] as const]
    }),
  )
}

/** A question for a person. */
export interface Ask {
  /** Masked already: what is stored names nobody. */
  question: string
  cause: ReviewCause
  reasons?: readonly FeedbackReason[] | undefined
  /** What was given as an answer. */
  given?: readonly string[] | undefined
  /** Ids of articles that were found for it. */
  clauses?: readonly string[] | undefined
  /** The answer to the cadre's question it is about: each is counted once, however often it comes. */
  answer?: string | undefined
  now: Date
}

/**
 * Puts a question before the editors, or counts it to the item of the same meaning. One that was closed is opened again
 * by a cause that was not known when it was closed.
 */
export async function askForReview(ask: Ask): Promise<void> {
  const { question, cause, now } = ask
  const meaning = keyOf(question)
  const fresh = { question, state: 'open', times: 0, lastAt: now }
  await ReviewItem.updateOne({ meaning }, { $setOnInsert: fresh }, { upsert: true }).catch(
    (error: unknown) => {
      if (!isDuplicate(error, ['meaning'])) throw error
    },
  )
  await ReviewItem.updateOne(
    { meaning, state: 'closed', causes: { $ne: cause } },
    { $set: { state: 'open', closing: '' }, $inc: { revision: 1 } },
  )
  const noted = notes(ask)
  try {
    await transaction(async session => {
      const item = await ReviewItem.findOneAndUpdate(
        { meaning },
        { ...noted, $inc: { times: 1 } },
        { session },
      ).lean()
      if (item === null || ask.answer === undefined) return
      await ReviewAsking.create([{ item: item._id, answer: ask.answer }], { session })
    })
  } catch (error) {
    if (!isDuplicate(error, ['answer'])) throw error
    // It was counted before; what was not known of it then is noted all the same.
    await ReviewItem.updateOne({ meaning }, noted)
  }
}

const MOST_SUGGESTED = 10

function notes({ cause, reasons = [], given = [], clauses = [], now }: Ask) {
  const suggested = clauses.slice(0, MOST_SUGGESTED).map(clause => new Types.ObjectId(clause))
  return {
    $max: { lastAt: now },
    $addToSet: { causes: cause, reasons: { $each: [...reasons] } },
    ...((given.length > 0 || suggested.length > 0) && {
      $set: {
        ...(given.length > 0 && { given: [...given] }),
        ...(suggested.length > 0 && { suggested }),
      },
    }),
  }
}
