import { createCipheriv, createDecipheriv, createHash, timingSafeEqual } from 'node:crypto'
import { PushFault } from './fault.ts'

/** What both sides of a message push know. */
export interface PushSecret {
  appid: string
  token: string
  /** With it, only encrypted pushes are taken. */
  encodingAesKey?: string | undefined
}

/** The app and the key of 43 characters. */
export interface PushKey {
  appid: string
  encodingAesKey: string
}

const BLOCK = 32
/** Random bytes and the length, which stand before the text. */
const HEAD = 20

/** The signature over some parts, whatever their order: SHA-1 of the sorted parts. */
export const signatureOf = (...parts: string[]): string =>
  createHash('sha1').update(parts.sort().join('')).digest('hex')

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

/** Compares in a time that tells nothing of the right one. */
export const isSignature = (given: string, right: string): boolean =>
  timingSafeEqual(digest(given), digest(right))

/** Node reads base64 leniently: the last character may carry bits to spare, as keys made by WeChat do. */
const keyOf = ({ encodingAesKey }: PushKey): Buffer => Buffer.from(`${encodingAesKey}=`, 'base64')

/**
 * The text of an encrypted push: AES-256-CBC with the key's beginning as IV, padded to blocks of 32. Throws a
 * `PushFault`: 400 when it is damaged, 403 when it is for another app.
 */
export function unsealed(encrypted: string, secret: PushKey): string {
  const full = withoutPadding(decrypted(Buffer.from(encrypted, 'base64'), keyOf(secret)))
  if (full.length < HEAD) throw new PushFault(400, 'too short')
  const end = HEAD + full.readUInt32BE(HEAD - 4)
  if (end > full.length) throw new PushFault(400, 'shorter than it says')
  if (full.subarray(end).toString() !== secret.appid) throw new PushFault(403, 'another app')
  return full.subarray(HEAD, end).toString()
}

function decrypted(bytes: Buffer, key: Buffer): Buffer {
  if (bytes.length === 0 || bytes.length % 16 !== 0) throw new PushFault(400, 'not whole blocks')
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  return Buffer.concat([decipher.update(bytes), decipher.final()])
}

/** Node takes paddings of at most 16 only, so it is done by hand. */
function withoutPadding(padded: Buffer): Buffer {
  const pad = padded.at(-1) ?? 0
  const padding = padded.subarray(-pad)
  if (pad < 1 || pad > BLOCK || padding.length !== pad || padding.some(byte => byte !== pad))
    throw new PushFault(400, 'bad padding')
  return padded.subarray(0, -pad)
}

/** A text encrypted as WeChat does, with 16 random bytes before it. */
export function sealed(text: string, secret: PushKey, random: Buffer): string {
  const message = Buffer.from(text)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(message.length)
  const full = Buffer.concat([random, length, message, Buffer.from(secret.appid)])
  const pad = BLOCK - (full.length % BLOCK)
  const key = keyOf(secret)
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  return Buffer.concat([cipher.update(full), cipher.update(Buffer.alloc(pad, pad)), cipher.final()]).toString(
    'base64',
  )
}
