import type { Binary, BSONRegExp, BSONSymbol, Code, Decimal128, Double, Int32, Long, ObjectId } from 'bson'
import type { Doc } from './document.ts'
import { isInt32 } from './number.ts'

/** Where a document is written before its bytes are taken. */
let desk = Buffer.allocUnsafeSlow(64 * 1024)
let at = 0
const scratch = new Float64Array(1)
const scratchBytes = new Uint8Array(scratch.buffer)
/** The most bytes of UTF-8 that one character of JavaScript's takes. */
const widest = 3
/** Beyond this many characters or bytes the system is faster. */
const shortText = 48

/** The bytes of a document; undefined fields are left out. Throws TypeError for what BSON has not. */
export function encode(doc: Doc): Buffer {
  at = 0
  writeDocument(doc)
  const bytes = Buffer.allocUnsafe(at)
  desk.copy(bytes, 0, 0, at)
  return bytes
}

/** The same bytes as a string of one character each. */
export function encodeAsText(doc: Doc): string {
  at = 0
  writeDocument(doc)
  return desk.toString('latin1', 0, at)
}

function writeDocument(doc: Doc): void {
  const start = open()
  for (const name in doc) writeField(name, doc[name])
  close(start)
}

function writeItems(items: readonly unknown[]): void {
  const start = open()
  for (let place = 0; place < items.length; place++) writeField(String(place), items[place] ?? null)
  close(start)
}

function open(): number {
  room(4)
  at += 4
  return at - 4
}

function close(start: number): void {
  room(1)
  desk[at++] = 0
  putInt32(at - start, start)
}

function room(bytes: number): void {
  if (at + bytes <= desk.length) return
  const larger = Buffer.allocUnsafeSlow(2 * (at + bytes))
  desk.copy(larger, 0, 0, at)
  desk = larger
}

function putInt32(value: number, place: number): void {
  desk[place] = value
  desk[place + 1] = value >> 8
  desk[place + 2] = value >> 16
  desk[place + 3] = value >> 24
}

function writeInt32(value: number): void {
  putInt32(value, at)
  at += 4
}

function writeField(name: string, value: unknown): void {
  switch (typeof value) {
    case 'string':
      head(0x02, name)
      return writeText(value)
    case 'number':
      if (!isInt32(value)) return writeDouble(name, value)
      head(0x10, name)
      return writeInt32(value)
    case 'boolean':
      head(0x08, name)
      desk[at++] = Number(value)
      return
    case 'bigint':
      return writeInt64(0x12, name, Number(BigInt.asIntN(32, value)), Number(BigInt.asIntN(32, value >> 32n)))
    case 'object':
      if (value === null) return head(0x0a, name)
      return writeObject(name, value as Doc)
    case 'undefined':
      return
    case 'function':
    case 'symbol':
      throw new TypeError(`BSON has no ${typeof value}`)
  }
}

function writeObject(name: string, value: Doc): void {
  if (value._bsontype !== undefined) return writeTyped(name, value)
  if (Array.isArray(value)) {
    head(0x04, name)
    return writeItems(value)
  }
  if (value instanceof Date) {
    const millis = Number(value) || 0
    return writeInt64(0x09, name, millis % 2 ** 32, Math.floor(millis / 2 ** 32))
  }
  if (value instanceof Uint8Array) return writeBinary(name, value, 0)
  head(0x03, name)
  writeDocument(value)
}

function writeTyped(name: string, value: Doc): void {
  switch (value._bsontype) {
    case 'ObjectId':
      head(0x07, name)
      return writeBytes((value as ObjectId).id)
    case 'Long':
      return writeInt64(0x12, name, (value as Long).low, (value as Long).high)
    case 'Timestamp':
      return writeInt64(0x11, name, (value as Long).low, (value as Long).high)
    case 'Double':
      return writeDouble(name, (value as Double).value)
    case 'Int32':
      head(0x10, name)
      return writeInt32((value as Int32).value)
    case 'Decimal128':
      head(0x13, name)
      return writeBytes((value as Decimal128).bytes)
    default:
      return writeRare(name, value)
  }
}

function writeRare(name: string, value: Doc): void {
  switch (value._bsontype) {
    case 'Binary':
    case 'UUID': {
      const { buffer, position, sub_type } = value as Binary
      return writeBinary(name, buffer.subarray(0, position), sub_type)
    }
    case 'BSONRegExp': {
      const { pattern, options } = value as BSONRegExp
      head(0x0b, name)
      writeEnded(pattern)
      return writeEnded([...options].sort().join(''))
    }
    case 'BSONSymbol':
      head(0x0e, name)
      return writeText((value as BSONSymbol).value)
    case 'Code':
      return writeCode(name, value as Code)
    case 'MinKey':
      return head(0xff, name)
    case 'MaxKey':
      return head(0x7f, name)
    default:
      throw new TypeError(`BSON has no ${String(value._bsontype)}`)
  }
}

function writeCode(name: string, { code, scope }: Code): void {
  if (!scope) {
    head(0x0d, name)
    return writeText(code)
  }
  head(0x0f, name)
  room(4)
  const start = at
  at += 4
  writeText(code)
  writeDocument(scope)
  putInt32(at - start, start)
}

function writeBinary(name: string, bytes: Uint8Array, subtype: number): void {
  head(0x05, name)
  // The old generic subtype holds its length a second time.
  const isOld = subtype === 2
  room(9)
  writeInt32(bytes.length + (isOld ? 4 : 0))
  desk[at++] = subtype
  if (isOld) writeInt32(bytes.length)
  writeBytes(bytes)
}

function writeDouble(name: string, value: number): void {
  head(0x01, name)
  scratch[0] = value
  writeBytes(scratchBytes)
}

function writeInt64(type: number, name: string, low: number, high: number): void {
  head(type, name)
  writeInt32(low)
  writeInt32(high)
}

function writeBytes(bytes: Uint8Array): void {
  room(bytes.length)
  if (bytes.length > shortText) desk.set(bytes, at)
  else for (let i = 0; i < bytes.length; i++) desk[at + i] = bytes[i] as number
  at += bytes.length
}

/** The type and the name of a field, and room for a value of eight bytes. */
function head(type: number, name: string): void {
  room(1 + widest * name.length + 1 + 8)
  desk[at++] = type
  writeEnded(name)
}

function writeEnded(name: string): void {
  room(widest * name.length + 1)
  const end = putPlain(name, at) ?? at + desk.write(name, at)
  if (name.includes('\0')) throw new TypeError('a name or pattern holds a zero')
  desk[end] = 0
  at = end + 1
}

function writeText(value: string): void {
  room(4 + widest * value.length + 1)
  const start = at + 4
  const end =
    (value.length > shortText ? undefined : putPlain(value, start)) ?? start + desk.write(value, start)
  desk[end] = 0
  putInt32(end + 1 - start, at)
  at = end + 1
}

/** Puts plain characters and answers where they end; nothing when there are others. */
function putPlain(value: string, from: number): number | undefined {
  for (let i = 0; i < value.length; i++) {
    const code = value.charCodeAt(i)
    if (code > 0x7f) return undefined
    desk[from + i] = code
  }
  return from + value.length
}
