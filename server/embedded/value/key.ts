import type { Fold } from './collation.ts'
import type { Doc } from './document.ts'
import { doubleKey, numberKey } from './number.ts'
import { binaryOf, flags, pattern, rank, rankOf } from './order.ts'

const plainText = /^[\x01-\x7f]*$/
const marks = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code))

/**
 * A string that sorts as BSON sorts its values, one character for one byte. It ends itself: no key is the beginning of
 * another, so that the keys of several fields can be put one after another. With a fold, texts equal under a collation
 * have equal keys, which do not sort.
 */
export function keyOf(value: unknown, fold?: Fold): string {
  const kind = rankOf(value)
  const mark = marks[kind] as string
  switch (kind) {
    case rank.number:
      return mark + numberKey(value)
    case rank.string:
      return mark + textKey(fold ? fold(String(value)) : String(value))
    case rank.object:
      return mark + documentKey(value as Doc, fold)
    case rank.array:
      return mark + (value as unknown[]).map(item => '\x01' + keyOf(item, fold)).join('') + '\0'
    case rank.binary:
      return mark + binaryKey(value as Doc)
    case rank.objectId:
      return mark + latin1((value as Doc).id)
    case rank.boolean:
      return mark + (value ? '\x01' : '\0')
    case rank.date:
      return mark + doubleKey(Number(value))
    case rank.timestamp:
      return mark + doubleKey((value as Doc).t) + doubleKey((value as Doc).i)
    case rank.regex:
      return mark + textKey(pattern(value)) + textKey(flags(value))
    case rank.code:
    case rank.scopedCode:
      return mark + textKey(JSON.stringify(value))
    default:
      return mark
  }
}

/** The keys that a descending field stores: every byte turned around. */
export function inverted(key: string): string {
  const bytes = Buffer.from(key, 'latin1')
  for (let i = 0; i < bytes.length; i++) bytes[i] = ~(bytes[i] as number)
  return bytes.toString('latin1')
}

/** The beginning that the keys of all strings with this prefix share. */
export const prefixKey = (text: string) => (marks[rank.string] as string) + textKey(text).slice(0, -2)

/** The beginning that the keys of all values of this rank share. */
export const rankKey = (kind: number) => marks[kind] as string

function textKey(text: string): string {
  if (plainText.test(text)) return text + '\0\0'
  return Buffer.from(text, 'utf8').toString('latin1').replaceAll('\0', '\0\xff') + '\0\0'
}

function documentKey(doc: Doc, fold?: Fold): string {
  let key = ''
  for (const name of Object.keys(doc))
    key += '\x01' + marks[rankOf(doc[name])] + textKey(name) + keyOf(doc[name], fold)
  return key + '\0'
}

function binaryKey(value: Doc): string {
  const { bytes, subtype } = binaryOf(value)
  const head = Buffer.alloc(5)
  head.writeUInt32BE(bytes.length)
  head[4] = subtype
  return head.toString('latin1') + latin1(bytes)
}

const latin1 = (bytes: Uint8Array) =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
