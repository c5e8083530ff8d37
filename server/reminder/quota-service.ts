import { idText, isDuplicate, transaction } from '../base/mongo.ts'
import { Reminder, ReminderQuota } from './model.ts'
import { accepted, isAccept, noQuota, type Quota, type Telling } from './quota.ts'

/** Report and event of one sending are this close to each other. */
const NEAR_MS = 10 * 60_000

/** What is left of a template for a cadre. */
async function leftOf(cadreId: string, template: string): Promise<number> {
  const found = await ReminderQuota.findOne({ cadre: cadreId, template }, { left: 1 }).lean()
  return found?.left ?? 0
}

/** What the page may ask WeChat's permission for. */
export const permissionOf = async (cadreId: string, template: string | null) =>
  template === null ? null : { template, left: await leftOf(cadreId, template) }

/** The cadre switched the messages off. */
async function emptyQuota(cadreId: string, template: string): Promise<void> {
  await ReminderQuota.updateOne({ cadre: cadreId, template }, { left: 0 })
}

async function accept(cadreId: string, template: string, telling: Telling): Promise<void> {
  const owner = { cadre: cadreId, template }
  await ReminderQuota.updateOne(owner, { $setOnInsert: noQuota }, { upsert: true }).catch(
    (error: unknown) => {
      if (!isDuplicate(error, ['cadre', 'template'])) throw error
    },
  )
  await transaction(async session => {
    const before = await ReminderQuota.findOne(owner).session(session).lean<Quota>()
    const { left, accepts } = accepted(before ?? noQuota, telling)
    await ReminderQuota.updateOne(owner, { left, accepts }, { session })
  })
}

/** POST /reminders/accepted: what the mini-program says of templates that are not ours counts for nothing. */
export async function reportPermissions(call: {
  cadreId: string
  askedAt: string
  results: Record<string, string>
  template: string
  now: Date
}): Promise<void> {
  const { cadreId, askedAt, results, template, now } = call
  if (!isAccept(results[template] ?? '')) return
  await accept(cadreId, template, { by: 'report', at: now.getTime(), name: askedAt })
}

/** An event about subscription messages, as WeChat pushes it. */
export interface SubscriptionEvent {
  cadreId: string
  event: string
  items: readonly Record<string, string>[]
  at: number
}

/** Hears that permission was given or taken back, or what became of a message. */
export async function hearSubscription({ cadreId, event, items, at }: SubscriptionEvent): Promise<void> {
  for (const item of items) {
    const { TemplateId: template = '', SubscribeStatusString: status = '' } = item
    if (event === 'subscribe_msg_popup_event' && isAccept(status))
      await accept(cadreId, template, { by: 'event', at, name: String(at) })
    if (event === 'subscribe_msg_change_event' && status === 'reject') await emptyQuota(cadreId, template)
    if (event === 'subscribe_msg_sent_event') await hearSent({ cadreId, template, at, item })
  }
}

/** The latest attempt, where nobody knew, was sent after all; where it was sent, it did not arrive. */
async function hearSent(call: {
  cadreId: string
  template: string
  at: number
  item: Record<string, string>
}): Promise<void> {
  const { cadreId, template, at, item } = call
  const arrived = item.ErrorCode === '0'
  const near = { $gte: new Date(at - NEAR_MS), $lte: new Date(at + NEAR_MS) }
  const state = arrived ? 'unknown' : 'sent'
  const latest = await Reminder.findOne({ cadre: cadreId, template, attemptedAt: near })
    .sort({ attemptedAt: -1 })
    .lean()
  if (latest?.state !== state) return
  const change = arrived ? { state: 'sent' } : { state: 'failed', reason: item.ErrorStatus ?? '' }
  await Reminder.updateOne({ _id: idText(latest._id), state }, change)
}
