import { BSON, type Document } from 'bson'

/**
 * What an archive is made of, inside gzip: a letter and a BSON document, again and again.
 *
 *     H header | C a collection begins | D one of its documents, byte for byte | S its count and checksum | E the end
 */
export type Kind = 'H' | 'C' | 'D' | 'S' | 'E'

/** `H`: what the archive is and where it comes from. */
export interface Header {
  format: 'rizhi-backup'
  version: number
  /** The version of the product that wrote it. */
  product: string
  database: string
  at: Date
}

/** `C`: a collection as its server described it. */
export interface Described {
  name: string
  options: Document
  /** All but the one over `_id`. */
  indexes: Document[]
}

/** `S` */
export interface Sum {
  count: number
  checksum: string
}

/** `E`: so that an archive cut at a collection's end is known to be cut. */
export interface End {
  collections: number
  documents: number
}

/** The version of the form that this program writes; it reads no newer one. */
export const ARCHIVE_VERSION = 1

/** Types as they are stored: 5 stays a double, a long or an int32. */
const exact = { promoteValues: false, bsonRegExp: true } as const

/** A record's bytes. */
export const recordOf = (kind: Exclude<Kind, 'D'>, content: object): Buffer =>
  Buffer.concat([Buffer.from(kind), BSON.serialize(content)])

/** A document with every value in the type it is stored in. */
export const exactly = (bytes: Uint8Array): Document => BSON.deserialize(bytes, exact)

/** A document with values as JavaScript has them. */
export const plainly = (bytes: Uint8Array): Document => BSON.deserialize(bytes)
