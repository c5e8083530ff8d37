import { Types } from 'mongoose'
import { addDays, type Day, dayOf } from '#shared/day'
import { AppError } from '../base/errors.ts'
import { read } from '../base/mongo.ts'
import { Attempt, Paper, type StoredAttempt, type StoredPaper } from './model.ts'
import { markNow } from './progress.ts'

/** How long a named daily paper may be answered later, for answers given offline. They are paid on the server's day. */
const LATE_DAYS = 7

/** The caller's paper that may be answered now and holds the question, or `not-found`. */
export async function paperHolding(call: {
  cadreId: string
  questionId: string
  paperId?: string | undefined
  now: Date
}): Promise<StoredPaper> {
  const { cadreId, questionId, paperId, now } = call
  const day = dayOf(now)
  const open = await read<StoredPaper>(Paper, {
    cadre: new Types.ObjectId(cadreId),
    ...(paperId ? { _id: new Types.ObjectId(paperId) } : { slot: { $in: [day, 'practice'] } }),
  })
  const [first, second] = open
    .filter(
      paper => isOpen(paper, day) && paper.questions.some(({ question }) => question.equals(questionId)),
    )
    .sort((a, b) => (a.kind < b.kind ? -1 : 1))
  if (!first) throw new AppError('not-found', { cadreId, questionId })
  return second && (await isRight(first, questionId)) ? second : first
}

const isOpen = ({ kind, slot, day }: StoredPaper, today: Day): boolean =>
  kind === 'practice' ? slot === 'practice' : day <= today && day >= addDays(today, -LATE_DAYS)

const isRight = async ({ _id }: StoredPaper, question: string): Promise<boolean> =>
  (await Attempt.find({ paper: _id, question }).lean<StoredAttempt[]>()).some(markNow)
