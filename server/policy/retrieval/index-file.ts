import { createHash } from 'node:crypto'
import type { Entry } from './catalogue.ts'
import type { Segment } from './segment.ts'
import { type Shelf, shelve } from './shelf.ts'

/**
 * The file of an index, little-endian:
 *
 *     mark 4 bytes | version | length of the catalogue | 0 | SHA-256 of what stands before and behind it
 *     catalogue: JSON, filled up to a multiple of 8
 *     the arrays of each shelf in the order of `ARRAYS`, each filled up to a multiple of 8
 */
const MARK = 'RzPI'
/** Raised whenever the meaning of a gram or an array changes; an index of another version is built anew. */
const VERSION = 1
const HEAD_BYTES = 48
const HASH_AT = 16
const ALIGNMENT = 8
const ARRAYS = ['grams', 'starts', 'passages', 'counts', 'lengths'] as const

type Sizes = Record<(typeof ARRAYS)[number], number>

interface Catalogue {
  shelves: { documents: Entry[]; sizes: Sizes }[]
}

/** A file that is not an index of this version, or is damaged. The index is then built anew. */
export class UnusableIndex extends Error {
  override readonly name = 'UnusableIndex'
}

/** The bytes of shelves without gaps, in pieces that are written one after another. */
export function writeIndex(shelves: readonly Shelf[]): Uint8Array[] {
  const catalogue: Catalogue = {
    shelves: shelves.map(({ documents, text }) => ({
      documents: documents.filter(document => document !== null),
      sizes: Object.fromEntries(ARRAYS.map(name => [name, text[name].length])) as Sizes,
    })),
  }
  const json = new TextEncoder().encode(JSON.stringify(catalogue))
  const pieces = [filled(json)]
  for (const { text } of shelves) for (const name of ARRAYS) pieces.push(filled(bytesOf(text[name])))
  const head = new Uint8Array(HEAD_BYTES)
  const view = new DataView(head.buffer)
  head.set(new TextEncoder().encode(MARK))
  view.setUint32(4, VERSION, true)
  view.setUint32(8, json.length, true)
  const hash = createHash('sha256').update(head.subarray(0, HASH_AT))
  for (const piece of pieces) hash.update(piece)
  head.set(hash.digest(), HASH_AT)
  return [head, ...pieces]
}

/** The shelves of a file. Throws `UnusableIndex` for anything that was not written whole by this version. */
export function readIndex(bytes: Uint8Array): Shelf[] {
  if (bytes.length < HEAD_BYTES || new TextDecoder().decode(bytes.subarray(0, 4)) !== MARK)
    throw new UnusableIndex('not an index')
  const view = new DataView(bytes.buffer, bytes.byteOffset, HEAD_BYTES)
  if (view.getUint32(4, true) !== VERSION) throw new UnusableIndex('an index of another version')
  const rest = bytes.subarray(HEAD_BYTES)
  const hash = createHash('sha256').update(bytes.subarray(0, HASH_AT)).update(rest).digest()
  if (hash.some((byte, i) => byte !== bytes[HASH_AT + i])) throw new UnusableIndex('a wrong checksum')
  const length = view.getUint32(8, true)
  const catalogue = JSON.parse(new TextDecoder().decode(rest.subarray(0, length))) as Catalogue
  const reader = arraysFrom(rest, aligned(length))
  return catalogue.shelves.map(({ documents, sizes }) => shelve(documents, reader(sizes)))
}

/** Reads segments one after another. */
function arraysFrom(bytes: Uint8Array, from: number): (sizes: Sizes) => Segment {
  let at = from
  const next = (size: number) => {
    const piece = new Uint8Array(bytes.subarray(at, at + size))
    at += aligned(size)
    return piece.buffer
  }
  return sizes => ({
    grams: new Uint32Array(next(sizes.grams * 4)),
    starts: new Uint32Array(next(sizes.starts * 4)),
    passages: new Uint32Array(next(sizes.passages * 4)),
    counts: new Uint8Array(next(sizes.counts)),
    lengths: new Uint16Array(next(sizes.lengths * 2)),
  })
}

const aligned = (size: number): number => Math.ceil(size / ALIGNMENT) * ALIGNMENT

const bytesOf = (array: Segment[keyof Segment]): Uint8Array =>
  new Uint8Array(array.buffer, array.byteOffset, array.byteLength)

function filled(bytes: Uint8Array): Uint8Array {
  if (bytes.length % ALIGNMENT === 0) return bytes
  const whole = new Uint8Array(aligned(bytes.length))
  whole.set(bytes)
  return whole
}
