import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { crc32 } from 'node:zlib'

/**
 * Files are rows of frames. A frame holds the changes that were written at once; it is read whole or not at all.
 *
 *     mark 3 bytes | 1 if all before it had reached the disk, else 0 | length | CRC-32 of the changes | CRC-32 of these 12 bytes
 *     changes: BSON documents one after another
 *     end mark 4 bytes
 */
const mark = Buffer.from('RzF')
const endMark = Buffer.from('RzE\n')
const headBytes = 16
/** What a frame costs beside its changes. */
export const frameBytesOver = headBytes + endMark.length

/** A file that cannot be trusted from an offset on. What stands before the offset is sound. */
export class DamagedFile extends Error {
  readonly code = 'EMBEDDED_DAMAGED'
  readonly file: string
  readonly offset: number
  constructor(file: string, offset: number, why: string) {
    super(
      `${file} is damaged at byte ${offset}: ${why}. What stands before is sound; restore a backup, or start once with repair to go on with it.`,
    )
    this.file = file
    this.offset = offset
  }
}

/** The frame of some changes. */
export function frameOf(changes: Uint8Array[], afterSync: boolean): Buffer {
  const length = changes.reduce((sum, change) => sum + change.length, 0)
  const frame = Buffer.allocUnsafe(headBytes + length + endMark.length)
  let offset = headBytes
  for (const change of changes) {
    frame.set(change, offset)
    offset += change.length
  }
  frame.set(endMark, offset)
  frame.set(mark, 0)
  frame[3] = Number(afterSync)
  frame.writeUInt32LE(length, 4)
  frame.writeUInt32LE(crc32(frame.subarray(headBytes, offset)), 8)
  frame.writeUInt32LE(crc32(frame.subarray(0, 12)), 12)
  return frame
}

/**
 * Calls with every change in a file and answers how many bytes are sound. A tail that a crash has cut short ends the
 * reading; anything else that does not fit its checksum is refused.
 */
export function readFrames(file: string, apply: (change: Buffer) => void): { sound: number; size: number } {
  const descriptor = openSync(file, 'r')
  try {
    const { size } = fstatSync(descriptor)
    const bytes = windowOn(descriptor, size)
    let offset = 0
    for (let end = frameEnd(file, bytes, offset, size); end; end = frameEnd(file, bytes, offset, size)) {
      applyAll(bytes(offset + headBytes, end - endMark.length), apply)
      offset = end
    }
    return { sound: offset, size }
  } finally {
    closeSync(descriptor)
  }
}

function applyAll(changes: Buffer, apply: (change: Buffer) => void): void {
  for (let at = 0; at < changes.length;) {
    const length = changes.readInt32LE(at)
    apply(changes.subarray(at, at + length))
    at += length
  }
}

type Bytes = (from: number, to: number) => Buffer

/**
 * Where the frame at an offset ends; nothing at the end of the sound part. What a crash may have left half written ends
 * the sound part, unless a later frame says that it had reached the disk.
 */
function frameEnd(file: string, bytes: Bytes, offset: number, size: number): number | undefined {
  if (size - offset < headBytes) return undefined
  const head = headOf(bytes(offset, offset + headBytes))
  if (!head) {
    const cutShort =
      allZeros(bytes, offset + headBytes, size) || hasLostPart(bytes, offset, offset + headBytes)
    if (cutShort && !syncedFrom(bytes, offset, size)) return undefined
    throw new DamagedFile(file, offset, 'the head of a frame has a wrong checksum')
  }
  const end = offset + headBytes + head.length + endMark.length
  if (end > size) return undefined
  if (crc32(bytes(offset + headBytes, end - endMark.length)) === head.checksum) return end
  const cutShort = !bytes(end - endMark.length, end).equals(endMark)
  if ((cutShort || hasLostPart(bytes, offset, end)) && !syncedFrom(bytes, end, size)) return undefined
  throw new DamagedFile(file, offset, 'a frame has a wrong checksum')
}

function allZeros(bytes: Bytes, from: number, to: number): boolean {
  for (let at = from; at < to; at += searched)
    if (bytes(at, Math.min(to, at + searched)).some(byte => byte !== 0)) return false
  return true
}

/** What the head of a frame says; nothing when it is none. */
function headOf(bytes: Buffer): { afterSync: boolean; length: number; checksum: number } | undefined {
  const isHead = bytes.subarray(0, 3).equals(mark) && crc32(bytes.subarray(0, 12)) === bytes.readUInt32LE(12)
  if (!isHead) return undefined
  return { afterSync: bytes[3] === 1, length: bytes.readUInt32LE(4), checksum: bytes.readUInt32LE(8) }
}

/** The least that a disk writes at once, in bytes. */
const sector = 512
/** How much is searched at a time. */
const searched = 65_536

/** Whether a sector, or what lies of it in a range, is still the zeros that made room: a loss of power kept it there. */
function hasLostPart(bytes: Bytes, from: number, to: number): boolean {
  for (let at = from; at < to;) {
    const next = Math.min(to, at - (at % sector) + sector)
    if (bytes(at, next).every(byte => byte === 0)) return true
    at = next
  }
  return false
}

/** Whether a frame from an offset on says that all before it had reached the disk. */
function syncedFrom(bytes: Bytes, from: number, size: number): boolean {
  for (let at = from; at + headBytes <= size; at += searched) {
    const part = bytes(at, Math.min(size, at + searched + headBytes))
    for (let place = part.indexOf(mark); place >= 0; place = part.indexOf(mark, place + 1)) {
      if (place + headBytes > part.length) break
      if (headOf(part.subarray(place, place + headBytes))?.afterSync) return true
    }
  }
  return false
}

/** Reads parts of a file, mostly forward, through a window of some megabytes. A part is good until the next is read. */
function windowOn(descriptor: number, size: number): Bytes {
  let start = 0
  let whole = Buffer.allocUnsafe(8 * 1024 * 1024)
  let window: Buffer = whole.subarray(0, 0)
  return (from, to) => {
    if (from < start || to > start + window.length) {
      if (to - from > whole.length) whole = Buffer.allocUnsafe(to - from)
      const wanted = whole.subarray(0, Math.min(size - from, whole.length))
      let read = 0
      while (read < wanted.length) {
        const count = readSync(descriptor, wanted, read, wanted.length - read, from + read)
        if (!count) throw new Error('a file became shorter while it was read')
        read += count
      }
      start = from
      window = wanted
    }
    return window.subarray(from - start, to - start)
  }
}
