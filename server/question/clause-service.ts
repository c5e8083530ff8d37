import type { Types } from 'mongoose'
import { idText } from '../base/mongo.ts'
import { clauseNamed, labelsIn } from '../policy/service.ts'
import { Question } from './model.ts'

/** More questions than these rest on no clause. */
const MOST = 200

/** The published questions that rest on an article, by id, whatever version of its law it is from; null: no such article. */
export async function publishedOnClause(clause: string): Promise<string[] | null> {
  const named = await clauseNamed(clause)
  if (named === null) return null
  if (named.label === '') return []
  const found = await Question.find(
    { status: 'published', 'sources.law': { $in: named.names } },
    { sources: 1 },
  )
    .sort({ _id: 1 })
    .limit(MOST)
    .lean<{ _id: Types.ObjectId; sources: { law: string; article?: string | null }[] }[]>()
  const names = new Set(named.names)
  return found
    .filter(({ sources }) =>
      sources.some(({ law, article }) => names.has(law) && labelsIn(article ?? '').includes(named.label)),
    )
    .map(({ _id }) => idText(_id))
}
