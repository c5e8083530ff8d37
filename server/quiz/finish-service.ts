import { Types } from 'mongoose'
import type { Day } from '#shared/day'
import { idText } from '../base/mongo.ts'
import { Attempt, Paper, type StoredAttempt, type StoredPaper } from './model.ts'
import { finishedAt, markNow } from './progress.ts'

/** When each of these cadres worked the daily paper of a day through, null for who did not; who had no questions is missing. */
export async function finishedDaily(
  cadreIds: readonly string[],
  day: Day,
): Promise<ReadonlyMap<string, Date | null>> {
  const cadres = cadreIds.map(id => new Types.ObjectId(id))
  const found = await Paper.find({ cadre: { $in: cadres }, slot: day, kind: 'daily' }).lean<StoredPaper[]>()
  const papers = found.filter(({ questions }) => questions.length > 0)
  const attempts = await Attempt.find({ paper: { $in: papers.map(({ _id }) => _id) } }).lean<
    StoredAttempt[]
  >()
  return new Map(
    papers.map(({ _id, cadre, questions }) => {
      const own = attempts
        .filter(({ paper }) => paper.equals(_id))
        .map(attempt => ({ ...attempt, question: idText(attempt.question), correct: markNow(attempt) }))
      return [
        idText(cadre),
        finishedAt(
          questions.map(({ question }) => idText(question)),
          own,
        ),
      ]
    }),
  )
}
