import { subjectsOf } from './account/service.ts'
import type { ReminderTemplate } from './base/env.ts'
import { outcomeOf } from './channel-outcome.ts'
import type { Wechat } from './clients/wechat.ts'
import { type Channel, fieldsOf } from './reminder/service.ts'

/** Reminders as WeChat's subscription messages, each of which uses up one permission. */
export const wechatChannel = (
  wechat: Pick<Wechat, 'sendSubscriptionMessage'>,
  { id, ...names }: ReminderTemplate,
): Channel => ({
  name: 'wechat',
  template: id,
  addressesOf: cadreIds => subjectsOf('wechat', cadreIds),
  send: (openid, _kind, { day, slot, ...words }, page) => {
    const fields = fieldsOf(words, { day, slot }, names)
    const sending = wechat.sendSubscriptionMessage({ openid, template: id, fields, page })
    return outcomeOf(sending.then(sent => ({ result: 'sent', ...sent })))
  },
})
