import * as z from 'zod'
import type { CallWechat } from './call.ts'

/** A message into somebody's 服务通知; each uses up one of the person's permissions for the template. */
export interface SubscriptionMessage {
  openid: string
  template: string
  /** By the template's names, such as `thing1`. */
  fields: Record<string, string>
  /** A page of the released mini-program, without a slash before it; without one the message cannot be opened. */
  page?: string
  /** Which version it opens. */
  state?: 'developer' | 'trial' | 'formal'
}

/** A template of the app. */
export interface MessageTemplate {
  id: string
  title: string
  longTerm: boolean
  /** The names of its fields, in their order. */
  fields: string[]
  /** What fields with a list of values take. */
  allowed: Record<string, string[]>
}

const Sent = z.object({ msgid: z.union([z.string(), z.number()]).optional() })
const LONG_TERM = 3

/**
 * Sends a message once: a time-out or a cut fails with `unknown`, as it may have arrived. Gives the platform's id where
 * it tells one. Source: subscribeMessage.send.
 */
export async function sendSubscriptionMessage(
  call: CallWechat,
  { openid, template, fields, page, state = 'formal' }: SubscriptionMessage,
): Promise<{ messageId: string | null }> {
  const data = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, { value }]))
  const body = {
    touser: openid,
    template_id: template,
    ...(page !== undefined && { page }),
    data,
    miniprogram_state: state,
    lang: 'zh_CN',
  }
  const { msgid } = await call('/cgi-bin/message/subscribe/send', { body, reply: Sent, repeatable: false })
  return { messageId: msgid === undefined ? null : String(msgid) }
}

const Templates = z.object({
  data: z.array(
    z.object({
      priTmplId: z.string(),
      title: z.string(),
      content: z.string(),
      type: z.number(),
      keywordEnumValueList: z
        .array(z.object({ keywordCode: z.string(), enumValueList: z.array(z.string()) }))
        .nullish(),
    }),
  ),
})

/** The templates chosen for the app, with the fields each has. Source: getTemplateList. */
export async function messageTemplates(call: CallWechat): Promise<MessageTemplate[]> {
  const { data } = await call('/wxaapi/newtmpl/gettemplate', { reply: Templates, repeatable: true })
  return data.map(({ priTmplId, title, content, type, keywordEnumValueList }) => ({
    id: priTmplId,
    title,
    longTerm: type === LONG_TERM,
    fields: [...content.matchAll(/\{\{(\w+)\.DATA\}\}/g)].map(([, name = '']) => name),
    allowed: Object.fromEntries(
      (keywordEnumValueList ?? []).map(({ keywordCode, enumValueList }) => [keywordCode, enumValueList]),
    ),
  }))
}
