import { inflateRawSync } from 'node:zlib'
import { UnreadableError } from './part.ts'

/** All entries of an archive together may unpack to this much. */
export const MAX_UNPACKED_BYTES = 200 * 1024 * 1024
const MAX_ENTRIES = 10_000
const END_SIGNATURE = 0x06054b50
const ENTRY_SIGNATURE = 0x02014b50

interface Entry {
  name: string
  method: number
  packed: number
  unpacked: number
  offset: number
}

/** The files of a zip archive by name. Archives that declare more than the limit are refused before unpacking. */
export function openZip(bytes: Uint8Array) {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const entries = readDirectory(buffer)
  let total = 0
  for (const entry of entries.values()) total += entry.unpacked
  if (total > MAX_UNPACKED_BYTES) throw new UnreadableError('too-large', `unpacks to ${total} bytes`)
  return {
    names: [...entries.keys()],
    /** Throws when the entry unpacks to more than it declared. */
    read: (name: string): Buffer | null => {
      const entry = entries.get(name)
      return entry === undefined ? null : unpack(buffer, entry)
    },
  }
}

function readDirectory(buffer: Buffer): Map<string, Entry> {
  const end = findEnd(buffer)
  const count = buffer.readUInt16LE(end + 10)
  let at = buffer.readUInt32LE(end + 16)
  // 0xffffffff and 0xffff point to a zip64 directory, which no honest workbook of this size needs.
  if (at === 0xffffffff || count === 0xffff) throw new UnreadableError('too-large', 'zip64 archive')
  if (count > MAX_ENTRIES) throw new UnreadableError('too-large', `${count} entries`)
  const entries = new Map<string, Entry>()
  for (let index = 0; index < count; index++) {
    if (at + 46 > buffer.length || buffer.readUInt32LE(at) !== ENTRY_SIGNATURE) {
      throw new UnreadableError('broken', 'the archive directory is damaged')
    }
    // Bit 0 of the flags: the entry is encrypted (APPNOTE 4.4.4).
    if ((buffer.readUInt16LE(at + 8) & 1) === 1) throw new UnreadableError('encrypted', 'an encrypted entry')
    const nameLength = buffer.readUInt16LE(at + 28)
    const name = buffer.toString('utf8', at + 46, at + 46 + nameLength)
    entries.set(name, {
      name,
      method: buffer.readUInt16LE(at + 10),
      packed: buffer.readUInt32LE(at + 20),
      unpacked: buffer.readUInt32LE(at + 24),
      offset: buffer.readUInt32LE(at + 42),
    })
    at += 46 + nameLength + buffer.readUInt16LE(at + 30) + buffer.readUInt16LE(at + 32)
  }
  return entries
}

function findEnd(buffer: Buffer): number {
  const last = Math.max(0, buffer.length - 22 - 0xffff)
  for (let at = buffer.length - 22; at >= last; at--) {
    if (buffer.readUInt32LE(at) === END_SIGNATURE) return at
  }
  throw new UnreadableError('broken', 'the archive has no directory')
}

function unpack(buffer: Buffer, entry: Entry): Buffer {
  try {
    const start =
      entry.offset + 30 + buffer.readUInt16LE(entry.offset + 26) + buffer.readUInt16LE(entry.offset + 28)
    const packed = buffer.subarray(start, start + entry.packed)
    if (entry.method === 0) return packed
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, entry.unpacked) })
  } catch (cause) {
    throw new UnreadableError('broken', `${entry.name}: ${String(cause)}`)
  }
}
