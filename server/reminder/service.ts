import { Reminder, ReminderQuota, ReminderWish } from './model.ts'

/** What reminders offer to other features and to their routes. */
export type { Channel, Outcome } from './channel.ts'
export { inboxOf, markRead } from './inbox-service.ts'
export { judgeReminders } from './learning-service.ts'
export { type Lead, memberMessage } from './member-message.ts'
export { planReminders } from './plan-service.ts'
export { reachOf } from './reach-service.ts'
export { hearSubscription, permissionOf, reportPermissions } from './quota-service.ts'
export { sendsOf } from './send-report-service.ts'
export { sendReminders } from './sending-service.ts'
export { pauseReminders, remindersOf, setWishes } from './wish-service.ts'
export { fieldsOf } from './wording.ts'

/** Deletes what is kept of a cadre who leaves; wishes first, so that nothing more is planned. */
export async function forgetReminders(cadreId: string): Promise<void> {
  await ReminderWish.deleteMany({ cadre: cadreId })
  await Reminder.deleteMany({ cadre: cadreId })
  await ReminderQuota.deleteMany({ cadre: cadreId })
}
