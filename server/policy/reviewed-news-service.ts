import type { Run } from '../base/once.ts'
import { idText } from '../base/mongo.ts'
import { ReviewAsking, ReviewItem } from './review-model.ts'

/** News of a person's answer for those who asked. */
export interface ReviewedNews {
  item: string
  question: string
  /** Ids of the answers to the questions of those who asked; only they know whose they are. */
  answers: string[]
  /** When it was published: the same answer twice is the same news. */
  at: Date
}

type Listener = (news: ReviewedNews) => Promise<unknown>
const listeners: Listener[] = []

/** Hears of every person's answer for everybody who asked, at least once each. Wired in `news.ts`. */
export function onReviewed(listener: Listener): () => void {
  listeners.push(listener)
  return () => {
    const at = listeners.indexOf(listener)
    if (at >= 0) listeners.splice(at, 1)
  }
}

const BATCH = 200

/** Tells those who asked and were not told yet of the answer of an item. */
export async function tellWaiting(id: string): Promise<void> {
  const item = await ReviewItem.findOne({ _id: id, live: { $ne: null } }).lean()
  if (item?.live == null) return
  for (;;) {
    const waiting = await ReviewAsking.find({ item: id, told: false }).sort({ _id: 1 }).limit(BATCH).lean()
    if (waiting.length === 0) return
    const answers = waiting.map(({ answer }) => idText(answer))
    for (const listener of listeners)
      await listener({ item: id, question: item.question, answers, at: item.live.at })
    await ReviewAsking.updateMany({ _id: { $in: waiting.map(({ _id }) => _id) } }, { told: true })
  }
}

/** The daily job: what a publishing that was cut short left untold, item by item; one that fails keeps no other waiting. */
export async function tellAllReviewed({ cursor, keep }: Run): Promise<void> {
  let after = cursor
  let failure: unknown
  const late = (error: unknown): void => {
    failure = error
  }
  for (;;) {
    const items = await ReviewItem.find(
      { live: { $ne: null }, ...(after !== null && { _id: { $gt: after } }) },
      { _id: 1 },
    )
      .sort({ _id: 1 })
      .limit(BATCH)
      .lean()
    if (items.length === 0) break
    for (const { _id } of items) await tellWaiting(idText(_id)).catch(late)
    after = idText(items.at(-1)?._id ?? '')
    await keep(after)
  }
  if (failure !== undefined) throw failure as Error
}
