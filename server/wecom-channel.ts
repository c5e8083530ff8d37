import { useridsOf } from './account/service.ts'
import { outcomeOf } from './channel-outcome.ts'
import type { Wecom } from './clients/wecom.ts'
import { type Channel, type Lead, memberMessage } from './reminder/service.ts'

/** The enterprise, and where its messages lead. */
export interface WecomChannelSettings extends Lead {
  corpid: string
}

/**
 * Reminders as messages of the app to members, who need not allow each one. There are at most two a day, far below the
 * 30 a minute from which on WeCom drops what goes to one member without a word.
 */
export const wecomChannel = (
  wecom: Pick<Wecom, 'sendMessage'>,
  { corpid, appid, site }: WecomChannelSettings,
): Channel => ({
  name: 'wecom',
  template: null,
  addressesOf: cadreIds => useridsOf(corpid, cadreIds),
  send: (userid, _kind, fields, page) => {
    const sending = wecom.sendMessage({
      userids: [userid],
      content: memberMessage(fields, page, { appid, site }),
    })
    return outcomeOf(
      sending.then(({ messageId, unreached }) =>
        unreached.length === 0 ? { result: 'sent', messageId } : { result: 'refused', reason: 'unreached' },
      ),
    )
  },
})
