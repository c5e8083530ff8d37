import { Types } from 'mongoose'
import { idText, type Session } from '../base/mongo.ts'
import { type ACTIONS, AuditEntry } from './model.ts'

/** What was done, to what, when and by whom. */
export interface Entry {
  at: Date
  /** A cadre's id, `cli` or `system`. */
  actor: string
  action: (typeof ACTIONS)[number]
  subject: string
  detail: Record<string, string>
}

/** Adds a line to the audit log; inside of a transaction it stands if the change it tells of does. */
export async function record(entry: Entry, session?: Session): Promise<void> {
  await AuditEntry.create([entry], session && { session })
}

const PAGE = 500

/** Lines from a moment on, the oldest first; `after` is the last one of the page before. */
export async function entries(
  since: Date,
  after?: { at: Date; id: string },
): Promise<(Entry & { id: string })[]> {
  const beyond = after && {
    $or: [{ at: { $gt: after.at } }, { at: after.at, _id: { $gt: new Types.ObjectId(after.id) } }],
  }
  const found = await AuditEntry.find({ at: { $gte: since }, ...beyond })
    .sort({ at: 1, _id: 1 })
    .limit(PAGE)
    .lean()
  return found.map(({ _id, at, actor, action, subject, detail }) => ({
    ...{ id: idText(_id), at, actor, action, subject },
    detail: { ...(detail as unknown as Record<string, string> | undefined) },
  }))
}
