import type { Types } from 'mongoose'
import { grouped } from '../base/grouped.ts'
import { idText, read } from '../base/mongo.ts'
import { Attempt, type StoredAttempt } from './model.ts'
import { type Answered, markNow } from './progress.ts'

/** An answer without what was chosen. */
export type Mark = Omit<Answered, 'chosen'>

/** What was answered in each of these papers, with the marks as they stand now. */
export async function answersIn(papers: readonly Types.ObjectId[]): Promise<ReadonlyMap<string, Mark[]>> {
  if (papers.length === 0) return new Map()
  const attempts = await read<StoredAttempt>(
    Attempt,
    { paper: { $in: [...papers] } },
    { projection: { _id: 0, paper: 1, question: 1, round: 1, correct: 1, 'regraded.correct': 1 } },
  )
  return grouped(attempts, attempt => [
    idText(attempt.paper),
    { question: idText(attempt.question), round: attempt.round, correct: markNow(attempt) },
  ])
}
