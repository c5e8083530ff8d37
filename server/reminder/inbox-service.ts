import type { Reply } from '#shared/endpoint'
import type { reminderApi } from '#shared/reminder'
import { AppError } from '../base/errors.ts'
import { idText } from '../base/mongo.ts'
import { Reminder } from './model.ts'

const PAGE = 20

interface InboxCall {
  cadreId: string
  before?: string | undefined
  limit?: number | undefined
}

/** GET /inbox: a cadre's reminders, newest first, paged by id. */
export async function inboxOf({
  cadreId,
  before,
  limit = PAGE,
}: InboxCall): Promise<Reply<(typeof reminderApi)['GET /inbox']>> {
  const [found, unread] = await Promise.all([
    Reminder.find({ cadre: cadreId, ...(before && { _id: { $lt: before } }) })
      .sort({ _id: -1 })
      .limit(limit + 1)
      .lean(),
    Reminder.countDocuments({ cadre: cadreId, readAt: null }),
  ])
  const reminders = found.slice(0, limit).map(({ _id, kind, title, text, page, at, state, readAt }) => ({
    ...{ id: idText(_id), kind, title, text, page },
    ...{ at: at.toISOString(), state, read: readAt != null },
  }))
  return { reminders, more: found.length > limit, unread }
}

/** POST /inbox/:id/read; a reminder of somebody else is `not-found`. */
export async function markRead(cadreId: string, id: string, now: Date): Promise<void> {
  const { matchedCount } = await Reminder.updateOne(
    { _id: id, cadre: cadreId, readAt: null },
    { readAt: now },
  )
  if (matchedCount === 1 || (await Reminder.exists({ _id: id, cadre: cadreId }))) return
  throw new AppError('not-found', { id })
}
