import { subjectsOf } from './account/service.ts'
import type { ReminderTemplate } from './base/env.ts'
import { isPlatformFailure, type PlatformFailure } from './clients/platform-failure.ts'
import type { Wechat } from './clients/wechat.ts'
import { type Channel, fieldsOf, type Outcome } from './reminder/service.ts'

/** Reminders as WeChat's subscription messages, each of which uses up one permission. */
export const wechatChannel = (
  wechat: Pick<Wechat, 'sendSubscriptionMessage'>,
  { id, ...names }: ReminderTemplate,
): Channel => ({
  name: 'wechat',
  template: id,
  addressesOf: cadreIds => subjectsOf('wechat', cadreIds),
  send: async (openid, _kind, { day, slot, ...words }, page) => {
    const fields = fieldsOf(words, { day, slot }, names)
    try {
      return {
        result: 'sent',
        ...(await wechat.sendSubscriptionMessage({ openid, template: id, fields, page })),
      }
    } catch (error) {
      if (!isPlatformFailure(error) || error.kind === 'unknown') throw error
      return outcomeOf(error)
    }
  },
})

function outcomeOf({ kind, reason, field, seconds }: PlatformFailure): Outcome {
  switch (kind) {
    case 'ledger-empty':
      return { result: 'no-quota', reason }
    case 'retry':
    case 'wait':
    case 'token':
      return { result: 'retry', reason, seconds }
    case 'drop':
    case 'closed':
    case 'unseen':
      return { result: 'refused', reason }
    case 'invalid':
    case 'set-up':
    case 'unknown':
      return { result: 'invalid', reason: field === undefined ? reason : `${reason} ${field}` }
  }
}
