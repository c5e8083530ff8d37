import { type PushKey, sealed, signatureOf } from './cipher.ts'
import type { PushedMessage } from './message.ts'
import type { PushFormat } from './tree.ts'

/** An answer that has the person's next messages go to a human instead. */
export function handOver({ openid, to }: PushedMessage, format: PushFormat, now: Date): string {
  const told = {
    ToUserName: openid,
    FromUserName: to,
    CreateTime: Math.floor(now.getTime() / 1000),
    MsgType: 'transfer_customer_service',
  }
  return written(told, format)
}

interface Sealing {
  secret: PushKey & { token: string }
  format: PushFormat
  nonce: string
  timestamp: number
  random: Buffer
}

/** An answer encrypted and signed, in the format of the push. */
export function sealedReply(text: string, { secret, format, nonce, timestamp, random }: Sealing): string {
  const encrypted = sealed(text, secret, random)
  const told = {
    Encrypt: encrypted,
    MsgSignature: signatureOf(secret.token, String(timestamp), nonce, encrypted),
    TimeStamp: timestamp,
    Nonce: nonce,
  }
  return written(told, format)
}

const written = (fields: Record<string, string | number>, format: PushFormat): string =>
  format === 'json' ? JSON.stringify(fields) : `<xml>${Object.entries(fields).map(element).join('')}</xml>`

const element = ([name, value]: [string, string | number]): string =>
  typeof value === 'number'
    ? `<${name}>${value}</${name}>`
    : `<${name}><![CDATA[${value.replaceAll(']]>', ']]]]><![CDATA[>')}]]></${name}>`
