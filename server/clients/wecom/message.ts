import * as z from 'zod'
import { isPlatformFailure } from '../../base/platform-failure.ts'
import type { CallWecom, WecomSettings } from './call.ts'

/** A message of the app to members of the enterprise, at most 1,000 of them. */
export interface WecomMessage {
  userids: readonly string[]
  content: WecomContent
}

export type WecomContent =
  /** At most 2,048 bytes. */
  | { kind: 'text'; text: string }
  /** Title at most 128 bytes, description 512. */
  | { kind: 'card'; title: string; description: string; url: string; button: string }
  /** Opens a page of the mini-program. Title and description 4 to 12 characters; at most ten items of 10 and 30. */
  | { kind: 'notice'; appid: string; page: string; title: string; description: string; items: NoticeItem[] }

export interface NoticeItem {
  key: string
  value: string
}

/** What became of a message. */
export interface WecomSent {
  messageId: string | null
  /** Whom it cannot reach, in small letters, though it reached all others: no members, or members without a licence. */
  unreached: string[]
}

const names = z
  .string()
  .default('')
  .transform(text => text.split('|').filter(Boolean))
const Reply = z.object({ msgid: z.string().optional(), invaliduser: names, unlicenseduser: names })
/** The longest time WeCom looks for duplicates in, 4 hours: within it a repeated call reaches nobody twice. */
const DUPLICATE_SECONDS = 14_400
const NOBODY = 81013

/** Sends a message; repeated calls with the same words arrive once. Source: path 90236. */
export async function sendWecomMessage(
  call: CallWecom,
  { agentid }: WecomSettings,
  { userids, content }: WecomMessage,
): Promise<WecomSent> {
  const body = {
    touser: userids.join('|'),
    agentid,
    ...contentOf(content),
    enable_duplicate_check: 1,
    duplicate_check_interval: DUPLICATE_SECONDS,
  }
  try {
    const { msgid, invaliduser, unlicenseduser } = await call('/cgi-bin/message/send', {
      body,
      reply: Reply,
      repeatable: true,
    })
    return { messageId: msgid ?? null, unreached: [...invaliduser, ...unlicenseduser] }
  } catch (error) {
    if (isPlatformFailure(error) && error.errcode === NOBODY)
      return { messageId: null, unreached: [...userids] }
    throw error
  }
}

function contentOf(content: WecomContent): object {
  switch (content.kind) {
    case 'text':
      return { msgtype: 'text', text: { content: content.text } }
    case 'card': {
      const { title, description, url, button } = content
      return { msgtype: 'textcard', textcard: { title, description, url, btntxt: button } }
    }
    case 'notice': {
      const { appid, page, title, description, items } = content
      return {
        msgtype: 'miniprogram_notice',
        miniprogram_notice: { appid, page, title, description, content_item: items },
      }
    }
  }
}
