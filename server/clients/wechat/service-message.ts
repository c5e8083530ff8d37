import * as z from 'zod'
import { isPlatformFailure } from '../../base/platform-failure.ts'
import type { CallWechat } from './call.ts'

/** A message into the customer-service session of somebody who wrote to us or opened it lately. */
export interface ServiceMessage {
  openid: string
  content: ServiceContent
  /** A model wrote it: WeChat says so in a grey line. */
  ai: boolean
}

export type ServiceContent =
  | { kind: 'text'; text: string }
  /** A picture uploaded to WeChat before. */
  | { kind: 'image'; media: string }
  | { kind: 'link'; title: string; description: string; url: string; picture: string }
  /** A card that opens a page of the mini-program. */
  | { kind: 'page'; title: string; page: string; picture: string }

const Done = z.object({})
const ALREADY_TYPING = 45081

/** Sends a message once; `closed` when the session takes no more. Source: sendCustomMessage. */
export async function sendServiceMessage(
  call: CallWechat,
  { openid, content, ai }: ServiceMessage,
): Promise<void> {
  const body = { touser: openid, ...contentOf(content), ...(ai && { aimsgcontext: { is_ai_msg: 1 } }) }
  await call('/cgi-bin/message/custom/send', { body, reply: Done, repeatable: false })
}

function contentOf(content: ServiceContent): object {
  switch (content.kind) {
    case 'text':
      return { msgtype: 'text', text: { content: content.text } }
    case 'image':
      return { msgtype: 'image', image: { media_id: content.media } }
    case 'link': {
      const { title, description, url, picture } = content
      return { msgtype: 'link', link: { title, description, url, thumb_url: picture } }
    }
    case 'page': {
      const { title, page, picture } = content
      return {
        msgtype: 'miniprogrampage',
        miniprogrampage: { title, pagepath: page, thumb_media_id: picture },
      }
    }
  }
}

/** Shows or hides 对方正在输入; it ends by itself after 15 seconds, or with the next message. Source: setTyping. */
export async function showTyping(call: CallWechat, openid: string, typing: boolean): Promise<void> {
  const body = { touser: openid, command: typing ? 'Typing' : 'CancelTyping' }
  try {
    await call('/cgi-bin/message/custom/business/typing', { body, reply: Done, repeatable: true })
  } catch (error) {
    if (isPlatformFailure(error) && error.errcode === ALREADY_TYPING) return
    throw error
  }
}
