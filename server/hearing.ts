import { cadreBehind, leave, withdraw } from './account/service.ts'
import { isClassified } from './base/classified.ts'
import { createInbox, type Inbox } from './base/inbox.ts'
import type { Log } from './base/log.ts'
import { masked } from './base/masking.ts'
import type { WechatSession } from './chat/session-service.ts'
import { FOR_HUMAN } from './hearing-vocabulary.ts'
import type { PushSecret } from './http/push/cipher.ts'
import { keyOf, type PushedMessage } from './http/push/message.ts'
import { hearSubscription } from './reminder/service.ts'

/** What hears WeChat: the secret that proves who speaks, and where all that is said goes. */
export interface Hearing {
  secret: PushSecret
  inbox: Inbox
  /** Leaves what waits for an answer to a later start. */
  stopWaiting: () => void
}

/** Who is told, beside the account. */
export interface Listening {
  session: WechatSession
  now: () => Date
  log: Log
}

/** What WeChat pushes, each thing worked on once by the feature it concerns. */
export const hearing = (secret: PushSecret, { session, now, log }: Listening): Hearing => ({
  secret,
  stopWaiting: session.stop,
  inbox: createInbox({
    now,
    log,
    work: words => tell(JSON.parse(words) as PushedMessage, { appid: secret.appid, session, now: now() }),
  }),
})

/** Keeps a message until its work is done: personal numbers masked, and not at all what bears a classification mark. */
export async function hear(message: PushedMessage, { inbox }: Hearing): Promise<void> {
  const { Content = '' } = message.fields
  const stored = { ...message, fields: { ...message.fields, Content: masked(Content) } }
  await inbox.take({
    key: keyOf(message),
    lane: message.openid,
    words: JSON.stringify(message),
    storable: isClassified(Content) ? null : JSON.stringify(stored),
  })
}

/** Only the whole word asks for a person; a question about 人工 is a question. */
export const isForHuman = ({ type, fields }: PushedMessage): boolean =>
  type === 'text' && FOR_HUMAN.has((fields.Content ?? '').trim())

interface Told {
  appid: string
  session: WechatSession
  now: Date
}

/** Who is told what. Nobody is told of events that are not known. */
async function tell(message: PushedMessage, { appid, session, now }: Told): Promise<void> {
  const { type, event, fields, openid, items, at } = message
  if (type !== 'event') return session.wrote(message)
  switch (event) {
    case 'user_authorization_revoke':
      if ((fields.AppID ?? appid) !== appid) return
      if (await withdraw({ openid, at: new Date(at), now, info: fields.RevokeInfo ?? '' }))
        await session.left(openid)
      return
    case 'user_authorization_cancellation':
      if ((fields.AppID ?? appid) !== appid) return
      await leave({ openid, at: new Date(at), now })
      return session.left(openid)
    case 'user_enter_tempsession':
      return session.entered(message)
    case 'subscribe_msg_popup_event':
    case 'subscribe_msg_change_event':
    case 'subscribe_msg_sent_event': {
      const cadreId = await cadreBehind(openid)
      if (cadreId !== null) await hearSubscription({ cadreId, event, items, at })
    }
  }
}
