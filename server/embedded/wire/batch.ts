import { encode, type Doc } from '../value/document.ts'

const maxBatchBytes = 16 * 1024 * 1024
const embeddedDocument = 3
const array = 4

/** Documents of a cursor, encoded once, ready to be put into a reply. */
export class EncodedBatch {
  private readonly documents: Uint8Array[] = []
  private bytes = 0

  get length(): number {
    return this.documents.length
  }

  /** Adds a document unless the batch would become larger than a reply may be; says whether it did. */
  add(doc: Doc): boolean {
    const bytes = encode(doc)
    if (this.documents.length && this.bytes + bytes.length > maxBatchBytes) return false
    this.bytes += bytes.length
    this.documents.push(bytes)
    return true
  }

  /** The BSON of a reply whose cursor holds this batch. */
  reply({ cursor, ...others }: Doc): Buffer {
    const name = 'firstBatch' in cursor ? 'firstBatch' : 'nextBatch'
    const { [name]: _batch, ...rest } = cursor as Doc
    const list = document(
      this.documents.flatMap((bytes, place) => [head(embeddedDocument, String(place)), bytes]),
    )
    const inner = document([head(array, name), list, elements(rest)])
    return document([head(embeddedDocument, 'cursor'), inner, elements(others)])
  }
}

/** The start of a BSON element: its type and its name. */
function head(type: number, name: string): Buffer {
  return Buffer.from(`${String.fromCharCode(type)}${name}\0`, 'latin1')
}

/** A document's elements without its length and its end. */
const elements = (doc: Doc) => encode(doc).subarray(4, -1)

function document(parts: Uint8Array[]): Buffer {
  const length = parts.reduce((sum, part) => sum + part.length, 5)
  const bytes = Buffer.allocUnsafe(length)
  bytes.writeInt32LE(length, 0)
  let offset = 4
  for (const part of parts) {
    bytes.set(part, offset)
    offset += part.length
  }
  bytes[offset] = 0
  return bytes
}
