import type { Types } from 'mongoose'
import type { Day } from '#shared/day'
import { idText, transaction } from '../base/mongo.ts'
import { raiseAlarm } from './alarm-service.ts'
import { citedArticles, type CitedArticle } from './citation-service.ts'
import { ReviewItem } from './review-model.ts'
import { suspensionsOn } from './suspension-service.ts'
import { suspensionWords } from './wording.ts'

/** A person's answer that rests on what is no longer the law, and why it stops. */
export interface StaleAnswer {
  id: string
  question: string
  why: string
}

interface Given {
  _id: Types.ObjectId
  question: string
  live: { clauses: Types.ObjectId[]; checkedOn: Day }
}

/** So many answers that are given, by id after `after`: how many, the last of them, and which must stop. */
export async function staleAnswers(call: { after: string | null; limit: number; today: Day }) {
  const { after, limit, today } = call
  const given = await ReviewItem.find({
    live: { $ne: null },
    ...(after !== null && { _id: { $gt: after } }),
  })
    .sort({ _id: 1 })
    .limit(limit)
    .lean<Given[]>()
  const cited = await citedArticles(
    given.flatMap(({ live }) => live.clauses.map(idText)),
    today,
  )
  const byId = new Map(cited.map(each => [each.id, each]))
  const restings = given.map(item => ({
    item,
    clauses: item.live.clauses.flatMap(clause => byId.get(idText(clause)) ?? []),
  }))
  const news = await suspensionsOn(
    restings.map(({ item, clauses }) => ({
      id: idText(item._id),
      sources: clauses.map(({ title, label }) => ({
        ...{ law: title, article: label, checkedOn: item.live.checkedOn },
      })),
    })),
    today,
  )
  const why = new Map(news.map(each => [each.id, suspensionWords(each)]))
  const stale = restings.flatMap(({ item, clauses }): StaleAnswer[] => {
    const id = idText(item._id)
    const words = why.get(id) ?? unstandingWords(clauses)
    return words === null ? [] : [{ id, question: item.question, why: words }]
  })
  return { checked: given.length, last: given.at(-1)?._id.toString() ?? null, stale }
}

/** Another text of the same day took the place of the words, or they do not apply: no comparison of days tells that. */
function unstandingWords(clauses: CitedArticle[]): string | null {
  const gone = clauses.find(({ standing, newerMissing }) => standing !== 'in-force' || newerMissing)
  if (gone === undefined) return null
  const reason = gone.newerMissing ? 'unread' : gone.standing === 'repealed' ? 'repealed' : 'changed'
  return suspensionWords({ law: gone.title, label: gone.label, reason, to: '' })
}

/** Stops an answer and raises an alarm; true where it was given until now. */
export async function stopAnswer({ id, question, why }: StaleAnswer, now: Date): Promise<boolean> {
  return transaction(async session => {
    const item = await ReviewItem.findOne({ _id: id, live: { $ne: null } }, null, { session }).lean()
    if (item === null) return false
    const state = item.state === 'published' ? 'suspended' : item.state
    await ReviewItem.updateOne(
      { _id: id },
      { $set: { live: null, stopped: item.live, state, trouble: why }, $inc: { revision: 1 } },
      { session },
    )
    await raiseAlarm({ subject: 'answer', ref: id, what: question, why, now }, session)
    return true
  })
}
