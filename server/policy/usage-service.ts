import { Types } from 'mongoose'
import type { Day } from '#shared/day'
import { transaction, type Session } from '../base/mongo.ts'
import type { Usage } from '../clients/model.ts'
import { type Allowance, allowanceOf, type AnswerLimits } from './answer/answer-limit.ts'
import { ModelUsage } from './model.ts'

/** Whose use it is, and of which day. */
export interface User {
  cadreId: string
  day: Day
}

/** Takes one answer of the day's allowance of the cadre and of the county, or says which of them is used up. */
export function takeAnswer({ cadreId, day }: User, limits: AnswerLimits): Promise<Allowance> {
  const cadre = new Types.ObjectId(cadreId)
  return transaction(async session => {
    const [own, county] = [await usedOn(day, cadre, session), await usedOn(day, null, session)]
    const used = {
      cadre: own?.answers ?? 0,
      county: county?.answers ?? 0,
      countyCost: county?.cost ?? 0,
    }
    const allowance = allowanceOf(used, limits)
    if (allowance.model) {
      for (const whose of [cadre, null])
        await ModelUsage.updateOne({ day, cadre: whose }, { $inc: { answers: 1 } }, { upsert: true, session })
    }
    return allowance
  })
}

const usedOn = (day: Day, cadre: Types.ObjectId | null, session: Session) =>
  ModelUsage.findOne({ day, cadre }, null, { session }).lean()

/** Adds what a call of the model used, whatever came of it. */
export async function countUsage({ cadreId, day }: User, usage: Usage, cost: number): Promise<void> {
  const more = { promptTokens: usage.prompt, completionTokens: usage.completion, cost }
  for (const cadre of [new Types.ObjectId(cadreId), null])
    await ModelUsage.updateOne({ day, cadre }, { $inc: more }, { upsert: true })
}

/** What the whole county used on each day from `since` on, the newest first; of nobody in particular. */
export async function countyUsage(since: Day) {
  const days = await ModelUsage.find({ cadre: null, day: { $gte: since } })
    .sort({ day: -1 })
    .lean()
  return days.map(({ day, answers, promptTokens, completionTokens, cost }) => ({
    ...{ day, answers, promptTokens, completionTokens, cost },
  }))
}
