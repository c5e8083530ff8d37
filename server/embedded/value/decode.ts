import {
  Binary,
  BSONRegExp,
  BSONSymbol,
  Code,
  Decimal128,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
} from 'bson'
import { isUtf8 } from 'node:buffer'
import { putField, type Doc } from './document.ts'
import { nameAt, nameEnd } from './name.ts'
import { asDouble } from './number.ts'

/** MongoDB's limit of nesting. */
const maxDepth = 180
const smallestDocument = 5

/**
 * The document that begins at an offset. Its values come back as they were written: a whole double is a Double and a
 * 64-bit integer a Long, so that what JavaScript holds as a plain number is an int when it fits and a double when not.
 * With `only`, just these top-level fields are read. Throws RangeError when the bytes are not BSON.
 */
export function decode(bytes: Buffer, from = 0, only?: readonly string[]): Doc {
  const end = documentEnd(bytes, from, bytes.length)
  return readFields(bytes, from + 4, end - 1, only, 0)
}

/** Where the document that begins at an offset ends. */
function documentEnd(bytes: Buffer, at: number, limit: number): number {
  const end = at + bytes.readInt32LE(at)
  if (end > limit || end < at + smallestDocument || bytes[end - 1] !== 0)
    throw new RangeError('a document does not end where it says')
  return end
}

function readFields(
  bytes: Buffer,
  from: number,
  end: number,
  only: readonly string[] | undefined,
  depth: number,
): Doc {
  const doc: Doc = {}
  let wanted = only?.length ?? -1
  for (let at = from; at < end && wanted !== 0;) {
    const type = bytes[at] as number
    const stop = nameEnd(bytes, at + 1, end)
    const name = nameAt(bytes, at + 1, stop)
    const next = valueEnd(bytes, type, stop + 1, end)
    if (!only || only.includes(name)) {
      putField(doc, name, readValue(bytes, type, stop + 1, next, depth))
      wanted--
    }
    at = next
  }
  return doc
}

function readItems(bytes: Buffer, from: number, end: number, depth: number): unknown[] {
  const items: unknown[] = []
  for (let at = from; at < end;) {
    const type = bytes[at] as number
    const start = nameEnd(bytes, at + 1, end) + 1
    at = valueEnd(bytes, type, start, end)
    items.push(readValue(bytes, type, start, at, depth) ?? null)
  }
  return items
}

/** How many bytes a value has, by type; -1 where it says so itself. */
const sizes = new Int8Array(256).fill(-1)
for (const [type, size] of [
  [0x01, 8],
  [0x06, 0],
  [0x07, 12],
  [0x08, 1],
  [0x09, 8],
  [0x0a, 0],
  [0x10, 4],
  [0x11, 8],
  [0x12, 8],
  [0x13, 16],
  [0x7f, 0],
  [0xff, 0],
] as const)
  sizes[type] = size

function valueEnd(bytes: Buffer, type: number, at: number, limit: number): number {
  const end = at + sizeOf(bytes, type, at, limit)
  if (end > limit || end < at) throw new RangeError('a value ends behind its document')
  return end
}

function sizeOf(bytes: Buffer, type: number, at: number, limit: number): number {
  const size = sizes[type] as number
  if (size >= 0) return size
  switch (type) {
    case 0x02:
    case 0x0d:
    case 0x0e:
      return 4 + atLeast(1, bytes.readInt32LE(at))
    case 0x03:
    case 0x04:
      return documentEnd(bytes, at, limit) - at
    case 0x05:
      return 5 + atLeast(0, bytes.readInt32LE(at))
    case 0x0b:
      return nameEnd(bytes, nameEnd(bytes, at, limit) + 1, limit) + 1 - at
    case 0x0f:
      return atLeast(14, bytes.readInt32LE(at))
    default:
      throw new RangeError(`an unknown BSON type: ${type}`)
  }
}

function atLeast(least: number, size: number): number {
  if (size < least) throw new RangeError('a length that no value has')
  return size
}

