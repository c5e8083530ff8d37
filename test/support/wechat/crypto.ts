import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'

/** What both sides of a message push know. */
export interface PushSecret {
  appid: string
  token: string
  encodingAesKey: string
}

export const signature = (...parts: string[]): string =>
  createHash('sha1').update(parts.sort().join('')).digest('hex')

const keyOf = ({ encodingAesKey }: PushSecret): Buffer => Buffer.from(`${encodingAesKey}=`, 'base64')

/** Written without the server's own cryptography, so that a mistake on one side is not one on both. */
export function encrypt(text: string, secret: PushSecret, random = randomBytes(16)): string {
  const message = Buffer.from(text)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(message.length)
  const full = Buffer.concat([random, length, message, Buffer.from(secret.appid)])
  const pad = 32 - (full.length % 32)
  const cipher = createCipheriv('aes-256-cbc', keyOf(secret), keyOf(secret).subarray(0, 16))
  cipher.setAutoPadding(false)
  const padded = Buffer.concat([full, Buffer.alloc(pad, pad)])
  return Buffer.concat([cipher.update(padded), cipher.final()]).toString('base64')
}

/** The text of an encrypted reply. */
export function decrypt(cipherText: string, secret: PushSecret): string {
  const decipher = createDecipheriv('aes-256-cbc', keyOf(secret), keyOf(secret).subarray(0, 16))
  decipher.setAutoPadding(false)
  const full = Buffer.concat([decipher.update(cipherText, 'base64'), decipher.final()])
  return full.subarray(20, 20 + full.readUInt32BE(16)).toString()
}
