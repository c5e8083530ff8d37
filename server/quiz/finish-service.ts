import { Types } from 'mongoose'
import type { Day } from '#shared/day'
import { grouped } from '../base/grouped.ts'
import { idText } from '../base/mongo.ts'
import { Attempt, Paper, type StoredAttempt, type StoredPaper } from './model.ts'
import { finishedAt, markNow } from './progress.ts'

/** When each of these cadres worked the daily paper of a day through, null for who did not; who was given no questions is missing. */
export async function finishedDaily(
  cadreIds: readonly string[],
  day: Day,
): Promise<ReadonlyMap<string, Date | null>> {
  const cadres = cadreIds.map(id => new Types.ObjectId(id))
  const found = await Paper.find({ cadre: { $in: cadres }, slot: day, kind: 'daily' }).lean<StoredPaper[]>()
  const attempts = await Attempt.find({ paper: { $in: found.map(({ _id }) => _id) } }).lean<StoredAttempt[]>()
  const answers = grouped(attempts, attempt => [
    idText(attempt.paper),
    { question: idText(attempt.question), correct: markNow(attempt), at: attempt.at },
  ])
  const ends = new Map<string, Date | null>(cadreIds.map(id => [id, null]))
  for (const { _id, cadre, questions } of found) {
    const ids = questions.map(({ question }) => idText(question))
    if (ids.length === 0) ends.delete(idText(cadre))
    else ends.set(idText(cadre), finishedAt(ids, answers.get(idText(_id)) ?? []))
  }
  return ends
}