function readValue(bytes: Buffer, type: number, at: number, end: number, depth: number): unknown {
  switch (type) {
    case 0x01:
      return asDouble(bytes.readDoubleLE(at))
    case 0x02:
      return textAt(bytes, at, end)
    case 0x03:
      return readFields(bytes, at + 4, end - 1, undefined, deeper(depth))
    case 0x04:
      return readItems(bytes, at + 4, end - 1, deeper(depth))
    case 0x07:
      return new ObjectId(copyOf(bytes, at, end))
    case 0x08:
      return bytes[at] === 1
    case 0x09:
      return new Date(bytes.readInt32LE(at + 4) * 2 ** 32 + bytes.readUInt32LE(at))
    case 0x0a:
      return null
    case 0x10:
      return bytes.readInt32LE(at)
    case 0x12:
      return longAt(bytes, at)
    default:
      return readRare(bytes, type, at, end, depth)
  }
}

function readRare(bytes: Buffer, type: number, at: number, end: number, depth: number): unknown {
  switch (type) {
    case 0x05:
      return binaryAt(bytes, at, end)
    case 0x0b: {
      const stop = nameEnd(bytes, at, end)
      return new BSONRegExp(bytes.toString('utf8', at, stop), bytes.toString('latin1', stop + 1, end - 1))
    }
    case 0x0d:
      return new Code(textAt(bytes, at, end))
    case 0x0e:
      return new BSONSymbol(textAt(bytes, at, end))
    case 0x0f: {
      const scope = valueEnd(bytes, 0x02, at + 4, end)
      return new Code(textAt(bytes, at + 4, scope), readFields(bytes, scope + 4, documentEnd(bytes, scope, end) - 1, undefined, deeper(depth))) // prettier-ignore
    }
    case 0x11:
      return new Timestamp({ i: bytes.readUInt32LE(at), t: bytes.readUInt32LE(at + 4) })
    case 0x13:
      return new Decimal128(copyOf(bytes, at, end))
    case 0x7f:
      return new MaxKey()
    case 0xff:
      return new MinKey()
    default:
      return undefined
  }
}

function deeper(depth: number): number {
  if (depth >= maxDepth) throw new RangeError(`a document is nested deeper than ${maxDepth} levels`)
  return depth + 1
}

const longAt = (bytes: Buffer, at: number) => new Long(bytes.readInt32LE(at), bytes.readInt32LE(at + 4))

function textAt(bytes: Buffer, at: number, end: number): string {
  if (end - at !== 4 + bytes.readInt32LE(at) || bytes[end - 1] !== 0)
    throw new RangeError('a text does not end where it says')
  const short = shortText(bytes, at + 4, end - 1)
  if (short !== undefined) return short
  const text = bytes.toString('utf8', at + 4, end - 1)
  // The sign for what could not be read may also stand in the text itself.
  if (text.includes('\ufffd') && !isUtf8(bytes.subarray(at + 4, end - 1)))
    throw new RangeError('a text is not UTF-8')
  return text
}

/** A text of few plain characters; asking the system for it would take longer than to read it. */
function shortText(bytes: Buffer, from: number, to: number): string | undefined {
  if (to - from > 24) return undefined
  let text = ''
  for (let at = from; at < to; at++) {
    const code = bytes[at] as number
    if (code > 0x7f) return undefined
    text += String.fromCharCode(code)
  }
  return text
}

/** The old generic subtype holds its length a second time. */
function binaryAt(bytes: Buffer, at: number, end: number): Binary {
  const subtype = bytes[at + 4] as number
  const isOld = subtype === Binary.SUBTYPE_BYTE_ARRAY
  if (isOld && (end - at < 9 || bytes.readInt32LE(at + 5) !== end - at - 9))
    throw new RangeError('a binary value does not end where it says')
  return new Binary(copyOf(bytes, at + (isOld ? 9 : 5), end), subtype)
}

function copyOf(bytes: Buffer, from: number, to: number): Buffer {
  const copy = Buffer.allocUnsafe(to - from)
  for (let at = from; at < to; at++) copy[at - from] = bytes[at] as number
  return copy
}
