import { decode } from './decode.ts'
import type { Doc } from './document.ts'
import { encodeAsText } from './encode.ts'

/**
 * A document at rest: its BSON in a string, one character a byte. JavaScript keeps such a string as plain bytes that
 * it moves together and never looks into, so that a million documents cost little more than their bytes.
 */
export type Packed = string & { readonly packed: unique symbol }

let desk = Buffer.allocUnsafeSlow(64 * 1024)

/** The document as it is kept. */
export const pack = (doc: Doc) => encodeAsText(doc) as Packed

/** BSON as it is kept. */
export function packBytes(bytes: Uint8Array): Packed {
  const { buffer, byteOffset, length } = bytes
  return Buffer.from(buffer, byteOffset, length).toString('latin1') as Packed
}

/** The document, or just some of its top-level fields. */
export function unpack(packed: Packed, only?: readonly string[]): Doc {
  if (only?.length === 0) return {}
  const { length } = packed
  if (length > desk.length) desk = Buffer.allocUnsafeSlow(2 * length)
  desk.write(packed, 0, length, 'latin1')
  return decode(desk, 0, only)
}
