import { BSON, type Document } from 'mongodb'
import { deflateSync } from 'node:zlib'
import type { Random } from './random.ts'
import { messageOf } from './support.ts'

// Messages as drivers send them, and spoilt ones.

const castagnoli = Array.from({ length: 256 }, (_, byte) => {
  let rest = byte
  for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ 0x82f63b78 : rest >>> 1
  return rest >>> 0
})

/** CRC-32C, which the protocol's checksums are. */
export function crc32c(bytes: Uint8Array): number {
  let rest = 0xffffffff
  for (const byte of bytes) rest = (castagnoli[(rest ^ byte) & 255] as number) ^ (rest >>> 8)
  return ~rest >>> 0
}

/** A message with its checksum, or with one that is wrong by some bits. */
export function withChecksum(message: Buffer, wrongBy = 0): Buffer {
  const whole = Buffer.concat([message, Buffer.alloc(4)])
  whole.writeInt32LE(whole.length, 0)
  whole.writeUInt32LE((message.readUInt32LE(16) | 1) >>> 0, 16)
  const checksum = crc32c(whole.subarray(0, -4)) ^ wrongBy
  whole.writeUInt32LE(checksum >>> 0, whole.length - 4)
  return whole
}

/** A message packed by one of the compressors that exist; nobody has agreed on any. */
export function compressed(message: Buffer, compressor: number): Buffer {
  const body = compressor === 2 ? deflateSync(message.subarray(16)) : message.subarray(16)
  const head = Buffer.alloc(25)
  head.writeInt32LE(25 + body.length, 0)
  head.writeInt32LE(2012, 12)
  head.writeInt32LE(2013, 16)
  head.writeInt32LE(message.length - 16, 20)
  head.writeUInt8(compressor, 24)
  return Buffer.concat([head, body])
}

/** A command whose documents come in a section of their own. */
export function withSection(command: Document, name: string, documents: Uint8Array[], kind = 1): Buffer {
  const content = Buffer.concat([Buffer.from(`${name}\0`), ...documents])
  const head = Buffer.alloc(5)
  head.writeUInt8(kind, 0)
  head.writeInt32LE(content.length + 4, 1)
  const message = Buffer.concat([messageOf(command), head, content])
  message.writeInt32LE(message.length, 0)
  return message
}

/** A document in a document, so many times; BSON.serialize would itself run out of stack. */
export function deep(levels: number): Buffer {
  const bytes = Buffer.alloc(levels * 8 + 5)
  for (let level = 0; level < levels; level++) {
    bytes.writeInt32LE((levels - level) * 8 + 5, level * 7)
    bytes.set([3, 97, 0], level * 7 + 4)
  }
  bytes.writeInt32LE(5, levels * 7)
  return bytes
}

const commands: Buffer[] = [
  { insert: 'fuzz', documents: [{ _id: 'x', a: [1, { b: 2 }], s: 'text' }], $db: 'test' },
  { find: 'fuzz', filter: { a: { $gt: 1 } }, sort: { a: 1 }, projection: { s: 1 }, $db: 'test' },
  { update: 'fuzz', updates: [{ q: {}, u: { $set: { 'a.0': 1 } }, upsert: true }], $db: 'test' },
  { aggregate: 'fuzz', pipeline: [{ $group: { _id: '$s', n: { $sum: 1 } } }], cursor: {}, $db: 'test' },
  { createIndexes: 'fuzz', indexes: [{ key: { a: 1 }, name: 'a_1' }], $db: 'test' },
  { delete: 'fuzz', deletes: [{ q: { a: 1 }, limit: 1 }], $db: 'test' },
  { findAndModify: 'fuzz', query: {}, update: { $inc: { n: 1 } }, $db: 'test' },
].map(messageOf)
commands.push(
  withSection({ insert: 'fuzz', $db: 'test' }, 'documents', [BSON.serialize({ a: 1 }), BSON.serialize({})]),
)

function spoilt(random: Random): Buffer {
  const bytes = Buffer.from(random.pick(commands))
  for (let edits = random.between(1, 6); edits > 0; edits--)
    bytes[random.between(4, bytes.length - 1)] = random.below(256)
  return bytes
}

function withHeader(random: Random): Buffer {
  const bytes = Buffer.from(random.pick(commands))
  const lengths = [0, 4, 15, 16, 20, 21, -1, bytes.length - 1, bytes.length + 1, 48_000_001, 2 ** 31 - 1]
  const change = random.below(3)
  if (change === 0) bytes.writeInt32LE(random.pick(lengths), 0)
  else if (change === 1) bytes.writeInt32LE(random.pick([0, 1, 2001, 2004, 2010, 2012, 2013, -1]), 12)
  else bytes.writeInt32LE(random.pick([1, 2, 3, 4, 1 << 15, 1 << 16, 1 << 17, -1, random.below(2 ** 31)]), 16)
  return bytes
}

function notUtf8(random: Random): Buffer {
  const bytes = messageOf({ find: 'fuzz', filter: { QQQQ: 'QQQQ' }, comment: 'QQQQ', $db: 'test' })
  const bad = random.pick([
    [0xff, 0xff, 0xff, 0xff],
    [0xc0, 0x80, 0xc0, 0x80],
    [0xed, 0xa0, 0x80, 0x51],
  ])
  for (let at = bytes.indexOf('QQQQ'); at > 0; at = bytes.indexOf('QQQQ', at + 4))
    if (random.below(2)) bytes.set(bad, at)
  return bytes
}

const insertOf = (document: Buffer) => withSection({ insert: 'fuzz', $db: 'test' }, 'documents', [document])

const kinds: ((random: Random) => Buffer)[] = [
  spoilt,
  spoilt,
  spoilt,
  withHeader,
  withHeader,
  notUtf8,
  random => random.pick(commands).subarray(0, random.between(1, 60)),
  random => Buffer.from(Array.from({ length: random.between(1, 200) }, () => random.below(256))),
  random => withChecksum(spoilt(random), random.below(2)),
  random => withChecksum(random.pick(commands), random.below(3)),
  random => compressed(random.pick(commands), random.below(5)),
  random => insertOf(deep(random.between(1, 400))),
  random => withSection({ insert: 'fuzz', $db: 'test' }, 'documents', [], random.below(4)),
  random => Buffer.concat([spoilt(random), random.pick(commands), spoilt(random)]),
]

/** Bytes such as no driver sends, or seldom. */
export const randomFrame = (random: Random) => random.pick(kinds)(random)
