import type { Doc } from '../value/document.ts'
import { encode } from '../value/encode.ts'
import type { Packed } from '../value/packed.ts'

const maxBatchBytes = 16 * 1024 * 1024
const embeddedDocument = 3
const array = 4
/** The most that a document costs beside its own bytes: a type, its place in digits and a zero. */
const headBytes = 10

/** Documents of a cursor as bytes, ready to be put into a reply; those at rest go there as they are. */
export class EncodedBatch {
  private readonly documents: (Uint8Array | Packed)[] = []
  private bytes = 0

  get length(): number {
    return this.documents.length
  }

  /** Adds a document unless the batch would become larger than a reply may be; says whether it did. */
  add(doc: Doc | Packed): boolean {
    const bytes = typeof doc === 'string' ? doc : encode(doc)
    if (this.documents.length && this.bytes + bytes.length > maxBatchBytes) return false
    this.bytes += bytes.length
    this.documents.push(bytes)
    return true
  }

  /** The BSON of a reply whose cursor holds this batch. */
  reply({ cursor, ...others }: Doc): Uint8Array {
    const name = 'firstBatch' in cursor ? 'firstBatch' : 'nextBatch'
    const rest = elements({ ...cursor, [name]: undefined })
    const outside = elements(others)
    const size = this.bytes + this.documents.length * headBytes + rest.length + outside.length + 64
    const out = Buffer.allocUnsafe(size)
    let at = 4
    const head = (type: number, label: string) => {
      out[at] = type
      at += 1 + out.write(`${label}\0`, at + 1, 'latin1')
    }
    const put = (bytes: Uint8Array | Packed) => {
      if (typeof bytes === 'string') out.write(bytes, at, 'latin1')
      else out.set(bytes, at)
      at += bytes.length
    }
    /** Closes the document that began here. */
    const close = (start: number) => {
      out[at++] = 0
      out.writeInt32LE(at - start, start)
    }
    head(embeddedDocument, 'cursor')
    const inner = at
    at += 4
    head(array, name)
    const list = at
    at += 4
    for (const [place, bytes] of this.documents.entries()) {
      head(embeddedDocument, String(place))
      put(bytes)
    }
    close(list)
    put(rest)
    close(inner)
    put(outside)
    close(0)
    return out.subarray(0, at)
  }
}

/** A document's elements without its length and its end. */
const elements = (doc: Doc) => encode(doc).subarray(4, -1)
